/** Whether a word is another with one slip of the thumb: a letter more, less, other, or two exchanged. */
export function isOneSlip(right: string, written: string): boolean {
  if (Math.abs(right.length - written.length) > 1) return false
  let head = 0
  while (head < right.length && right[head] === written[head]) head += 1
  const [one, other] = [right.slice(head), written.slice(head)]
  return (
    one.slice(1) === other ||
    one === other.slice(1) ||
    one.slice(1) === other.slice(1) ||
    (one[0] === other[1] && one[1] === other[0] && one.slice(2) === other.slice(2))
  )
}

/**
 * Finds the word that a written one is a slip for, of many right ones with the same first letter. A look-up costs a few steps a
 * letter, however many words there are, and two where neither beginning nor ending is that of a right one: a slip is in one half of a word.
 */
export function slipIndex(right: Iterable<string>): (written: string) => string | undefined {
  const byRest = new Map<string, string[]>()
  const words = [...right]
  let minLength = Number.POSITIVE_INFINITY
  let maxLength = 0
  for (const word of words) {
    minLength = Math.min(minLength, word.length)
    maxLength = Math.max(maxLength, word.length)
    for (const rest of shortened(word)) {
      const known = byRest.get(rest)
      if (known === undefined) byRest.set(rest, [word])
      else known.push(word)
    }
  }
  // Two letters exchanged are the widest slip: with one letter between them the halves do not overlap.
  const half = Math.floor((minLength - 1) / 2)
  const beginnings = new Set(words.map((word) => word.slice(0, half)))
  const endings = new Set(words.map((word) => word.slice(word.length - half)))
  return (written) => {
    if (written.length < minLength - 1 || written.length > maxLength + 1) return undefined
    if (!beginnings.has(written.slice(0, half)) && !endings.has(written.slice(written.length - half)))
      return undefined
    for (const rest of shortened(written)) {
      const found = byRest
        .get(rest)
        ?.find((word) => word !== written && word[0] === written[0] && isOneSlip(word, written))
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** A word, and the word without one of its letters: two words with one slip between them have one of these in common. */
function shortened(word: string): string[] {
  return [word, ...Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))]
}
