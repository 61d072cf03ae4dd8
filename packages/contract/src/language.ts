/** The languages of the product. */
export type Language = 'de' | 'en'

/** A sentence in each of them. */
export type Sentence = Readonly<Record<Language, string>>
