import type { ClosingMeaning } from './languages/language.ts'
import { languages } from './languages/languages.ts'
import { type PhraseBook, phraseBook } from './phrase-book.ts'

/** The phrases of messages that end a conversation, in all languages. */
export const book: PhraseBook<ClosingMeaning> = phraseBook(
  languages.flatMap(({ closing }) => Object.entries(closing) as [ClosingMeaning, string][]),
)

/** What a whole message may be made of. */
export const closes: ReadonlySet<ClosingMeaning> = new Set(['THANKS', 'POLITE', 'GREETING'])

/** What somebody does or wants done: no thanks beside it are the end. */
export const deed = phraseBook<'DEED'>(
  languages.flatMap(({ open }) =>
    [open.ANNOUNCED, open.FORMAL, open.DEMAND, open.TO_BE_DONE].map((phrases) => ['DEED', phrases] as const),
  ),
)
