import type { BspCredentials } from '../adapter.ts'
import { answerObjectOf, requestCloud } from './cloud-request.ts'
import type { CloudPreset } from './preset.ts'

/**
 * Tells the citizen that this message and all before it were read; with `typing` also that the office is writing
 * (shown for at most 25 s). False: it did not work, which harms nothing and may be repeated.
 */
export async function markMessageRead(
  preset: CloudPreset,
  providerMessageId: string,
  typing: boolean,
  credentials: BspCredentials,
  signal: AbortSignal,
): Promise<boolean> {
  const answer = await requestCloud(preset.collectionUrl('messages', credentials), {
    method: 'POST',
    headers: { ...preset.authorization(credentials), 'content-type': 'application/json' },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: providerMessageId,
      ...(typing ? { typing_indicator: { type: 'text' } } : {}),
    }),
    signal,
  })
  if (answer.result !== 'answered') return false
  const body = await answerObjectOf<{ success: boolean }>(answer.response)
  return answer.response.ok && body?.success === true
}
