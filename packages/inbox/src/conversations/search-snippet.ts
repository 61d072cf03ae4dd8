import type { Match } from '../search/search-query.ts'

const maxSnippetLength = 240
const before = 60

function boundary(text: string, at: number): number {
  // Never between the halves of a surrogate pair.
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at
}

/** The part of a long text around its first match; the matches move along. Offsets in UTF-16 units, end exclusive. */
export function snippetOf(
  text: string,
  matches: readonly Match[],
): { readonly text: string; readonly matches: Match[] } {
  if (text.length <= maxSnippetLength) return { text, matches: matches.map(([start, end]) => [start, end]) }
  const first = matches[0]?.[0] ?? 0
  const wanted = Math.max(0, first - before)
  const space = wanted === 0 ? -1 : text.indexOf(' ', wanted)
  const from = wanted === 0 ? 0 : boundary(text, space >= wanted && space < first ? space + 1 : wanted)
  const to = boundary(text, Math.min(text.length, from + maxSnippetLength))
  const lead = from === 0 ? '' : '… '
  const shift = lead.length - from
  return {
    text: `${lead}${text.slice(from, to)}${to < text.length ? ' …' : ''}`,
    matches: matches
      .filter(([start]) => start >= from && start < to)
      .map(([start, end]) => [start + shift, Math.min(end, to) + shift]),
  }
}
