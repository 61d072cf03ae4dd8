import { blindToken, fold, prefixesOf, rawWordsIn, stemOf } from './words.ts'

export type PrefixRow = {
  readonly prefix: bigint
  readonly token: bigint
}

const cacheSize = 100_000

/** Turns texts into blind tokens. Keeps the words of this process in memory, never on disk. */
export class SearchIndex {
  readonly #key: Buffer
  /** Word as written → token; null: it means nothing alone. What is here has its prefixes stored. */
  readonly #words = new Map<string, bigint | null>()

  constructor(searchKey: Buffer) {
    this.#key = searchKey
  }

  /**
   * Tokens for each text, without repetition, and the vocabulary rows that words seen for the first time need. Store the rows
   * before or with the tokens, ignoring those that are there.
   */
  tokensOf(texts: readonly string[]): { tokens: bigint[][]; prefixes: PrefixRow[] } {
    if (this.#words.size > cacheSize) this.#words.clear()
    const words = texts.map((text) => rawWordsIn(text))
    const unknown = new Map<string, string>()
    for (const ofText of words) {
      for (const word of ofText) if (!this.#words.has(word)) unknown.set(word, fold(word))
    }
    const prefixes: PrefixRow[] = []
    for (const [word, folded] of unknown) {
      const stem = stemOf(folded)
      const token = stem === null ? null : blindToken(this.#key, 'stem', stem)
      this.#words.set(word, token)
      if (token === null || /^\d+$/.test(folded)) continue
      for (const prefix of prefixesOf(folded)) {
        prefixes.push({ prefix: blindToken(this.#key, 'prefix', prefix), token })
      }
    }
    const tokens = words.map((ofText) => {
      const found = new Set<bigint>()
      for (const word of ofText) {
        const token = this.#words.get(word)
        if (token !== null && token !== undefined) found.add(token)
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
