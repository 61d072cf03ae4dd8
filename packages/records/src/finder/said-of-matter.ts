import type { OpenMeaning } from './languages/language.ts'
import { languages } from './languages/languages.ts'
import { hitsAt, hitsIn, phraseBook } from './phrase-book.ts'
import { type Word, wordsOf } from './words.ts'

const meanings = [
  'QUESTION',
  'FORMAL',
  'ANNOUNCED',
  'PROMISE',
  'DEMAND',
  'APPOINTMENT',
  'NO_APPOINTMENT',
  'COURTESY',
  'DONE',
  'WEEKDAY',
  'TO_BE_DONE',
] as const satisfies readonly OpenMeaning[]

const books = Object.fromEntries(
  meanings.map((meaning) => [
    meaning,
    phraseBook(languages.map(({ open }) => [meaning, open[meaning]] as const)),
  ]),
) as Readonly<Record<OpenMeaning, ReturnType<typeof phraseBook<OpenMeaning>>>>

/** Whether a text says something of this meaning, in any language. */
export function saysOf(text: string, meaning: OpenMeaning): boolean {
  return hitsIn(wordsOf(text), books[meaning]).length > 0
}

/**
 * Whether a citizen objects, complains, applies, demands or reports a harm. "Wie lege ich Widerspruch ein?" does not: a phrase in a
 * question counts only with a word that makes it a declaration.
 */
export function isFormal(text: string): boolean {
  const words = wordsOf(text)
  return hitsIn(words, books.FORMAL).some(
    ({ from, to }) => !isAsked(text, words, from) || declares(words, from, to),
  )
}

/** Whether any sentence of a text is a question, with its mark or without. */
export function asksSomething(text: string): boolean {
  if (/[?؟]/.test(text)) return true
  const words = wordsOf(text)
  return words.some((word, at) => word.sentence !== words[at - 1]?.sentence && beginsQuestion(words, at))
}

/** Greetings and "und" may stand before the word that asks. */
function beginsQuestion(words: readonly Word[], at: number): boolean {
  return (
    [0, 1, 2].some(
      (skipped) =>
        words[at + skipped]?.sentence === words[at]?.sentence &&
        hitsAt(words, at + skipped, books.QUESTION).length > 0,
    ) || endsQuestion(words, at)
  )
}

/** Turkish asks with a word of its own at the end of the sentence. */
function endsQuestion(words: readonly Word[], at: number): boolean {
  const sentence = words[at]?.sentence
  return words.some((word) => word.sentence === sentence && /^m[iu](?:yim|yiz|sin|siniz)?$/.test(word.text))
}

/** Whether the sentence of a word ends with a question mark or begins as questions do. */
function isAsked(text: string, words: readonly Word[], at: number): boolean {
  const sentence = words[at]?.sentence
  const first = words.findIndex((word) => word.sentence === sentence)
  const last = words.findLastIndex((word) => word.sentence === sentence)
  const end = words[last]?.end ?? text.length
  if (/^[\s)"“»]*[?؟]/.test(text.slice(end, end + 4))) return true
  return hitsAt(words, first, books.QUESTION).length > 0
}

function declares(words: readonly Word[], from: number, to: number): boolean {
  return words.slice(from, to).some(({ text }) => text === 'hiermit' || text === 'hereby')
}
