import type { Pool } from 'pg'
import { blindToken, prefixesOf, Stems, wordsIn } from './words.ts'

/** A word of the vocabulary: its token and whether its prefixes are known to be stored. */
interface KnownWord {
  readonly token: bigint
}

export interface PrefixRow {
  readonly prefix: bigint
  readonly token: bigint
}

const cacheSize = 100_000

/** Turns texts into blind tokens. Keeps the words of this process in memory, never on disk. */
export class SearchIndex {
  readonly #key: Buffer
  readonly stems: Stems
  readonly #words = new Map<string, KnownWord | null>()

  constructor(pool: Pool, searchKey: Buffer) {
    this.#key = searchKey
    this.stems = new Stems(pool)
  }

  /**
   * Tokens for each text, without repetition, and the vocabulary rows that words seen for the first time need. Store the rows
   * before or with the tokens, ignoring those that are there.
   */
  async tokensOf(texts: readonly string[]): Promise<{ tokens: bigint[][]; prefixes: PrefixRow[] }> {
    const words = texts.map((text) => [...new Set(wordsIn(text).map((word) => word.folded))])
    const stemOf = await this.stems.of(words.flat())
    const prefixes: PrefixRow[] = []
    const tokens = words.map((ofText) => {
      const found = new Set<bigint>()
      for (const word of ofText) {
        let known = this.#words.get(word)
        if (known === undefined) {
          const stem = stemOf(word)
          known = stem === null ? null : { token: blindToken(this.#key, 'stem', stem) }
          if (this.#words.size > cacheSize) this.#words.clear()
          this.#words.set(word, known)
          if (known !== null && !/^\d+$/.test(word)) {
            for (const prefix of prefixesOf(word)) {
              prefixes.push({ prefix: blindToken(this.#key, 'prefix', prefix), token: known.token })
            }
          }
        }
        if (known !== null) found.add(known.token)
      }
      return [...found]
    })
    return { tokens, prefixes }
  }

  /** Forgets which prefixes are stored: after a transaction that was to store them has failed. */
  forgetVocabulary(): void {
    this.#words.clear()
  }
}
