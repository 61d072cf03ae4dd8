import { type Label, labelsBefore } from './labels.ts'
import { isAlphanumeric, isBoundary, isDigit, readGrouped } from './pii-match.ts'

/** Where a number ends that only its place right behind the name of a document makes one: driving licences, and whatever states print. */
export function licenceNumber(text: string, start: number, labels: readonly Label[]): number | undefined {
  return onePiece(text, start, labels) ?? inGroups(text, start, labels) ?? shortNumber(text, start, labels)
}

const reach = 24

/** "J 04 20 A B 1 C 2 2": a German driving licence in groups; office, number, check digit and issue. */
function inGroups(text: string, start: number, labels: readonly Label[]): number | undefined {
  if (!/^[A-Z][ -]?[0-9]/.test(text.slice(start, start + 3))) return undefined
  const read = readGrouped(text, start, 11)
  if (read === undefined || !isBoundary(text, read.end) || !germanLicence.test(read.characters))
    return undefined
  return groups.test(text.slice(start, read.end)) && isNamed(text, start, labels) ? read.end : undefined
}

const germanLicence = /^[A-Z][0-9]{3}[0-9A-Z]{5}[0-9X][0-9A-Z]$/
const groups = /^[A-Z0-9]{1,5}(?:[ -][A-Z0-9]{1,5})*$/

/** Six digits when nothing but "Nummer" stands between them and the name of a document: Turkish and older licences. */
function shortNumber(text: string, start: number, labels: readonly Label[]): number | undefined {
  if (!isDigit(text.charCodeAt(start)) || !sixDigits.test(text.slice(start, start + 7))) return undefined
  const label = labelsBefore(labels, start, reach).find(({ meaning }) => numbered.has(meaning))
  if (label?.meaning !== 'IDENTITY_DOCUMENT' || !isBoundary(text, start + 6)) return undefined
  const between = text.slice(label.end, start)
  return onlyNumberWords.test(between) &&
    (/\p{L}|№|#/u.test(between) || numberWord.test(text.slice(label.start, label.end)))
    ? start + 6
    : undefined
}

const sixDigits = /^[0-9]{6}(?![0-9])/
const numberWord = /(?:nr|no|nummer|number|номер|numer|num[aă]r\p{L}*|numara\p{L}*|nosu|seri\p{L}*)\.?$/iu

/**
 * Letters and digits in one piece right behind the name of a document: driving licences of Germany (eleven characters), the United Kingdom
 * (sixteen) and Poland (with slashes), Turkish cards, and whatever other states print.
 */
function onePiece(text: string, start: number, labels: readonly Label[]): number | undefined {
  let end = start
  while (end - start <= maxLicenceLength && (isAlphanumeric(text.charCodeAt(end)) || isSlash(text, end)))
    end += 1
  const written = text.slice(start, end)
  if (!mixed.test(written) && !polishLicence.test(written)) return undefined
  return isBoundary(text, end) && isNamed(text, start, labels) ? end : undefined
}

function isSlash(text: string, at: number): boolean {
  return text.charAt(at) === '/' && isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1))
}

export const numbered: ReadonlySet<string> = new Set(['IDENTITY_DOCUMENT', 'OTHER_NUMBER', 'PHONE'])
const maxLicenceLength = 16
/** Nine characters that begin as a German number are one or, with a letter that no German number has, none. */
const mixed = /^(?![CFGHJKLMNPRTVWXY][A-Z0-9]{8}$)(?=[A-Z0-9]*[A-Z])(?=(?:[A-Z]*[0-9]){4})[A-Z0-9]{8,16}$/
const polishLicence = /^[0-9]{5}\/[0-9]{2}\/[0-9]{4}$/
const onlyNumberWords =
  /^[\s:.,#№°=-]*(?:(?:nr|nummer|no|number|num|numara\p{L}{0,6}|nosu|номер|numer|număr\p{L}{0,3}|seri\p{L}{0,3}|n|is|ist|wäre|war|heißt|steht|lautet|hat die|die|رقم|رقمها|رقمه)[\s:.,#№°=-]*){0,4}$/iu

/** Whether the name of a document stands right before, with nothing but "Nummer" between. */
function isNamed(text: string, start: number, labels: readonly Label[]): boolean {
  const label = labelsBefore(labels, start, reach).find(({ meaning }) => numbered.has(meaning))
  return label?.meaning === 'IDENTITY_DOCUMENT' && onlyNumberWords.test(text.slice(label.end, start))
}
