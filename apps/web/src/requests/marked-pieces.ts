type Passage = { readonly begins: number; readonly ends: number }
type Piece = { readonly text: string; readonly mark: 'found' | 'left' | 'blacked' | null }

/** A text in pieces, each with what is thought of it: blacked out before left, left before found. */
export function markedPieces(
  text: string,
  found: readonly Passage[],
  decided: readonly (Passage & { readonly blacked: boolean })[],
): Piece[] {
  const edges = new Set([0, text.length])
  for (const { begins, ends } of [...found, ...decided]) edges.add(begins).add(ends)
  const sorted = [...edges].toSorted((one, other) => one - other)
  return sorted.slice(0, -1).flatMap((begins, at): Piece[] => {
    const ends = sorted[at + 1] ?? text.length
    function isIn(passage: Passage): boolean {
      return passage.begins <= begins && ends <= passage.ends
    }
    const mark = decided.some((one) => one.blacked && isIn(one))
      ? 'blacked'
      : decided.some(isIn)
        ? 'left'
        : found.some(isIn)
          ? 'found'
          : null
    return [{ text: text.slice(begins, ends), mark }]
  })
}

/** Where words stand in a text, capitals or not. */
export function occurrences(text: string, wanted: string): Passage[] {
  const words = wanted.trim()
  if (words === '') return []
  const places: Passage[] = []
  const pattern = new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'giu')
  for (const { index, 0: hit } of text.matchAll(pattern))
    places.push({ begins: index, ends: index + hit.length })
  return places
}
