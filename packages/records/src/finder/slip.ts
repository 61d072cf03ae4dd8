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
