import { languages } from './languages/languages.ts'
import { hitsAt, phraseBook } from './phrase-book.ts'
import { type Word, wordsOf } from './words.ts'

/** Greetings, thanks and "nochmal": they make of the same message no other one. */
const idle = phraseBook<'IDLE'>(
  languages.flatMap(({ closing, misplaced }) =>
    [closing.GREETING, closing.POLITE, closing.THANKS, misplaced.AGAIN].map(
      (phrases) => ['IDLE', phrases] as const,
    ),
  ),
)

/**
 * What makes two messages the same for the finder: words and numbers, case, spacing, accents, greetings and "nochmal" aside. Empty for a
 * message that has nothing else ("Hallo"): it repeats nothing.
 */
export function wordingOf(text: string): string {
  const words = wordsOf(text.normalize('NFKC')).filter(({ text: word }) => /[\p{L}\p{N}]/u.test(word))
  const kept: Word[] = []
  for (let at = 0; at < words.length; ) {
    const to = Math.max(at, ...hitsAt(words, at, idle).map((hit) => hit.to))
    if (to === at) kept.push(words[at] as Word)
    at = Math.max(to, at + 1)
  }
  return kept.map((word) => word.text).join(' ')
}

/** Whether two wordings say the same: the same numbers, and of five words at least four, slips of the thumb aside. */
export function sameWording(one: string, other: string): boolean {
  if (one === other) return true
  const [left, right] = [new Set(one.split(' ')), new Set(other.split(' '))]
  if (left.size < 4 || right.size < 4) return false
  const missing = [...left].filter((word) => !right.has(word))
  const added = [...right].filter((word) => !left.has(word))
  if ([...missing, ...added].some((word) => /\p{N}/u.test(word))) return false
  const changed = missing.filter((word) => !added.some((near) => isNear(word, near))).length
  const fresh = added.filter((word) => !missing.some((near) => isNear(word, near))).length
  return Math.max(changed, fresh) * 5 <= Math.min(left.size, right.size)
}

/** The same word with another ending or a slip: equal but for at most two letters, from the same first letter. */
function isNear(one: string, other: string): boolean {
  if (
    one[0] !== other[0] ||
    Math.abs(one.length - other.length) > 2 ||
    Math.min(one.length, other.length) < 4
  )
    return false
  let head = 0
  while (head < one.length && one[head] === other[head]) head += 1
  let tail = 0
  while (tail < Math.min(one.length, other.length) - head && one.at(-1 - tail) === other.at(-1 - tail))
    tail += 1
  return Math.max(one.length, other.length) - head - tail <= 2
}
