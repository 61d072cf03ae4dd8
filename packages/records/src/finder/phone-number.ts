import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { type Label, labelsBefore, labelsBehind } from './labels.ts'
import { isBoundary, isDigit, isGroupSeparator, type PiiMatch } from './pii-match.ts'

/**
 * Telephone numbers in a plain text. The numbering plans of all countries are in `libphonenumber-js`, with Germany as default: what
 * stands alone must be valid in one; what is called a telephone number need only be possible (numbers for local calls too).
 */
export function phoneNumbersIn(text: string, labels: readonly Label[]): PiiMatch[] {
  const matches: PiiMatch[] = []
  let previousEnd = Number.NEGATIVE_INFINITY
  for (let start = 0; start < text.length; start++) {
    const code = text.charCodeAt(start)
    if (!beginsLikeNumber(text, start, code) || startsInsideNumber(text, start)) continue
    const said = saidBefore(labels, start, previousEnd)
    const end = endOfNumber(text, start, said, labels)
    if (end === undefined) continue
    matches.push({ kind: 'PHONE', start, end })
    previousEnd = end
    start = end - 1
  }
  return matches
}

type Said = 'PHONE' | 'OTHER' | 'NOTHING'
const reach = 32

function beginsLikeNumber(text: string, start: number, code: number): boolean {
  if (code === 43) return true
  if (code === 40) return /[0-9+]/.test(text.charAt(start + 1))
  if (isDigit(code)) return !isDigit(text.charCodeAt(start - 1))
  return (
    (code === 79 || code === 111) &&
    isBoundary(text, start - 1) &&
    /^[1-9][0-9]{2}/.test(text.slice(start + 1, start + 4))
  )
}

/** What the nearest word before says of the number. "Mobil … oder Festnetz …": a number behind one belongs to the same list. */
function saidBefore(labels: readonly Label[], start: number, previousEnd: number): Said {
  if (start - previousEnd <= 8) return 'PHONE'
  for (const { meaning, end } of labelsBefore(labels, start, reach)) {
    if (meaning === 'PHONE') return 'PHONE'
    if (meaning === 'OTHER_NUMBER' || (meaning === 'IDENTITY_DOCUMENT' && start - end < 12)) return 'OTHER'
  }
  return 'NOTHING'
}

function endOfNumber(text: string, start: number, said: Said, labels: readonly Label[]): number | undefined {
  if (said === 'OTHER') return undefined
  const groups = readGroups(text, start)
  const leading = groups.at(-1)?.digits.charAt(0)
  const international = text[start] === '+' || text[start + 1] === '+'
  for (let index = groups.length - 1; index >= 0; index--) {
    const group = groups[index]
    if (group === undefined || group.digits.length < 5) break
    if (/^[.,][0-9]/.test(text.slice(group.end, group.end + 2))) continue
    const written = text.slice(start, group.end)
    if (looksLikeOther(written) || looksLikeOther(text.slice(start, start + 12))) return undefined
    const behind = labelsBehind(labels, group.end, 12).find(
      ({ meaning }) => meaning === 'PHONE' || meaning === 'OTHER_NUMBER',
    )
    const called = said === 'PHONE' || behind?.meaning === 'PHONE'
    if (said === 'NOTHING' && behind?.meaning === 'OTHER_NUMBER' && behind.start - group.end < 4)
      return undefined
    const digits = (international ? '+' : '') + group.digits
    if (international || leading === '0') {
      if (isNumber(digits, called)) return group.end
    } else if (called) {
      if (isNumber(`+${digits}`, false) && digits.length >= 11 && /^(?:49|43|41|90|38|48|40|7)/.test(digits))
        return group.end
      if (isForeignNational(group.digits)) return group.end
      if (said === 'PHONE' && isLocal(group.digits) && groups.length - 1 === index) return group.end
    }
  }
  return undefined
}

/** Called a telephone number and valid at home for those who write most: Poland, Turkey, Ukraine, Romania, Italy, Spain. */
function isForeignNational(digits: string): boolean {
  if (digits.length < 9 || digits.length > 11) return false
  return neighbours.some((country) => parsePhoneNumberFromString(digits, country)?.isValid() === true)
}

const neighbours = ['PL', 'TR', 'UA', 'RO', 'IT', 'ES'] as const

/** A number without area code, or a mobile one whose zero was forgotten. */
function isLocal(digits: string): boolean {
  return digits.length >= 5 && digits.length <= 8
    ? !/^(?:19|20)[0-9]{2}/.test(digits) || digits.length > 6
    : /^1[567][0-9]{8,9}$/.test(digits)
}

function isNumber(digits: string, called: boolean): boolean {
  if (/^\+?0{3}|^(?:\+|00)?(\d)\1+$/.test(digits)) return false
  const plain = digits.replace(/^(\+49|0049)0/, '$1')
  const number = parsePhoneNumberFromString(plain.startsWith('00') ? `+${plain.slice(2)}` : plain, 'DE')
  if (number === undefined) return false
  if (number.isValid()) return called || plain.startsWith('+') || plain.length >= 8
  const national = number.nationalNumber.length
  return called
    ? number.isPossible() && national >= 6 && national <= 13
    : /^(?:\+49|0049|0)1[567]/.test(plain) && national >= 10 && national <= 11
}

/** A date, a time, an amount: never the beginning of a telephone number. */
function looksLikeOther(written: string): boolean {
  return /^[0-9]{1,2}[./-][0-9]{1,2}[./-](?:[0-9]{4}|[0-9]{2})(?![0-9])|^[0-9]{4}-[0-9]{2}-[0-9]{2}|^0[0-9] [0-9]{2} (?:19|20)[0-9]{2}(?![0-9])|^[0-9]{1,2}[:.][0-9]{2}(?:-[0-9]{1,2}[:.][0-9]{2}| ?uhr)|^[0-9]{1,2}\.? ?- ?[0-9]{1,2}\.? ?uhr/i.test(
    written,
  )
}

/** `1,05112345678`, `2026-0511…`, `26 0312 1984`: behind a digit and one sign another number goes on. */
function startsInsideNumber(text: string, start: number): boolean {
  const before = text.charAt(start - 1)
  if (
    /[\p{L}_§#=&?]/u.test(before) &&
    text[start] !== '+' &&
    !/(?:tel|fon|nr|handy|mobil|nummer|fax|ruf|unter)$/i.test(text.slice(Math.max(0, start - 7), start))
  )
    return true
  if (!/[.,:\-/ ]/.test(before) || !isDigit(text.charCodeAt(start - 2))) return false
  // Behind a space a number with its own beginning may follow a count or a house number.
  return (
    before !== ' ' ||
    !/^(?:\+|\(|00?[1-9])/.test(text.slice(start, start + 3)) ||
    /[0-9][-./ ][0-9]+ $/.test(text.slice(Math.max(0, start - 8), start)) ||
    !/^(?:\+|\(?01[567])/.test(text.slice(start, start + 4))
  )
}

/**
 * The digits up to the end of each group, with up to three separators between two of them (`) / `). Stops behind 17 digits,
 * so the cost of a start is bounded.
 */
function readGroups(text: string, start: number): { digits: string; end: number }[] {
  const groups: { digits: string; end: number }[] = []
  let digits = ''
  let separators = 0
  for (let index = start; index < text.length && separators <= 3; index++) {
    const code = text.charCodeAt(index)
    const zero =
      (code === 79 || code === 111) &&
      (index === start || isDigit(text.charCodeAt(index - 1)) || isDigit(text.charCodeAt(index + 1)))
    if (isDigit(code) || zero) {
      if (digits.length === 17) break
      digits += zero ? '0' : text.charAt(index)
      separators = 0
      if (!isDigit(text.charCodeAt(index + 1))) {
        if (
          /[\p{L}]/u.test(text.charAt(index + 1)) &&
          /^\p{L}{1,2}(?!\p{L})/u.test(text.slice(index + 1, index + 4))
        )
          break
        groups.push({ digits, end: index + 1 })
      }
    } else if (isGroupSeparator(code) || code === 40 || code === 41 || (index === start && code === 43)) {
      if (index > start || code === 40) separators += code === 10 ? 2 : 1
    } else if (code === 43 && text[start] === '(' && index === start + 1) continue
    else break
  }
  return groups
}
