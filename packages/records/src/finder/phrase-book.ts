import { spelling, type Word } from './words.ts'

/**
 * Phrases as a person writes them into a table, separated by commas: `krankgeschrieben`, `*krebs` (ends so), `pflege*` (begins so),
 * `*behindert*` (anywhere), `lieg*|bin … krankenhaus` (one of two words, up to four others between), several words in a row.
 * Spelt as `spelling` says, whatever accents or capitals the table has.
 */
export type Phrases = string

/** A phrase found: the words `from`…`to` (exclusive) and what the table said about it. */
export type Hit<Meaning> = { readonly meaning: Meaning; readonly from: number; readonly to: number }

type Piece = { readonly text: string; readonly open: 'NOWHERE' | 'BEHIND' | 'BEFORE' | 'BOTH' }
type Step = readonly Piece[] | 'GAP'
type Entry<Meaning> = { readonly meaning: Meaning; readonly first: Piece; readonly rest: readonly Step[] }

const maxGap = 4
/** Shorter and longer beginnings and endings are not looked for. */
const minLength = 2
const maxLength = 24

/** Many phrases made ready to be looked for together: a word costs a few look-ups, however many phrases there are. */
export type PhraseBook<Meaning> = {
  readonly whole: ReadonlyMap<string, readonly Entry<Meaning>[]>
  readonly beginning: ReadonlyMap<string, readonly Entry<Meaning>[]>
  readonly ending: ReadonlyMap<string, readonly Entry<Meaning>[]>
  readonly anywhere: readonly Entry<Meaning>[]
  /** Lengths of the beginnings and endings that there are, shortest first, by their first or last two letters ({@link pairAt}). */
  readonly lengths: { readonly beginning: LengthsByPair; readonly ending: LengthsByPair }
}

type LengthsByPair = ReadonlyMap<number, readonly number[]>

/** Two letters as one number: most words have no beginning or ending that a book looks for, and are passed over by it. */
function pairAt(word: string, at: number): number {
  return word.charCodeAt(at) * 0x10000 + word.charCodeAt(at + 1)
}

function lengthsOf(parts: Iterable<string>, pairOf: (part: string) => number): LengthsByPair {
  const lengths = new Map<number, number[]>()
  for (const part of parts) {
    if (part.length < minLength || part.length > maxLength) continue
    const known = lengths.get(pairOf(part))
    if (known === undefined) lengths.set(pairOf(part), [part.length])
    else if (!known.includes(part.length)) known.push(part.length)
  }
  for (const known of lengths.values()) known.sort((one, other) => one - other)
  return lengths
}

export function phraseBook<Meaning>(tables: Iterable<readonly [Meaning, Phrases]>): PhraseBook<Meaning> {
  const maps = { NOWHERE: new Map(), BEHIND: new Map(), BEFORE: new Map() } as const satisfies Record<
    string,
    Map<string, Entry<Meaning>[]>
  >
  const anywhere: Entry<Meaning>[] = []
  for (const [meaning, phrases] of tables) {
    for (const phrase of phrases.split(',')) {
      const [first, ...rest] = stepsOf(phrase)
      if (first === undefined) continue
      if (first === 'GAP') throw new Error(`A phrase cannot begin with a gap: ${phrase}`)
      for (const piece of first) {
        const entry = { meaning, first: piece, rest }
        if (piece.open === 'BOTH') anywhere.push(entry)
        else {
          const known: Entry<Meaning>[] | undefined = maps[piece.open].get(piece.text)
          if (known === undefined) maps[piece.open].set(piece.text, [entry])
          else known.push(entry)
        }
      }
    }
  }
  return {
    whole: maps.NOWHERE,
    beginning: maps.BEHIND,
    ending: maps.BEFORE,
    anywhere,
    lengths: {
      beginning: lengthsOf(maps.BEHIND.keys(), (part) => pairAt(part, 0)),
      ending: lengthsOf(maps.BEFORE.keys(), (part) => pairAt(part, part.length - 2)),
    },
  }
}

function stepsOf(phrase: string): Step[] {
  return phrase
    .trim()
    .split(/\s+/)
    .filter((step) => step !== '')
    .map((step) => (step === '…' ? 'GAP' : step.split('|').map(pieceOf)))
}

function pieceOf(written: string): Piece {
  const before = written.startsWith('*')
  const behind = written.length > 1 && written.endsWith('*')
  const text = spelling(written.replaceAll('*', ''))
  if (text === '') throw new Error(`Nothing to look for: ${written}`)
  return { text, open: before ? (behind ? 'BOTH' : 'BEFORE') : behind ? 'BEHIND' : 'NOWHERE' }
}

/** Every phrase of the book that the words contain, by the place where it begins. */
export function hitsIn<Meaning>(words: readonly Word[], book: PhraseBook<Meaning>): Hit<Meaning>[] {
  const hits: Hit<Meaning>[] = []
  for (let from = 0; from < words.length; from++) {
    for (const hit of hitsAt(words, from, book)) hits.push(hit)
  }
  return hits
}

/** The phrases that begin with the word at `from`. */
export function hitsAt<Meaning>(
  words: readonly Word[],
  from: number,
  book: PhraseBook<Meaning>,
): Hit<Meaning>[] {
  const word = words[from]?.text ?? ''
  const hits: Hit<Meaning>[] = []
  take(book.whole.get(word), words, from, hits)
  for (const length of book.lengths.beginning.get(pairAt(word, 0)) ?? []) {
    if (length > word.length) break
    take(book.beginning.get(word.slice(0, length)), words, from, hits)
  }
  for (const length of book.lengths.ending.get(pairAt(word, word.length - 2)) ?? []) {
    if (length > word.length) break
    take(book.ending.get(word.slice(-length)), words, from, hits)
  }
  for (const entry of book.anywhere) {
    if (word.length < maxWordLength && word.includes(entry.first.text)) take([entry], words, from, hits)
  }
  return hits
}

/** A longer run of letters is no word. */
const maxWordLength = 60

function take<Meaning>(
  entries: readonly Entry<Meaning>[] | undefined,
  words: readonly Word[],
  from: number,
  hits: Hit<Meaning>[],
): void {
  if (entries === undefined) return
  for (const { meaning, rest } of entries) {
    const to = rest.length === 0 ? from + 1 : follow(words, from, from + 1, rest, 0)
    if (to !== undefined) hits.push({ meaning, from, to })
  }
}

function fits({ text, open }: Piece, word: string): boolean {
  if (open === 'NOWHERE') return word === text
  if (open === 'BEHIND') return word.startsWith(text)
  return open === 'BEFORE' ? word.endsWith(text) : word.includes(text)
}

/** Where the rest of a phrase ends when it goes on at word `at`, in the sentence of the first word. */
function follow(
  words: readonly Word[],
  from: number,
  at: number,
  rest: readonly Step[],
  done: number,
): number | undefined {
  const step = rest[done]
  if (step === undefined) return at
  if (step === 'GAP') {
    for (let skipped = 0; skipped <= maxGap; skipped++) {
      if (words[at + skipped]?.sentence !== words[from]?.sentence) return undefined
      const to = follow(words, from, at + skipped, rest, done + 1)
      if (to !== undefined) return to
    }
    return undefined
  }
  const word = words[at]
  if (word === undefined || word.sentence - (words[from]?.sentence ?? 0) > 1) return undefined
  return step.some((piece) => fits(piece, word.text))
    ? follow(words, from, at + 1, rest, done + 1)
    : undefined
}

/** Whether the words contain any phrase of the book. */
export function contains<Meaning>(words: readonly Word[], book: PhraseBook<Meaning>): boolean {
  return words.some((_, from) => hitsAt(words, from, book).length > 0)
}
