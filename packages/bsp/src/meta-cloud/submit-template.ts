import type { BspCredentials } from '../adapter.ts'
import type { NewTemplate, TemplateSubmission } from '../template.ts'
import { answerObjectOf, requestCloud } from './cloud-request.ts'
import type { CloudPreset } from './preset.ts'
import { type ErrorBody, refusalOf } from './refusal.ts'
import { templateStateOf } from './wire-template.ts'

/** Asks for the approval of a utility template; never of a marketing one: nobody is written to first. */
export async function submitTemplate(
  preset: CloudPreset,
  template: NewTemplate,
  credentials: BspCredentials,
  signal: AbortSignal,
): Promise<TemplateSubmission> {
  const address = preset.templatesUrl(credentials)
  if (address === null) return { outcome: 'refused', code: 'no-business-account' }
  const answer = await requestCloud(address, {
    method: 'POST',
    headers: { ...preset.authorization(credentials), 'content-type': 'application/json' },
    body: JSON.stringify({
      name: template.name,
      language: template.language,
      category: 'UTILITY',
      components: componentsOf(template),
    }),
    signal,
  })
  if (answer.result === 'unsent') return { outcome: 'refused', code: answer.code }
  if (answer.result === 'unknown') return { outcome: 'ambiguous', code: answer.code }
  const { response } = answer
  const body = await answerObjectOf<ErrorBody & { readonly status: string }>(response)
  if (response.ok) return { outcome: 'submitted', state: templateStateOf(body?.status ?? 'PENDING') }
  const refused = refusalOf(response.status, body)
  return refused
    ? { outcome: 'refused', code: refused.code }
    : { outcome: 'ambiguous', code: `http-${response.status}` }
}

function componentsOf({ body, footer, examples }: NewTemplate): readonly object[] {
  const example = examples.length > 0 ? { example: { body_text: [examples] } } : {}
  return [
    { type: 'BODY', text: body, ...example },
    ...(footer === null ? [] : [{ type: 'FOOTER', text: footer }]),
  ]
}
