import { type Inline, readMarkedLine } from './marked-line.ts'

/** `marker` as it was written: "12." or "-". */
type ListItem = { readonly marker: string; readonly line: readonly Inline[] }

export type Block =
  | { readonly kind: 'lines' | 'quote'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'numbers' | 'bullets'; readonly items: readonly ListItem[] }
  | { readonly kind: 'mono'; readonly text: string }

const quote = /^> /
const bullet = /^ {0,3}([-*•]) (?=\S)/
/** Numbers as an HTML list shows them: one with a leading zero stays text. */
const numbered = /^ {0,3}((?:0|[1-9]\d{0,2})\.) (?=\S)/

type Line = { readonly kind: Exclude<Block['kind'], 'mono'>; readonly marker: string; readonly rest: string }

function lineOf(line: string): Line {
  for (const [kind, pattern] of [
    ['quote', quote],
    ['bullets', bullet],
    ['numbers', numbered],
  ] as const) {
    const match = pattern.exec(line)
    if (match !== null) return { kind, marker: match[1] ?? '', rest: line.slice(match[0].length) }
  }
  return { kind: 'lines', marker: '', rest: line }
}

function blocksOf(text: string): Block[] {
  const blocks: { kind: Line['kind']; items: ListItem[] }[] = []
  for (const one of text.split('\n')) {
    const { kind, marker, rest } = lineOf(one)
    const item = { marker, line: readMarkedLine(rest) }
    const last = blocks.at(-1)
    if (last?.kind === kind) last.items.push(item)
    else blocks.push({ kind, items: [item] })
  }
  return blocks.map(({ kind, items }): Block => {
    if (kind === 'numbers' || kind === 'bullets') return { kind, items }
    return { kind, lines: items.map(({ line }) => line) }
  })
}

/**
 * Reads a message text, in time that grows with its length: nobody can write one that stops the reader's page. A fence of three
 * back-ticks over several lines is a block of its own.
 */
export function parseMarkup(text: string): Block[] {
  const blocks: Block[] = []
  // Only one part of this may match line breaks: with two, backtracking takes quadratic time.
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

function plainLine(parts: readonly Inline[]): string {
  return parts.map((part) => ('children' in part ? plainLine(part.children) : part.text)).join('')
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'mono':
      return block.text
    case 'numbers':
    case 'bullets':
      return block.items.map(({ marker, line }) => `${marker} ${plainLine(line)}`).join('\n')
    case 'quote':
      return block.lines.map((line) => `> ${plainLine(line)}`).join('\n')
    case 'lines':
      return block.lines.map(plainLine).join('\n')
  }
}

/** A message text without its writing marks, and with everything else that stands in it. */
export function plainText(text: string): string {
  return parseMarkup(text).map(plainBlock).join('\n')
}
