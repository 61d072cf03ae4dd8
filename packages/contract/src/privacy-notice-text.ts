import type { FieldRefusal } from './field-refusal.ts'

/** WhatsApp takes no longer text. */
export const maxNoticeCharacters = 4096
export const maxNoticeValueCharacters = 300

/** What an office fills into its privacy notice, and by which word in braces it stands there, in every language. */
export const noticePlaceholders = {
  office: 'Behörde',
  phone: 'Telefon',
  email: 'E-Mail',
  form: 'Formular',
  retention: 'Löschfrist',
  link: 'Hinweise',
} as const
export type NoticeValue = keyof typeof noticePlaceholders
export const noticeValues = Object.keys(noticePlaceholders) as readonly NoticeValue[]

/** Without these it is no notice under Art. 13 GDPR: who is responsible, and where the rest is told. */
const needed: readonly NoticeValue[] = ['office', 'link']

export type NoticeDraft = {
  readonly plain: string
  /** Sent below the German text; empty: there is none. */
  readonly english: string
  /** In easy language (Leichte Sprache), for whoever answers LEICHT; empty: there is none. */
  readonly easy: string
  /** On which day people of its readers have tested the easy text; null: it is a draft. */
  readonly easyTestedOn: string | null
  readonly values: Readonly<Record<NoticeValue, string>>
}

export type FilledNotice = {
  /** As it is sent. */
  readonly text: string
  readonly easyText: string | null
}

const placeholder = /\{([^{}]*)\}/g

function valueNamed(name: string): NoticeValue | undefined {
  return noticeValues.find((value) => noticePlaceholders[value] === name.trim())
}

function fill(text: string, values: NoticeDraft['values']): string {
  return text
    .replace(placeholder, (whole, name: string) => {
      const value = valueNamed(name)
      return value === undefined ? whole : values[value].trim()
    })
    .trim()
}

/** What is sent of a draft; what is missing in it stands there as it was written. */
export function filledNotice({ plain, english, easy, values }: NoticeDraft): FilledNotice {
  const texts = [plain, english].filter((text) => text.trim() !== '').map((text) => fill(text, values))
  return { text: texts.join('\n\n'), easyText: easy.trim() === '' ? null : fill(easy, values) }
}

/** Why a draft cannot be a privacy notice: nothing in it may stand for nothing. Empty: it can. */
export function noticeFaults(draft: NoticeDraft): FieldRefusal[] {
  const { values } = draft
  const faults: FieldRefusal[] = []
  const used = new Set<NoticeValue>()
  for (const path of ['plain', 'english', 'easy'] as const) {
    const text = draft[path]
    if (text.trim() === '') {
      if (path === 'plain') faults.push({ path, fault: 'missing' })
      continue
    }
    const names = [...text.matchAll(placeholder)].map(([, name = '']) => name)
    const unknown = names.find((name) => valueNamed(name) === undefined)
    if (unknown !== undefined)
      faults.push({ path, fault: 'no-such-notice-placeholder', detail: `{${unknown}}` })
    for (const name of names) {
      const value = valueNamed(name)
      if (value !== undefined) used.add(value)
    }
    const missing = needed.find((value) => !names.some((name) => valueNamed(name) === value))
    if (missing !== undefined)
      faults.push({ path, fault: 'notice-placeholder-needed', detail: `{${noticePlaceholders[missing]}}` })
  }
  for (const value of used)
    if (values[value].trim() === '')
      faults.push({
        path: `values.${value}`,
        fault: 'notice-placeholder-empty',
        detail: `{${noticePlaceholders[value]}}`,
      })
  const { text, easyText } = filledNotice(draft)
  if (text.length > maxNoticeCharacters)
    faults.push({ path: 'plain', fault: 'max-characters', detail: maxNoticeCharacters })
  if ((easyText?.length ?? 0) > maxNoticeCharacters)
    faults.push({ path: 'easy', fault: 'max-characters', detail: maxNoticeCharacters })
  return faults
}
