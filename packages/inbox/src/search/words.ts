import { macOf, prepared } from '@buergerdraht/office'
import type { Pool } from 'pg'

const longestWord = 64
const mostWords = 2000
const cacheSize = 100_000

/** Letters and digits of any script; combining marks belong to their letter. */
const wordPattern = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu

export type PlacedWord = {
  /** As it is compared: {@link fold}ed. */
  readonly folded: string
  /** UTF-16 units, end exclusive. */
  readonly start: number
  readonly end: number
}

/**
 * One spelling for what people write in several: lower case, no accents, ß as ss, ä/ae, ö/oe and ü/ue alike (the rule of
 * Snowball's german2: not after q, nor where the first letter closes a diphthong, as in "neue").
 */
export function fold(word: string): string {
  return word
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ae|oe|(?<![qaeiou])ue/g, (pair) => pair.charAt(0))
}

/** The words of a text in order, at most 2000; longer words are cut. */
export function wordsIn(text: string): PlacedWord[] {
  const words: PlacedWord[] = []
  for (const match of text.matchAll(wordPattern)) {
    const start = match.index
    words.push({ folded: fold(match[0].slice(0, longestWord)), start, end: start + match[0].length })
    if (words.length === mostWords) break
  }
  return words
}

/** The same words as they are written, without places. */
export function rawWordsIn(text: string): string[] {
  return (text.match(wordPattern) ?? []).slice(0, mostWords).map((word) => word.slice(0, longestWord))
}

/**
 * Stems of folded words by PostgreSQL's German dictionary; words that mean nothing alone ("der", "und") have none. Known
 * words are answered from memory.
 */
export class Stems {
  readonly #pool: Pool
  readonly #known = new Map<string, string | null>()

  constructor(pool: Pool) {
    this.#pool = pool
  }

  async of(folded: Iterable<string>): Promise<(word: string) => string | null> {
    const unknown = [...new Set(folded)].filter((word) => !this.#known.has(word))
    if (unknown.length > 0) {
      if (this.#known.size + unknown.length > cacheSize) this.#known.clear()
      const { rows } = await this.#pool.query<{ word: string; stem: string | null }>(
        prepared(`select word, (ts_lexize('german_stem', word))[1] as stem from unnest($1::text[]) as word`, [
          unknown,
        ]),
      )
      for (const { word, stem } of rows) this.#known.set(word, stem)
    }
    // What was cleared meanwhile is better compared as it is than not at all.
    return (word) => {
      const stem = this.#known.get(word)
      return stem === undefined ? word : stem
    }
  }
}

/** A keyed hash of a word, as the signed 64-bit number that the index holds. Tells nothing without the key. */
export function blindToken(searchKey: Buffer, kind: 'stem' | 'prefix', word: string): bigint {
  return macOf(searchKey, kind, word).readBigInt64BE(0)
}

export const shortestPrefix = 2
export const longestPrefix = 12

/** The beginnings of a word that it can be found by while it is still being typed. */
export function prefixesOf(folded: string): string[] {
  const prefixes: string[] = []
  for (let length = shortestPrefix; length <= Math.min(folded.length, longestPrefix); length += 1) {
    prefixes.push(folded.slice(0, length))
  }
  return prefixes
}
