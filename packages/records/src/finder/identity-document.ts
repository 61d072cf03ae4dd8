import { type Label, labelsBefore, labelsBehind } from './labels.ts'
import { isAlphanumeric, isBoundary, isDigit, isLetter, type PiiMatch, readGrouped } from './pii-match.ts'

/**
 * Numbers of identity cards, passports and residence titles in a plain text.
 *
 * - Since November 2010 (PAuswV, PassV): nine characters of `0-9CFGHJKLMNPRTVWXYZ`, in the machine-readable zone followed
 *   by a check digit (ICAO Doc 9303). With the check digit it is recognised anywhere; the nine characters printed on the
 *   front have none, so they count only beside a word like "Ausweis".
 * - Before: nine digits, check digit, and `D` for the nationality, or without `D` beside such a word.
 * - Of other states, children's and provisional documents: up to three letters and six to nine digits, right behind such a word.
 */
export function identityDocumentsIn(text: string, labels: readonly Label[]): PiiMatch[] {
  const matches: PiiMatch[] = []
  let previousEnd = Number.NEGATIVE_INFINITY
  for (let start = 0; start < text.length; start++) {
    if (!isAlphanumeric(text.charCodeAt(start)) || !isBoundary(text, start - 1)) continue
    // "Ausweise: L01X00T47 und L9F2M6K0T": the second has the label of the first.
    const continues = start - previousEnd <= maxJoin && !/\p{L}{4}|</u.test(text.slice(previousEnd, start))
    const end = endOfNumber(text, start, labels, continues)
    if (end === undefined) continue
    matches.push({ kind: 'IDENTITY_DOCUMENT', start, end })
    previousEnd = end
    start = end - 1
  }
  return matches
}

const maxJoin = 8
const before = 45
const closelyBefore = 24
const behind = 30

function endOfNumber(
  text: string,
  start: number,
  labels: readonly Label[],
  continues: boolean,
): number | undefined {
  const ten = readGrouped(text, start, 10)
  if (ten !== undefined && hasCheckDigit(ten.characters)) {
    const eleven = readGrouped(text, start, 11)
    const withD = eleven?.characters.endsWith('D') && isBoundary(text, eleven.end) ? eleven.end : undefined
    if (newSerial.test(ten.characters)) {
      if (isBoundary(text, ten.end)) return ten.end
      if (withD !== undefined) return withD
    }
    if (oldSerial.test(ten.characters)) {
      if (withD !== undefined) return withD
      if (isBoundary(text, ten.end) && (continues || said(text, labels, start, ten.end, before)))
        return ten.end
    }
  }
  const nine = readGrouped(text, start, 9)
  if (nine !== undefined && isBoundary(text, nine.end) && printedSerial.test(nine.characters)) {
    if (
      groupsAreRegular(text.slice(start, nine.end)) &&
      (continues || said(text, labels, start, nine.end, before))
    )
      return nine.end
  }
  const other = otherSerial(text, start)
  return other !== undefined && (continues || said(text, labels, start, other, closelyBefore))
    ? other
    : undefined
}

/** A letter first (identity cards L–Y, passports C–K) and a digit somewhere, so that no word is taken for a number. */
const newSerial = /^(?=.{1,8}[0-9])[CFGHJKLMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}[0-9]$/
const oldSerial = /^[0-9]{10}$/
const printedSerial = /^(?=.{1,8}[0-9])[CFGHJKLMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}$/

/** In one piece or in groups that somebody would make; single words between digits are another text. */
function groupsAreRegular(written: string): boolean {
  const groups = written.split(/[ \-./\n]+/)
  return (
    groups.length === 1 ||
    (groups.length <= 5 &&
      groups.every((group) => group.length >= 1 && group.length <= 8 && !/^[a-z]{2,}$/.test(group)))
  )
}

/** Up to three letters, then six to nine digits, perhaps a letter; digits alone need seven. */
function otherSerial(text: string, start: number): number | undefined {
  let index = start
  while (index - start < 3 && isLetter(text.charCodeAt(index))) index += 1
  const letters = index - start
  if (letters > 0 && /^[ -]$/.test(text.charAt(index))) index += 1
  let digits = 0
  let run = 0
  let end = index
  for (; index < text.length && digits <= 9; index++) {
    const code = text.charCodeAt(index)
    if (isDigit(code)) {
      digits += 1
      run = 0
      end = index + 1
    } else if (digits > 0 && (code === 32 || code === 45) && run === 0) run += 1
    else break
  }
  if (digits < (letters > 0 ? 6 : 7) || digits > 10) return undefined
  if (digits > 0 && isLetter(text.charCodeAt(end)) && isBoundary(text, end + 1)) end += 1
  const written = text.slice(start, end)
  // "12 03 2024": a date in groups is no number of a document.
  if (
    /^[0-9]{1,2}[ -][0-9]{1,2}[ -](?:19|20)[0-9]{2}$/.test(written) ||
    /^0(?![0-9]{7,8}$)[0-9 -]+$/.test(written)
  )
    return undefined
  return isBoundary(text, end) ? end : undefined
}

/** Whether a word beside the number says that it is a document, and none stands nearer that says something else. */
function said(text: string, labels: readonly Label[], start: number, end: number, reach: number): boolean {
  // "Die Nummer ist …" before a letter announces no telephone number.
  const kinds: readonly string[] = isLetter(text.charCodeAt(start))
    ? ['IDENTITY_DOCUMENT', 'OTHER_NUMBER']
    : ['IDENTITY_DOCUMENT', 'OTHER_NUMBER', 'PHONE']
  const nearest = labelsBefore(labels, start, reach).find(({ meaning }) => kinds.includes(meaning))
  if (nearest?.meaning === 'IDENTITY_DOCUMENT') return true
  if (nearest !== undefined && (start - nearest.end <= 12 || nearest.meaning === 'PHONE')) return false
  return (
    labelsBehind(labels, end, behind).find(({ meaning }) => kinds.includes(meaning))?.meaning ===
    'IDENTITY_DOCUMENT'
  )
}

/** Weights 7, 3, 1 repeated, letters as 10…35, modulo 10 (ICAO Doc 9303 part 3, section 4.9). */
function hasCheckDigit(characters: string): boolean {
  let sum = 0
  for (let index = 0; index < 9; index++) {
    const weight = index % 3 === 0 ? 7 : index % 3 === 1 ? 3 : 1
    sum += weight * Number.parseInt(characters.charAt(index), 36)
  }
  const last = characters.charCodeAt(9)
  return isDigit(last) && sum % 10 === last - 48
}
