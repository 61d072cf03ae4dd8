/** What WhatsApp's own writing marks mean. HTML is no part of it: it stays text. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly children: readonly Inline[] }

export type Block =
  | { readonly kind: 'lines' | 'quote'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly (readonly Inline[])[] }
  | { readonly kind: 'mono'; readonly text: string }

const marks = { '*': 'bold', _: 'italic', '~': 'strike' } as const
function isMark(character: string): character is keyof typeof marks {
  return character in marks
}

const wordCharacter = /[\p{L}\p{N}]/u
function outsideWord(character: string | undefined): boolean {
  return character === undefined || !wordCharacter.test(character)
}
function space(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character)
}

/** Where the mark that opens at `from` closes in this line, or -1. */
function closing(line: string, from: number, mark: string): number {
  for (let at = line.indexOf(mark, from + 1); at !== -1; at = line.indexOf(mark, at + 1))
    if (at > from + 1 && !space(line[at - 1]) && outsideWord(line[at + 1])) return at
  return -1
}

/** Only http and https, never with a name before the host: that is how other hosts are faked. */
function safeHref(text: string): string | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  return ['http:', 'https:'].includes(url.protocol) && url.username === '' ? url.href : null
}

const address = /https?:\/\/[^\s<>"`]+/iy

function linkAt(line: string, at: number): { text: string; href: string } | null {
  address.lastIndex = at
  let text = address.exec(line)?.[0]
  if (text === undefined) return null
  while (/[.,;:!?'*_~\]}]$/.test(text) || (text.endsWith(')') && !text.includes('(')))
    text = text.slice(0, -1)
  const href = safeHref(text)
  return href === null ? null : { text, href }
}

function inlines(line: string, inside: string): Inline[] {
  const found: Inline[] = []
  const open = new Set<string>()
  let plainFrom = 0
  let at = 0
  function take(end: number, inline: Inline): void {
    if (at > plainFrom) found.push({ kind: 'text', text: line.slice(plainFrom, at) })
    found.push(inline)
    at = end
    plainFrom = end
  }
  while (at < line.length) {
    const character = line[at] ?? ''
    const starts = outsideWord(line[at - 1])
    if (character === '`') {
      const fence = line.startsWith('```', at) ? '```' : '`'
      const end = open.has(fence) ? -1 : line.indexOf(fence, at + fence.length + 1)
      if (end !== -1) {
        take(end + fence.length, { kind: 'code', text: line.slice(at + fence.length, end) })
        continue
      }
      // No end further on either: long texts are read once.
      open.add(fence)
      at += fence.length
      continue
    }
    if (
      starts &&
      isMark(character) &&
      !inside.includes(character) &&
      !open.has(character) &&
      !space(line[at + 1])
    ) {
      const end = closing(line, at, character)
      if (end !== -1) {
        const children = inlines(line.slice(at + 1, end), inside + character)
        take(end + 1, { kind: marks[character], children })
        continue
      }
      open.add(character)
    }
    const link = starts && (character === 'h' || character === 'H') ? linkAt(line, at) : null
    if (link !== null) {
      take(at + link.text.length, { kind: 'link', ...link })
      continue
    }
    at += 1
  }
  if (plainFrom < line.length) found.push({ kind: 'text', text: line.slice(plainFrom) })
  return found
}

function lineKind(line: string): {
  kind: 'quote' | 'bullet' | 'number' | 'line'
  rest: string
  number: number
} {
  const quote = /^> (.*)$/.exec(line)
  if (quote !== null) return { kind: 'quote', rest: quote[1] ?? '', number: 0 }
  const bullet = /^\s{0,3}[-*•] (\S.*)$/.exec(line)
  if (bullet !== null) return { kind: 'bullet', rest: bullet[1] ?? '', number: 0 }
  const number = /^\s{0,3}(\d{1,3})\. (\S.*)$/.exec(line)
  if (number !== null) return { kind: 'number', rest: number[2] ?? '', number: Number(number[1]) }
  return { kind: 'line', rest: line, number: 0 }
}

function blocksOf(text: string): Block[] {
  const blocks: { kind: string; start: number | null; lines: Inline[][] }[] = []
  for (const line of text.split('\n')) {
    const { kind, rest, number } = lineKind(line)
    const parsed = inlines(rest, '')
    const last = blocks.at(-1)
    if (last?.kind === kind) last.lines.push(parsed)
    else blocks.push({ kind, start: kind === 'number' ? number : null, lines: [parsed] })
  }
  return blocks.map(({ kind, start, lines }): Block => {
    if (kind === 'bullet' || kind === 'number') return { kind: 'list', start, items: lines }
    return { kind: kind === 'quote' ? 'quote' : 'lines', lines }
  })
}

/** Reads a message text. A fence of three back-ticks over several lines is a block of its own. */
export function parseMarkup(text: string): Block[] {
  const blocks: Block[] = []
  // One way only to read what is between: two parts that may both hold line breaks cost the square of a long text.
  const fence = /```\n?([^`]*)```\n?/g
  let from = 0
  for (const match of text.matchAll(fence)) {
    if (!match[0].replace(/\n$/, '').includes('\n')) continue
    const before = text.slice(from, match.index).replace(/\n$/, '')
    if (before !== '') blocks.push(...blocksOf(before))
    blocks.push({ kind: 'mono', text: (match[1] ?? '').replace(/\n$/, '') })
    from = match.index + match[0].length
  }
  if (from < text.length || blocks.length === 0) blocks.push(...blocksOf(text.slice(from)))
  return blocks
}
