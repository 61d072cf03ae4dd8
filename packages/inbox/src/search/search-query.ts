import type { RunSql } from './run-sql.ts'
import type { Generation } from './search-index.ts'
import {
  blindToken,
  digitEndOf,
  maxPrefixLength,
  minPrefixLength,
  type PlacedWord,
  stemOf,
  wordsIn,
} from './words.ts'

const maxQueryWords = 32
/** Words of one prefix that are tried; more would say nothing about what is meant. */
const maxExpansions = 128

/** A word of a search, and what it may stand for: in a message, or in a contact's name and number. */
export type QueryWord = {
  readonly folded: string
  /** It is still being typed: more letters may follow. */
  readonly open: boolean
  /** The end of a number. */
  readonly digits: string | null
  /** A message must hold one of these; null: it means nothing alone, no message need hold it. */
  readonly inText: readonly string[] | null
  /** A contact's entry must hold one of these, where the word is to be found in the name or number. */
  readonly inContact: readonly string[]
}

export type SearchQuery = {
  /** For messages alone. */
  readonly words: readonly QueryWord[]
  /** For contacts, with whatever is not in name or number in a message: a number typed with spaces is one word here. */
  readonly contactWords: readonly QueryWord[]
  /** Exact sequences, folded; to be checked after decryption. */
  readonly phrases: readonly (readonly string[])[]
}

async function expansionsOf(run: RunSql, prefixes: readonly bigint[]): Promise<Map<string, string[]>> {
  const rows = await run<{ prefix: string; tokens: string[] }>(
    `select p.prefix::text, array(select s.token::text from search_prefix s where s.prefix = p.prefix limit ${maxExpansions}) as tokens
      from unnest($1::bigint[]) as p(prefix)`,
    [prefixes.map(String)],
  )
  return new Map(rows.map(({ prefix, tokens }) => [prefix, tokens]))
}

/** A number as people type it, with or without `+`, leading zeros, spaces; null: something else. */
function numberIn(text: string): string | null {
  if (!/^\s*\+?[0-9 ()/.-]+$/.test(text)) return null
  return text.replace(/\D/g, '').replace(/^0+(?=\d{3})/, '')
}

/**
 * Reads what a clerk typed: words (any form of them), "exact phrases" in quotation marks, the beginning of the last word, the end of
 * a number. Null when it holds nothing that can be searched for.
 */
export async function searchQueryOf(
  run: RunSql,
  { key }: Generation,
  text: string,
): Promise<SearchQuery | null> {
  const phrases = [...text.matchAll(/["„“”]([^"„“”]+)["“”]/g)]
    .map((match) => wordsIn(match[1] ?? '').map((word) => word.folded))
    .filter((phrase) => phrase.length > 0)
  const typed = wordsIn(text)
    .map((word) => word.folded)
    .slice(0, maxQueryWords)
  const last = typed.at(-1)
  if (last === undefined) return null
  const open = /[\p{L}\p{N}\p{M}]$/u.test(text) && !/^\d+$/.test(last) && last.length >= minPrefixLength
  const beginning = last.slice(0, maxPrefixLength)
  const prefixes = open
    ? [blindToken(key, 'stem-prefix', beginning), blindToken(key, 'name-prefix', beginning)]
    : []
  const expansions = open ? await expansionsOf(run, prefixes) : new Map<string, string[]>()
  const [textExpansions = [], nameExpansions = []] = prefixes.map((one) => expansions.get(String(one)) ?? [])

  function wordOf(folded: string, isOpen: boolean): QueryWord {
    const stem = stemOf(folded)
    const end = /^\d+$/.test(folded) ? digitEndOf(folded) : null
    const stems = stem === null ? [] : [String(blindToken(key, 'stem', stem))]
    const names = [String(blindToken(key, 'name', folded))]
    const ends = end === null ? [] : [String(blindToken(key, 'digits', end))]
    return {
      folded,
      open: isOpen,
      digits: end === null ? null : folded,
      inText: isOpen ? [...new Set([...stems, ...textExpansions])] : stem === null ? null : stems,
      inContact: [...new Set([...names, ...ends, ...(isOpen ? nameExpansions : [])])],
    }
  }
  const words = typed.map((folded, n) => wordOf(folded, open && n === typed.length - 1))
  const number = numberIn(text)
  const contactWords =
    number === null || typed.length === 1 ? words : [{ ...wordOf(number, false), inText: [] }]
  return { words, contactWords, phrases }
}

/** Whether a word of a contact's name is the one that was typed. */
function isNamed(word: QueryWord, { folded }: PlacedWord): boolean {
  return word.open ? folded.startsWith(word.folded) : folded === word.folded
}

/** Whether a word of a text is a form of the one that was typed. */
function isMeant(word: QueryWord, { folded }: PlacedWord): boolean {
  if (word.open && folded.startsWith(word.folded)) return true
  const stem = stemOf(folded)
  return stem !== null && stem === stemOf(word.folded)
}

function holds(words: readonly PlacedWord[], phrase: readonly string[]): boolean {
  return words.some((_, at) => phrase.every((word, offset) => words[at + offset]?.folded === word))
}

/** [start, end) in UTF-16 units. */
export type Match = [start: number, end: number]

function placesOf(words: readonly PlacedWord[]): Match[] {
  return words.map(({ start, end }) => [start, end])
}

/**
 * Where a decrypted message matches by itself. Null when a phrase is not in it, or a word that the index could not tell from others:
 * one with the same beginning.
 */
export function matchesInText(query: SearchQuery, text: string): Match[] | null {
  const words = wordsIn(text)
  if (!query.phrases.every((phrase) => holds(words, phrase))) return null
  const found = words.filter((one) => query.words.some((word) => isMeant(word, one)))
  const isThere = query.words.every((word) => word.inText === null || words.some((one) => isMeant(word, one)))
  return isThere ? placesOf(found) : null
}

/** How a conversation matches by its contact, with the help of a message where name and number do not say it all. */
export type ContactMatch = {
  readonly inName: Match[]
  readonly inText: Match[]
}

/** @param text of the message that the index names; null: name and number are to suffice. Null when they do not match after all. */
export function matchesOfContact(
  query: SearchQuery,
  contact: { readonly name: string; readonly phone: string | null },
  text: string | null,
): ContactMatch | null {
  const name = wordsIn(contact.name)
  const words = wordsIn(text ?? '')
  if (!query.phrases.every((phrase) => holds(name, phrase) || holds(words, phrase))) return null
  const rest = query.contactWords.filter(
    (word) =>
      !name.some((one) => isNamed(word, one)) &&
      !(word.digits !== null && contact.phone?.endsWith(word.digits) === true),
  )
  if (rest.length === query.contactWords.length) return null
  if (!rest.every((word) => word.inText === null || words.some((one) => isMeant(word, one)))) return null
  return {
    inName: placesOf(name.filter((one) => query.contactWords.some((word) => isNamed(word, one)))),
    inText: placesOf(words.filter((one) => rest.some((word) => isMeant(word, one)))),
  }
}
