import { isBoundary, isDigit, isGroupSeparator, type PiiMatch } from './pii-match.ts'

/**
 * Telephone numbers in a text: international (`+49 …`, `0049 …`, 8–15 digits, ITU-T E.164) and national (`0…`, 8–14 digits;
 * numbers of the Federal Network Agency's plan always begin with 0). A number without either could be anything.
 */
export function phoneNumbersIn(text: string): PiiMatch[] {
  const matches: PiiMatch[] = []
  for (let start = 0; start < text.length; start++) {
    const end = endOfNumber(text, start)
    if (end === undefined) continue
    matches.push({ kind: 'PHONE', start, end })
    start = end - 1
  }
  return matches
}

function endOfNumber(text: string, start: number): number | undefined {
  const first = text.charCodeAt(start)
  const plus = first === 43
  const bracket = first === 40
  if (!plus && !bracket && first !== 48) return undefined
  if (bracket && text[start + 1] !== '0' && text[start + 1] !== '+') return undefined
  if (!isBoundary(text, start - 1) || startsInsideNumber(text, start)) return undefined
  const groups = readGroups(text, start)
  const digits = groups.at(-1)?.digits ?? ''
  const international = plus || digits.startsWith('00') || text[start + 1] === '+'
  if (digits.startsWith('000')) return undefined
  const prefix = digits.startsWith('00') ? 2 : 0
  const longest = prefix + (international ? 15 : 14)
  // "0151 12345678 2 Personen": the longest run of whole groups that can be a number.
  return groups.findLast((group) => group.digits.length >= prefix + 8 && group.digits.length <= longest)?.end
}

/** `1,05112345678` or `2026-0511…`: a zero behind point, comma, colon or hyphen and a digit continues another number. */
function startsInsideNumber(text: string, start: number): boolean {
  const before = text[start - 1]
  return before !== undefined && '.,:-–/'.includes(before) && isDigit(text.charCodeAt(start - 2))
}

function isBracketOrSlash(code: number): boolean {
  return code === 40 || code === 41 || code === 47
}

/** `0171.1234567`: a point with three digits on either side; fewer would be a date, an amount or the end of a sentence. */
function isGroupingDot(text: string, index: number): boolean {
  return text[index] === '.' && [-3, -2, -1, 1, 2, 3].every((step) => isDigit(text.charCodeAt(index + step)))
}

/**
 * The digits up to the end of each group, with up to three separators between two of them (`) / `). Stops behind 18 digits,
 * so the cost of a start is bounded. A group that runs into a letter is no end.
 */
function readGroups(text: string, start: number): { digits: string; end: number }[] {
  const groups: { digits: string; end: number }[] = []
  let digits = ''
  let separators = 0
  for (let index = start; index < text.length && digits.length < 18 && separators <= 3; index++) {
    const code = text.charCodeAt(index)
    if (isDigit(code)) {
      digits += text.charAt(index)
      separators = 0
      if (isBoundary(text, index + 1)) groups.push({ digits, end: index + 1 })
    } else if (
      index === start ||
      isGroupSeparator(code) ||
      isBracketOrSlash(code) ||
      isGroupingDot(text, index)
    ) {
      separators += 1
    } else break
  }
  return groups
}
