import { isBoundary, isDigit, isLetter, type PiiMatch, readGrouped } from './pii-match.ts'

/**
 * Health insurance numbers (Krankenversichertennummer, section 290 SGB V) in a text: the lifelong part, a letter and nine
 * digits, alone or at the head of the 20-digit form.
 */
export function healthInsuranceNumbersIn(text: string): PiiMatch[] {
  const matches: PiiMatch[] = []
  for (let start = 0; start < text.length; start++) {
    if (!isLetter(text.charCodeAt(start)) || !beginsWord(text, start)) continue
    const read = readGrouped(text, start, 10)
    if (read === undefined || !hasCheckDigit(read.characters)) continue
    const end = isDigit(text.charCodeAt(read.end)) ? endOfLongForm(text, start) : read.end
    if (end === undefined) continue
    matches.push({ kind: 'HEALTH_INSURANCE_NUMBER', start, end })
    start = end - 1
  }
  return matches
}

function beginsWord(text: string, start: number): boolean {
  return (
    isBoundary(text, start - 1) ||
    /(?:nr|nummer|kvnr|lautet)$/i.test(text.slice(Math.max(0, start - 6), start))
  )
}

/** Ten more digits: the fund's nine and the last check digit. */
function endOfLongForm(text: string, start: number): number | undefined {
  const read = readGrouped(text, start, 20)
  if (read === undefined || !isBoundary(text, read.end)) return undefined
  return onlyDigits(read.characters.slice(1)) ? read.end : undefined
}

/** The letter counts as two digits (A = 01), weights 1, 2, 1, 2 …, sum of the cross sums modulo 10. */
function hasCheckDigit(number: string): boolean {
  if (!onlyDigits(number.slice(1))) return false
  const ordinal = number.charCodeAt(0) - 64
  const digits = [Math.floor(ordinal / 10), ordinal % 10, ...Array.from(number.slice(1, 9), Number)]
  let sum = 0
  for (const [index, digit] of digits.entries()) {
    const product = digit * (index % 2 === 0 ? 1 : 2)
    sum += product > 9 ? product - 9 : product
  }
  return sum % 10 === Number(number[9])
}

function onlyDigits(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (!isDigit(text.charCodeAt(index))) return false
  return true
}
