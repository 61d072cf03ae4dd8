import { isBoundary, isDigit, type PiiMatch, readGrouped } from './pii-match.ts'

/** German tax identification numbers (section 139b AO) in a plain text, in one piece or grouped (`12 345 678 901`). */
export function taxIdsIn(text: string): PiiMatch[] {
  const matches: PiiMatch[] = []
  for (let start = 0; start < text.length; start++) {
    const code = text.charCodeAt(start)
    // 1–9: a leading zero marks numbers made for testing.
    if (code < 49 || code > 57 || isDigit(text.charCodeAt(start - 1)) || !beginsNumber(text, start)) continue
    const read = readGrouped(text, start, 11)
    if (read === undefined || isDigit(text.charCodeAt(read.end)) || !isTaxId(read.characters)) continue
    matches.push({ kind: 'TAX_ID', start, end: read.end })
    start = read.end - 1
  }
  return matches
}

/** Not behind a plus; behind letters only where people glue the number to its name. */
function beginsNumber(text: string, start: number): boolean {
  if (isBoundary(text, start - 1)) return text[start - 1] !== '+'
  return /(?:id|nr|nummer|tin|lautet)$/i.test(text.slice(Math.max(0, start - 6), start))
}

function isTaxId(digits: string): boolean {
  return /^[1-9][0-9]{10}$/.test(digits) && hasTaxIdFrequencies(digits) && checkDigitOf(digits) === digits[10]
}

/**
 * Among the first ten digits exactly one occurs twice or three times and every other at most once; three equal digits
 * never stand side by side (numbers issued since 2016).
 */
function hasTaxIdFrequencies(digits: string): boolean {
  const counts = new Array<number>(10).fill(0)
  const first = digits.slice(0, 10)
  for (const digit of first) counts[Number(digit)] = (counts[Number(digit)] ?? 0) + 1
  const repeated = counts.filter((count) => count > 1)
  if (repeated.length !== 1 || (repeated[0] ?? 0) > 3) return false
  return !/([0-9])\1\1/.test(first)
}

/** ISO/IEC 7064 MOD 11,10. */
function checkDigitOf(digits: string): string {
  let product = 10
  for (const digit of digits.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10
    product = (2 * (sum === 0 ? 10 : sum)) % 11
  }
  return String((11 - product) % 10)
}
