import type { Inbox } from '../inbox.ts'
import { blindToken, fold, maxPrefixLength, minPrefixLength, stemOf, wordsIn } from './words.ts'

export type SearchQuery = {
  /** Each must be in the entry. */
  readonly tokens: readonly bigint[]
  /**
   * The last word, still being typed: the entry must hold `stem` or one of the tokens that `search_prefix` has for `prefix`.
   * Null when it is complete or too short.
   */
  readonly last: { readonly prefix: bigint; readonly stem: bigint | null } | null
  /** Exact sequences, folded; to be checked after decryption. */
  readonly phrases: readonly (readonly string[])[]
  readonly stems: ReadonlySet<string>
  readonly lastWord: string | null
}

/**
 * Reads what a clerk typed: words (any form of them), "exact phrases" in quotation marks, and the beginning of the last word.
 * Null when it holds nothing that can be searched for.
 */
export function searchQueryOf(inbox: Inbox, text: string): SearchQuery | null {
  const phrases = [...text.matchAll(/["„“”]([^"„“”]+)["“”]/g)]
    .map((match) => wordsIn(match[1] ?? '').map((word) => word.folded))
    .filter((phrase) => phrase.length > 0)
  const words = wordsIn(text).map((word) => word.folded)
  const last = words.at(-1)
  if (last === undefined) return null
  const open = /[\p{L}\p{N}\p{M}]$/u.test(text) && !/^\d+$/.test(last) && last.length >= minPrefixLength
  const complete = open ? words.slice(0, -1) : words
  const stems = complete.flatMap((word) => stemOf(word) ?? [])
  const key = inbox.keys.lookup.search
  const tokens = [...new Set(stems)].map((stem) => blindToken(key, 'stem', stem))
  if (tokens.length === 0 && !open) return null
  const lastStem = stemOf(last)
  return {
    tokens,
    last: open
      ? {
          prefix: blindToken(key, 'prefix', last.slice(0, maxPrefixLength)),
          stem: lastStem === null ? null : blindToken(key, 'stem', lastStem),
        }
      : null,
    phrases,
    stems: new Set([...stems, ...(open && lastStem !== null ? [lastStem] : [])]),
    lastWord: open ? last : null,
  }
}

/** Where a decrypted text matches: [start, end) in UTF-16 units; null when a quoted phrase is not in it. */
export function matchesIn(text: string, query: SearchQuery): [number, number][] | null {
  const words = wordsIn(text)
  const folded = words.map((word) => word.folded)
  function holds(phrase: readonly string[]) {
    return folded.some((_, at) => phrase.every((word, offset) => folded[at + offset] === word))
  }
  if (!query.phrases.every(holds)) return null
  return words
    .filter(
      ({ folded: word }) =>
        query.stems.has(stemOf(word) ?? '') ||
        (query.lastWord !== null && word.startsWith(fold(query.lastWord))),
    )
    .map(({ start, end }) => [start, end])
}
