import { webLink } from '@buergerdraht/contract'

/** A part of a line. Put together again with their marks, the parts are the line: nothing is lost or added. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly children: readonly Inline[] }

/** A code or a link: marks within it are part of its text. */
type Atom = { readonly end: number; readonly inline: Inline }
type Atoms = ReadonlyMap<number, Atom>

const marks = { '*': 'bold', _: 'italic', '~': 'strike' } as const
function isMark(character: string | undefined): character is keyof typeof marks {
  return character !== undefined && character in marks
}

const wordCharacter = /[\p{L}\p{N}\p{M}]/u
function outsideWord(character: string | undefined): boolean {
  return character === undefined || !wordCharacter.test(character)
}
function space(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character)
}

/** Two of the same beside each other are no marks: "____" is the blank of a form. */
function opens(line: string, at: number): boolean {
  const [before, mark, after] = [line[at - 1], line[at], line[at + 1]]
  return outsideWord(before) && before !== mark && !space(after) && after !== mark
}
function closes(line: string, at: number): boolean {
  const [before, mark, after] = [line[at - 1], line[at], line[at + 1]]
  return !space(before) && before !== mark && outsideWord(after) && after !== mark
}

/** Where a code of `length` back-ticks closes that begins its content at `from`, or -1. */
function codeEnd(line: string, from: number, length: number): number {
  const ticks = /`+/g
  ticks.lastIndex = from
  for (let run = ticks.exec(line); run !== null; run = ticks.exec(line))
    if (run[0].length === length && (length === 3 || closes(line, run.index))) return run.index
  return -1
}

const address = /https?:\/\/[^\s<>"`\p{Cc}\p{Cf}]+/iuy
const sentenceSigns = ".,;:!?…'’‘“”„«»"
const brackets: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' }

/** Where an address ends: before the punctuation of the sentence around it, after brackets that belong to it. */
function addressEnd(run: string, openMarks: ReadonlySet<string>): number {
  const excess: Record<string, number> = {}
  for (const [closing, opening] of Object.entries(brackets))
    excess[closing] = run.split(closing).length - run.split(opening).length
  let end = run.length
  for (; end > 0; end -= 1) {
    const last = run[end - 1] ?? ''
    if (sentenceSigns.includes(last) || openMarks.has(last)) continue
    const more = excess[last] ?? 0
    if (more <= 0) break
    excess[last] = more - 1
  }
  return end
}

/** Codes and links of a line, by where they begin. Each character is visited once, so the time is linear. */
function atomsOf(line: string): Atoms {
  const atoms = new Map<number, Atom>()
  const openMarks = new Set<string>()
  /** Lengths of back-ticks that close nowhere further on. */
  const unclosed = new Set<number>()
  let at = 0
  while (at < line.length) {
    const character = line[at] ?? ''
    if (character === '`') {
      const length = /`+/y.exec(line.slice(at, at + 4))?.[0].length ?? 1
      const from = at + length
      const may = length === 3 || (length === 1 && opens(line, at))
      const end = may && !unclosed.has(length) ? codeEnd(line, from, length) : -1
      if (end > from) {
        atoms.set(at, { end: end + length, inline: { kind: 'code', text: line.slice(from, end) } })
        at = end + length
        continue
      }
      if (may) unclosed.add(length)
      at = from
      continue
    }
    if ((character === 'h' || character === 'H') && outsideWord(line[at - 1])) {
      address.lastIndex = at
      const run = address.exec(line)?.[0]
      if (run !== undefined) {
        const text = run.slice(0, addressEnd(run, openMarks))
        const href = webLink(text)
        if (href !== null) atoms.set(at, { end: at + text.length, inline: { kind: 'link', text, href } })
        // When the whole run is no link, no part of it is tried: from each "http" within it that would take quadratic time.
        at += href === null ? run.length : text.length
        continue
      }
    }
    if (isMark(character) && opens(line, at)) openMarks.add(character)
    at += 1
  }
  return atoms
}

/** Where the mark at `from` closes before `to`, or -1. There must be something other than marks between. */
function closing(line: string, atoms: Atoms, from: number, to: number): number {
  let at = from + 1
  while (isMark(line[at])) at += 1
  while (at < to) {
    const atom = atoms.get(at)
    if (atom === undefined && line[at] === line[from] && closes(line, at)) return at
    at = atom?.end ?? at + 1
  }
  return -1
}

function read(line: string, atoms: Atoms, from: number, to: number, inside: string): Inline[] {
  const found: Inline[] = []
  /** Marks that close nowhere further on: they are not sought again. */
  const unclosed = new Set<string>(inside)
  let plainFrom = from
  let at = from
  function take(end: number, inline: Inline): void {
    if (at > plainFrom) found.push({ kind: 'text', text: line.slice(plainFrom, at) })
    found.push(inline)
    at = end
    plainFrom = end
  }
  while (at < to) {
    const character = line[at]
    const atom = atoms.get(at)
    if (atom !== undefined) {
      take(atom.end, atom.inline)
      continue
    }
    if (isMark(character) && !unclosed.has(character) && opens(line, at)) {
      const end = closing(line, atoms, at, to)
      if (end !== -1) {
        const children = read(line, atoms, at + 1, end, inside + character)
        take(end + 1, { kind: marks[character], children })
        continue
      }
      unclosed.add(character)
    }
    at += 1
  }
  if (plainFrom < to) found.push({ kind: 'text', text: line.slice(plainFrom, to) })
  return found
}

/** Reads WhatsApp's writing marks in a line, in time that grows with its length. HTML is no part of them: it stays text. */
export function readMarkedLine(line: string): Inline[] {
  return read(line, atomsOf(line), 0, line.length, '')
}
