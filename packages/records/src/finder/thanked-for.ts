import { book, closes, deed } from './closing-book.ts'
import type { ClosingMeaning } from './languages/language.ts'
import { languages } from './languages/languages.ts'
import { contains, type Hit, hitsAt, phraseBook } from './phrase-book.ts'
import type { Word } from './words.ts'

/** What nobody thanks for without something else to come. */
const notThankedFor = phraseBook<'CONTENT'>(
  languages.flatMap(({ open }) =>
    [
      'widerspruch*, einspruch*, antrag*, beschwerde*, rückruf*, frist*, anwalt*, klage*, mahnung*, bescheid*, rechnung*',
      open.WEEKDAY,
      open.APPOINTMENT,
      open.FORMAL,
      open.ANNOUNCED,
      open.DEMAND,
      open.TO_BE_DONE,
    ].map((phrases) => ['CONTENT', phrases] as const),
  ),
)

/** Where whatever somebody thanks for or wishes can end that begins at this word. */
export function openEndsOf(
  text: string,
  words: readonly Word[],
  at: number,
  hits: readonly Hit<ClosingMeaning>[],
): number[] {
  const ends: number[] = []
  for (const { meaning, to } of hits) {
    if (meaning !== 'THANKED_FOR' && meaning !== 'WISH') continue
    if (meaning === 'THANKED_FOR' && asksOn(text, words, at)) continue
    for (let end = to + 1; end <= Math.min(words.length, to + maxOpenWords); end++) {
      const word = words[end - 1]
      const joins = isJoined(words, end - 1) && end > to + 1
      if (word === undefined || !(joins || isHarmless(words, end - 1, meaning))) break
      if (joins) continue
      if (pausesBefore(text, words, end) || beginsPhrase(words, end) || wishesOn(words, end)) ends.push(end)
      if (pausesBefore(text, words, end)) break
    }
  }
  for (let end = at + 1; end < Math.min(words.length, at + maxOpenWords); end++) {
    if (!isHarmless(words, end - 1, 'THANKED_FOR') || pausesBefore(text, words, end)) break
    if (hitsAt(words, end, book).some(({ meaning }) => meaning === 'THANKED_FOR_BEHIND')) ends.push(end + 1)
  }
  // "Brief ist da", "Tonne ist geleert": up to three words that say nothing more, and that it came or works.
  for (let end = at; end < Math.min(words.length, at + maxOpenWords); end++) {
    for (const { meaning, to } of hitsAt(words, end, book)) {
      if (meaning === 'WORKED_BEHIND' && (pausesBefore(text, words, to) || beginsPhrase(words, to)))
        ends.push(to)
    }
    if (saysMore(words, end) || pausesBefore(text, words, end + 1)) break
  }
  if (hits.some(({ meaning }) => meaning === 'THANKED_THAT')) {
    for (let end = at + 1; end < Math.min(words.length, at + maxClauseWords); end++) {
      if (done.test(words[end]?.text ?? '') && pausesBefore(text, words, end + 1)) ends.push(end + 1)
      if (saysMore(words, end) || pausesBefore(text, words, end + 1)) break
    }
  }
  return ends
}

const maxOpenWords = 5
const maxClauseWords = 10
/** What ends a clause of something that was done: "dass Sie mir geholfen haben", not "dass Sie es schicken". */
const done = /^(?:haben|habt|hat|hast|hobts|ham|hebbt|gibt|sind|seid|war|waren)$/

/** "Danke und für Kinder", "Danke für alles. Und für Kinder": only "für die Hilfe und für die Geduld" goes on thanking. */
function asksOn(text: string, words: readonly Word[], at: number): boolean {
  const and = at > 1 && hitsAt(words, at - 1, book).some(({ meaning, to }) => meaning === 'AND' && to === at)
  if (!and) return false
  const before = words.slice(0, at - 1)
  const thanked = before.some((_, index) =>
    hitsAt(words, index, book).some(({ meaning }) => meaning === 'THANKED_FOR'),
  )
  return !thanked || pausesBefore(text, words, at - 1)
}

/** "Zeit und Hilfe" goes on; "und der Bescheid" is something else. */
function isJoined(words: readonly Word[], at: number): boolean {
  const and = hitsAt(words, at, book).some(({ meaning }) => meaning === 'AND')
  return (
    and && !/^(?:der|die|das|den|dem|des|ein|eine|einen|the|a|an|for|fur)$/.test(words[at + 1]?.text ?? 'der')
  )
}

/** A word of what somebody thanks for or wishes: not one that asks, orders, names a day or begins another sentence. */
function isHarmless(words: readonly Word[], at: number, after: 'THANKED_FOR' | 'WISH'): boolean {
  const word = words[at]
  if (word === undefined || !/\p{L}/u.test(word.text)) return false
  if (saysMore(words, at)) return false
  return after === 'WISH' ? !contains([word], deed) : !contains([word], notThankedFor)
}

function saysMore(words: readonly Word[], at: number): boolean {
  return hitsAt(words, at, book).some(({ meaning }) => meaning === 'MORE' || meaning === 'AND')
}

/** Whether the text ends before this word, or a sign or an emoji stands there. */
function pausesBefore(text: string, words: readonly Word[], at: number): boolean {
  const [before, word] = [words[at - 1], words[at]]
  if (word === undefined || before === undefined || !/\p{L}/u.test(word.text)) return true
  return /[.,!;:\n)(–…-]/.test(text.slice(before.end, word.start))
}

/** "… und einen schönen Abend". */
function wishesOn(words: readonly Word[], at: number): boolean {
  return hitsAt(words, at, book).some(
    ({ meaning, to }) =>
      meaning === 'AND' &&
      hitsAt(words, to, book).some(
        (next) => next.meaning === 'WISH' || (next.to > to + 1 && closes.has(next.meaning)),
      ),
  )
}

function beginsPhrase(words: readonly Word[], at: number): boolean {
  return hitsAt(words, at, book).some(({ meaning }) => closes.has(meaning))
}
