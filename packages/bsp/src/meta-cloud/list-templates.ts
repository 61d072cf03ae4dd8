import type { BspCredentials } from '../adapter.ts'
import type { ProviderTemplate, TemplateList } from '../template.ts'
import { answerObjectOf, requestCloud } from './cloud-request.ts'
import type { CloudPreset } from './preset.ts'
import { type ErrorBody, refusalOf } from './refusal.ts'
import { elementsOf, nonEmptyTextOf, objectOf } from './untrusted.ts'
import { templateOf } from './wire-template.ts'

/** A page of long templates stays below what an answer may be. */
const pageSize = 100
/** Meta allows 6 000 templates a business account. */
const maxPages = 60

/** Meta's list, or 360dialog's. */
type ListAnswer = ErrorBody & {
  readonly data: readonly unknown[]
  readonly paging: { readonly cursors: { readonly after: string }; readonly next: string }
  readonly waba_templates: readonly unknown[]
}

/**
 * All templates of the business account. A page that is refused refuses the list: half of one would look as if the rest had been deleted. Meta's
 * pages are followed by cursor, never by the address that it names; 360dialog counts.
 */
export async function listTemplates(
  preset: CloudPreset,
  credentials: BspCredentials,
  signal: AbortSignal,
): Promise<TemplateList> {
  const address = preset.templatesUrl(credentials)
  if (address === null) return { outcome: 'refused', code: 'no-business-account' }
  const templates: ProviderTemplate[] = []
  let position: Readonly<Record<string, string>> = {}
  for (let page = 0; page < maxPages; page += 1) {
    const query = new URLSearchParams({ limit: String(pageSize), ...position })
    const answer = await requestCloud(`${address}?${query}`, {
      headers: preset.authorization(credentials),
      signal,
    })
    if (answer.result !== 'answered') return { outcome: 'refused', code: answer.code }
    const { response } = answer
    const body = await answerObjectOf<ListAnswer>(response)
    if (!response.ok) {
      return { outcome: 'refused', code: refusalOf(response.status, body)?.code ?? `http-${response.status}` }
    }
    const list = body?.data ?? body?.waba_templates
    if (!Array.isArray(list)) return { outcome: 'refused', code: 'not-a-list' }
    templates.push(...elementsOf(list).flatMap((element) => templateOf(element) ?? []))
    const paging = objectOf<ListAnswer['paging']>(body?.paging)
    const after = nonEmptyTextOf(objectOf<{ after: string }>(paging?.cursors)?.after)
    if (body?.data === undefined) {
      if (list.length < pageSize) break
      position = { offset: String((page + 1) * pageSize) }
    } else {
      if (after === null || paging?.next === undefined) break
      position = { after }
    }
  }
  return { outcome: 'found', templates }
}
