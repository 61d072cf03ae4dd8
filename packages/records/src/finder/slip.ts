/** Whether a word is another with one slip of the thumb: a letter more, less, other, or two exchanged. */
export function isOneSlip(right: string, written: string): boolean {
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
 * letter, however many words there are.
 */
export function slipIndex(right: Iterable<string>): (written: string) => string | undefined {
  const byRest = new Map<string, string[]>()
  let minLength = Number.POSITIVE_INFINITY
  let maxLength = 0
  for (const word of right) {
    minLength = Math.min(minLength, word.length)
    maxLength = Math.max(maxLength, word.length)
    for (const rest of shortened(word)) {
      const known = byRest.get(rest)
      if (known === undefined) byRest.set(rest, [word])
      else known.push(word)
    }
  }
  return (written) => {
    if (written.length < minLength - 1 || written.length > maxLength + 1) return undefined
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
