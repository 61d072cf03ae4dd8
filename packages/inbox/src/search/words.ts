import { macOf } from '@buergerdraht/office'
import { stemmer } from '@orama/stemmers/german'
import { stopwords } from '@orama/stopwords/german'
import anyAscii from 'any-ascii'

const maxWordLength = 64
const maxWords = 2000
const maxRemembered = 100_000

/** Letters and digits of any script; combining marks belong to their letter. */
const wordPattern = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu
const asciiPattern = /^[\0-\x7f]*$/

export type PlacedWord = {
  /** As it is compared: {@link fold}ed. */
  readonly folded: string
  /** UTF-16 units, end exclusive. */
  readonly start: number
  readonly end: number
}

/** Without marks and in Latin letters, whatever script it was written in; a word of which nothing is left stays as it is. */
function latin(word: string): string {
  const lower = word.toLowerCase()
  if (asciiPattern.test(lower)) return lower
  const plain = anyAscii(lower.normalize('NFD').replace(/\p{M}/gu, ''))
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
  return plain === '' ? lower : plain
}

/**
 * One spelling for what people write in several: lower case, Latin letters (ł as l, ø as o, ı as i, ﬁ as fi, Жуков as zhukov), no
 * accents, ß as ss, ä/ae, ö/oe and ü/ue alike (the rule of Snowball's german2: not after q, nor where the first letter closes
 * a diphthong, as in "neue"). Whatever changes here needs an index built anew.
 */
export function fold(word: string): string {
  return latin(word).replace(/ae|oe|(?<![qaeiou])ue/g, (pair) => pair.charAt(0))
}

/** The words of a text in order, at most 2000; longer words are cut. */
export function wordsIn(text: string): PlacedWord[] {
  const words: PlacedWord[] = []
  for (const match of text.matchAll(wordPattern)) {
    const start = match.index
    words.push({ folded: fold(match[0].slice(0, maxWordLength)), start, end: start + match[0].length })
    if (words.length === maxWords) break
  }
  return words
}

/** The same words as they are written, without places. */
export function wordsAsWritten(text: string): string[] {
  return (text.match(wordPattern) ?? []).slice(0, maxWords).map((word) => word.slice(0, maxWordLength))
}

const meaningless = new Set(stopwords.map(fold))
const stems = new Map<string, string | null>()

/** The German stem of a folded word; null: it means nothing alone ("der", "und"). */
export function stemOf(folded: string): string | null {
  const known = stems.get(folded)
  if (known !== undefined) return known
  if (stems.size >= maxRemembered) stems.clear()
  const stem = meaningless.has(folded) ? null : stemmer(folded)
  stems.set(folded, stem)
  return stem
}

/** What a token is made of: a word of a text, a word of a name, the beginning of either, the end of a number. */
export type TokenKind = 'stem' | 'stem-prefix' | 'name' | 'name-prefix' | 'digits'

/** A keyed hash of a word, as the signed 64-bit number that the index holds. Tells nothing without the key. */
export function blindToken(searchKey: Buffer, kind: TokenKind, word: string): bigint {
  return macOf(searchKey, kind, word).readBigInt64BE(0)
}

export const minPrefixLength = 2
export const maxPrefixLength = 12

const minDigits = 3
const maxDigits = 10

/** The ends of a number that it can be found by. */
export function digitEndsOf(phone: string | null): string[] {
  const ends: string[] = []
  if (phone === null) return ends
  for (let length = minDigits; length <= Math.min(phone.length, maxDigits); length += 1) {
    ends.push(phone.slice(-length))
  }
  return ends
}

/** What of a typed end of a number the index can hold; null: too short. The rest is compared after decryption. */
export function digitEndOf(typed: string): string | null {
  return typed.length < minDigits ? null : typed.slice(-maxDigits)
}

/** The beginnings of a word that it can be found by while it is still being typed. */
export function prefixesOf(folded: string): string[] {
  const prefixes: string[] = []
  for (let length = minPrefixLength; length <= Math.min(folded.length, maxPrefixLength); length += 1) {
    prefixes.push(folded.slice(0, length))
  }
  return prefixes
}
