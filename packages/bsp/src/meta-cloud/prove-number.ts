import type { BspCredentials, NumberProof } from '../adapter.ts'
import { answerObjectOf, requestCloud } from './cloud-request.ts'
import type { CloudPreset } from './preset.ts'
import { elementsOf, nonEmptyTextOf, objectOf } from './untrusted.ts'

/** Meta's phone number, or 360dialog's health status, which names the number that the key is for. */
type NumberAnswer = {
  readonly id: string
  readonly health_status: { readonly entities: readonly unknown[] }
}

type Entity = { readonly entity_type: string; readonly id: string }

/** Whose number the credentials are for. What a provider that is down or slow answers says nothing. */
export async function proveNumber(
  preset: CloudPreset,
  credentials: BspCredentials,
  signal: AbortSignal,
): Promise<NumberProof> {
  const answer = await requestCloud(preset.numberUrl(credentials), {
    headers: preset.authorization(credentials),
    signal,
  })
  if (answer.result !== 'answered') return { outcome: 'unknown', code: answer.code }
  const { response } = answer
  const body = await answerObjectOf<NumberAnswer>(response)
  const code = `http-${response.status}`
  if (response.status === 429 || response.status >= 500) return { outcome: 'unknown', code }
  if (!response.ok) return { outcome: 'other', code }
  const entities = objectOf<NumberAnswer['health_status']>(body?.health_status)?.entities
  const numbers = Array.isArray(entities)
    ? elementsOf(entities).flatMap((element) => {
        const entity = objectOf<Entity>(element)
        return entity?.entity_type === 'PHONE_NUMBER' ? [nonEmptyTextOf(entity.id)] : []
      })
    : [nonEmptyTextOf(body?.id)]
  if (numbers.includes(credentials.phoneNumberId)) return { outcome: 'same' }
  return numbers.some((id) => id !== null)
    ? { outcome: 'other', code: 'other-number' }
    : { outcome: 'unknown', code: 'not-a-number' }
}
