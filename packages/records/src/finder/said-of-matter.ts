import type { OpenMeaning } from './languages/language.ts'
import { languages } from './languages/languages.ts'
import { hitsAt, hitsIn, phraseBook } from './phrase-book.ts'
import { askedOnce, type Word, wordsOf } from './words.ts'

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
  'CONFIRMED',
  'HELPED',
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
export const isFormal = askedOnce((text) => {
  const words = wordsOf(text)
  return hitsIn(words, books.FORMAL).some(
    ({ from, to }) => !isAsked(text, words, from) || declares(words, from, to),
  )
})

/** Whether any sentence of a text is a question, with its mark or without. */
export const asksSomething = askedOnce((text) => {
  if (/[?؟]/.test(text)) return true
  const words = wordsOf(text)
  return words.some((word, at) => word.sentence !== words[at - 1]?.sentence && beginsQuestion(words, at))
})

/** Greetings and "und" may stand before the word that asks; words that do nothing but ask may stand anywhere. */
function beginsQuestion(words: readonly Word[], at: number): boolean {
  let first = at
  while (first - at < maxOpeningWords && opening.test(words[first]?.text ?? '')) first += 1
  return hitsAt(words, first, books.QUESTION).length > 0 || asksAnywhere(words, at) || endsQuestion(words, at)
}

const maxOpeningWords = 4
const opening =
  /^(?:digga|digger|bro|ey|alter|na|sacht|sagt|ma|mal|hallo|hi|hey|moin|servus|guten|tag|morgen|abend|gruss|gott|und|aber|also|so|ok|okay|danke|sorry|entschuldigung|frage|hello|dear|good|merhaba|selam|gunler|здравствуйте|добрый|день|доброго|дня|добры|dzien|dobry|buna|ziua|а|і|и|a|i|si)$/
const asking =
  /^(?:ob|ne|πότε|ποτε|πού|που|πόσο|ποσο|wo|wann|wieviel|wieviele|welche[rsn]?|wer|where|when|kac|kacta|nerede|nereden|nereye|hangi|где|когда|сколько|де|коли|скільки|gdzie|kiedy|ile|unde|cand|cat|اين|متي|كم|وين|هل|чи|ли|czy|котрій|ktorej)$/

/** "wie lange", "wie viel" ask wherever they stand; "wie gewohnt" does not. */
const measure = /^(?:lang|lange|viel|viele|hoch|teuer|oft|spat|weit|gross|alt)$/

function asksAnywhere(words: readonly Word[], at: number): boolean {
  const sentence = words[at]?.sentence
  for (let index = at; words[index]?.sentence === sentence && words[index] !== undefined; index++) {
    const text = words[index]?.text ?? ''
    if (asking.test(text) || (text === 'wie' && measure.test(words[index + 1]?.text ?? ''))) return true
  }
  return false
}

/** Turkish asks with a word of its own at the end of the sentence. */
function endsQuestion(words: readonly Word[], at: number): boolean {
  for (
    let index = at;
    words[index]?.sentence === words[at]?.sentence && words[index] !== undefined;
    index++
  ) {
    if (/^m[iu](?:yim|yiz|sin|siniz)?$/.test(words[index]?.text ?? '')) return true
  }
  return false
}

/** Whether the sentence of a word ends with a question mark or begins as questions do. */
function isAsked(text: string, words: readonly Word[], at: number): boolean {
  const sentence = words[at]?.sentence
  let first = at
  while (first > 0 && words[first - 1]?.sentence === sentence) first -= 1
  let last = at
  while (words[last + 1]?.sentence === sentence) last += 1
  const end = words[last]?.end ?? text.length
  if (/^[\s)"“»]*[?؟]/.test(text.slice(end, end + 4))) return true
  return hitsAt(words, first, books.QUESTION).length > 0
}

function declares(words: readonly Word[], from: number, to: number): boolean {
  return words.slice(from, to).some(({ text }) => text === 'hiermit' || text === 'hereby')
}
