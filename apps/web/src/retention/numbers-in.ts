/** Numbers and ranges as people write them (`1-20, 25`), each once, from 1 to `last`. Null: that is something else. */
export function numbersIn(text: string, last: number): number[] | null {
  const numbers = new Set<number>()
  for (const part of text.split(/[,;\s]+/).filter((one) => one !== '')) {
    const [, from = '', to = from] = /^(\d{1,4})(?:[-–](\d{1,4}))?$/.exec(part) ?? []
    const [first, end] = [Number(from), Number(to)]
    if (first < 1 || end > last || end < first) return null
    for (let number = first; number <= end; number++) numbers.add(number)
  }
  return numbers.size === 0 ? null : [...numbers]
}
