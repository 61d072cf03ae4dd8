/** The languages of the product; German where nothing is asked for. */
export type Language = 'de' | 'en'

/** The preferred one of our languages, from an `Accept-Language` header (RFC 9110 §12.5.4). */
export const languageOf = (acceptLanguage: string | undefined): Language => {
  let best: { language: Language; weight: number } = { language: 'de', weight: 0 }
  for (const range of (acceptLanguage ?? '').split(',')) {
    const [, tag, q] =
      /^\s*([a-z]{2})(?:-[a-z0-9-]*)?\s*(?:;\s*q=([01](?:\.\d{1,3})?))?\s*$/i.exec(range) ?? []
    const language = tag?.toLowerCase()
    const weight = q === undefined ? 1 : Number(q)
    if ((language === 'de' || language === 'en') && weight > best.weight) best = { language, weight }
  }
  return best.language
}
