import type { Language } from '@buergerdraht/contract'

/** The preferred one of our languages, German where none is asked for, from an `Accept-Language` header (RFC 9110 §12.5.4). */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: { language: Language; weight: number } = { language: 'de', weight: 0 }
  for (const range of (acceptLanguage ?? '').split(',')) {
    // Trimmed before it is matched: blanks that two parts of a pattern may claim cost the square of their number.
    const [name = '', weighed, ...more] = range.split(';').map((part) => part.trim())
    if (more.length > 0) continue
    const tag = /^([a-z]{2})(?:-[a-z0-9-]*)?$/i.exec(name)?.[1]
    const q = weighed === undefined ? undefined : /^q=([01](?:\.\d{1,3})?)$/i.exec(weighed)?.[1]
    if (weighed !== undefined && q === undefined) continue
    const language = tag?.toLowerCase()
    const weight = q === undefined ? 1 : Number(q)
    if ((language === 'de' || language === 'en') && weight > best.weight) best = { language, weight }
  }
  return best.language
}
