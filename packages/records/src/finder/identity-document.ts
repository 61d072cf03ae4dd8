import { type Label, labelsBefore, labelsBehind } from './labels.ts'
import { licenceNumber, numbered } from './licence-number.ts'
import { hasCheckDigit, machineReadableSerials } from './machine-readable-zone.ts'
import { isAlphanumeric, isBoundary, isDigit, isLetter, type PiiMatch, readGrouped } from './pii-match.ts'
import { compactSerial, shapedSerials } from './shaped-serial.ts'

/**
 * Numbers of identity cards, passports and residence titles in a plain text.
 *
 * - Since November 2010 (PAuswV, PassV): nine characters of `0-9CFGHJKLMNPRTVWXYZ`, in the machine-readable zone followed
 *   by a check digit (ICAO Doc 9303). With the check digit it is recognised anywhere; the nine characters printed on the
 *   front have none, so they count only beside a word like "Ausweis".
 * - Before: nine digits, check digit, and `D` for the nationality, or without `D` beside such a word.
 * - Of other states, children's and provisional documents: up to three letters and six to nine digits, or the forms of
 *   `compactSerial`, right behind such a word.
 * - In a machine-readable zone, of any state: by its check digits.
 */
export function identityDocumentsIn(text: string, labels: readonly Label[]): PiiMatch[] {
  const matches: PiiMatch[] = []
  let digit = nextDigit(text, 0)
  if (digit === undefined) return matches
  const zones = machineReadableSerials(text)
  const shaped = shapedSerials(text)
  let previousEnd = Number.NEGATIVE_INFINITY
  for (let start = 0; start < text.length; start++) {
    const zoneEnd = zones.get(start)
    if (zoneEnd !== undefined) {
      matches.push({ kind: 'IDENTITY_DOCUMENT', start, end: zoneEnd })
      previousEnd = zoneEnd
      start = zoneEnd - 1
      continue
    }
    const shapedEnd = shaped.get(start)
    if (shapedEnd !== undefined && said(text, labels, start, shapedEnd, closelyBefore)) {
      matches.push({ kind: 'IDENTITY_DOCUMENT', start, end: shapedEnd })
      previousEnd = shapedEnd
      start = shapedEnd - 1
      continue
    }
    // Every number has a digit: words far before the next one, and behind the last, begin none.
    if (digit < start) {
      digit = nextDigit(text, start)
      if (digit === undefined) break
    }
    if (
      digit - start > maxLead ||
      !isAlphanumeric(text.charCodeAt(start)) ||
      !(isBoundary(text, start - 1) || isGluedToLabel(text, start))
    )
      continue
    // "Ausweise: L01X00T47 und L9F2M6K0T": the second has the label of the first.
    const continues =
      !isBoundary(text, start - 1) ||
      (start - previousEnd <= maxJoin && !/\p{L}{4}|</u.test(text.slice(previousEnd, start))) ||
      isAlike(text, start, previousEnd, labels)
    const end = endOfNumber(text, start, labels, continues)
    if (end === undefined) continue
    matches.push({ kind: 'IDENTITY_DOCUMENT', start, end })
    previousEnd = end
    start = end - 1
  }
  return matches
}

/** "Mein Ausweis L01X00T47, der von meiner Frau L9F2M6K0T": nothing between them says that the second is something else. */
function isAlike(text: string, start: number, previousEnd: number, labels: readonly Label[]): boolean {
  if (start - previousEnd > maxAlike || !alike.test(text.slice(start, start + 10))) return false
  return labelsBefore(labels, start, start - previousEnd).every(({ meaning }) => !numbered.has(meaning))
}

function nextDigit(text: string, from: number): number | undefined {
  for (let index = from; index < text.length; index++) if (isDigit(text.charCodeAt(index))) return index
  return undefined
}

/** So far from its beginning the first digit of a number may stand: eight letters with the widest breaks between. */
const maxLead = 8 * 4
const maxAlike = 40
const alike =
  /^(?:[CFGHJKLMNPRTVWXY](?=[0-9A-Z]*[A-Z])(?=(?:[A-Z]*[0-9]){3})[0-9CFGHJKLMNPRTVWXYZ]{8,9}|[0-9]{2}[A-Z]{2}[0-9]{5})(?![A-Za-z0-9])/
const maxJoin = 8
const before = 45
/** When "Nummer" stands right before: the document may have been named a sentence earlier. */
const farBefore = 140
const closelyBefore = 24
const behind = 30
/** Behind a serial that is none of a word and none of a plain number. */
const farBehind = 60

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
    if (newSerial.test(ten.characters) && groupsAreRegular(text.slice(start, ten.end))) {
      if (isBoundary(text, ten.end)) return ten.end
      if (withD !== undefined) return withD
    }
    if (oldSerial.test(ten.characters)) {
      if (withD !== undefined) return withD
      if (isBoundary(text, ten.end) && (continues || said(text, labels, start, ten.end, before)))
        return ten.end
    }
  }
  if (ten !== undefined && isBoundary(text, ten.end) && mistypedSerial.test(ten.characters)) {
    if (groupsAreRegular(text.slice(start, ten.end)) && said(text, labels, start, ten.end, closelyBefore))
      return ten.end
  }
  const nine = readGrouped(text, start, 9)
  const misread = isLetter(text.charCodeAt(start))
    ? [ten, nine].find((read) => read !== undefined && isMisread(text, start, read))
    : undefined
  if (misread !== undefined && said(text, labels, start, misread.end, closelyBefore)) return misread.end
  if (
    nine !== undefined &&
    (isBoundary(text, nine.end) || isGluedTo(text, nine.end)) &&
    printedSerial.test(nine.characters)
  ) {
    if (
      groupsAreRegular(text.slice(start, nine.end)) &&
      (continues ||
        said(
          text,
          labels,
          start,
          nine.end,
          reachBefore(text, start),
          mixedSerial.test(nine.characters) ? farBehind : behind,
        ))
    )
      return nine.end
  }
  const other = otherSerial(text, start) ?? compactSerial(text, start)
  if (other !== undefined && (continues || said(text, labels, start, other, closelyBefore))) return other
  return licenceNumber(text, start, labels)
}

/** Whether a letter was read or typed for the digit that looks like it: "LO1X00T47". */
function isMisread(text: string, start: number, { characters, end }: Read): boolean {
  if (!lookalike.test(characters) || !isBoundary(text, end)) return false
  const written = text.slice(start, end)
  // "Ausweis bOOt…": capitals and small letters mixed are words.
  if (!groupsAreRegular(written) || /[a-z]/.test(written) !== /^[a-z]/.test(written)) return false
  const digits = characters.slice(1).replace(/O/g, '0').replace(/I/g, '1').replace(/S/g, '5')
  return (characters.length === 10 ? newSerial : printedSerial).test(characters.charAt(0) + digits)
}

type Read = NonNullable<ReturnType<typeof readGrouped>>

/** A letter that no German number has and a digit looks like, and three digits that are digits. */
const lookalike = /^(?=(?:[A-Z]*[0-9]){3}).+[OIS]/

/** "AusweisnrL8ZK4TX2P": the label in small letters right before a number in capitals. */
function isGluedToLabel(text: string, start: number): boolean {
  return /^[A-Z]/.test(text.charAt(start)) && gluedLabel.test(text.slice(Math.max(0, start - 14), start))
}

const gluedLabel = /(?:ausweis|pass|perso)(?:nummer|nr)?$|(?:ausweis|pass|perso)(?:nummer|nr)$/i

/** "M316RKF1Rgültig": a word in small letters right behind a number in capitals. */
function isGluedTo(text: string, end: number): boolean {
  return /^[A-Z0-9]\p{Ll}{3}/u.test(text.slice(end - 1, end + 3))
}

/** A letter first (identity cards L–Y, passports C–K) and a digit somewhere, so that no word is taken for a number. */
const newSerial = /^(?=.{1,8}[0-9])[CFGHJKLMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}[0-9]$/
const oldSerial = /^[0-9]{10}$/
const printedSerial = /^(?=.{1,8}[0-9])[CFGHJKLMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}$/

/** "Nummer" in the languages of the tables, right before a number. */
const announced =
  /(?:nummer|numma|nr|no|number|numara\p{L}*|номер|numer|num[aă]r\p{L}*|numéro|numero|رقم|n°|№|seri\p{L}*)[^\p{L}\p{N}]{0,3}(?:(?:ist|war|lautet|is|was|это|هو|to) )?$/iu

function reachBefore(text: string, start: number): number {
  return announced.test(text.slice(Math.max(0, start - 24), start)) ? farBefore : before
}

/** Letters and digits change at least three times, as in no model or order number that begins with letters. */
const mixedSerial = /^[A-Z]+[0-9]+[A-Z]+[0-9]/

/** Ten characters whose check digit is wrong, or a letter of the zone behind: called a document's number it is one all the same. */
const mistypedSerial = /^(?=[A-Z]+[0-9]+[A-Z]+[0-9])[CFGHJKLMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}[0-9D]$/

/** In one piece, in groups that somebody would make, or dictated one by one; words among them ("Nr. 4829…") are another text. */
function groupsAreRegular(written: string): boolean {
  const groups = written.split(/[ \-./\n]+/)
  return (
    groups.length === 1 ||
    groups.every((group) => group.length === 1) ||
    (groups.length <= 5 &&
      groups.every((group) => group.length >= 1 && group.length <= 8 && !/^[A-Za-z][a-z]+$/.test(group)))
  )
}

/** Up to three letters, then six to nine digits, perhaps a letter; digits alone need seven. */
function otherSerial(text: string, start: number): number | undefined {
  let index = start
  while (index - start < 3 && isLetter(text.charCodeAt(index))) index += 1
  const letters = index - start
  if (letters > 0 && /^[ -]$/.test(text.charAt(index))) {
    // "am 4 8 2026": a word and a date.
    if (/[a-z]/.test(text.slice(start, index))) return undefined
    index += 1
  }
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
function said(
  text: string,
  labels: readonly Label[],
  start: number,
  end: number,
  reach: number,
  reachBehind = behind,
): boolean {
  // "Die Nummer ist …" before a letter announces no telephone number.
  const kinds: readonly string[] = isLetter(text.charCodeAt(start))
    ? ['IDENTITY_DOCUMENT', 'OTHER_NUMBER']
    : ['IDENTITY_DOCUMENT', 'OTHER_NUMBER', 'PHONE']
  const nearest = labelsBefore(labels, start, reach).find(({ meaning }) => kinds.includes(meaning))
  if (nearest?.meaning === 'IDENTITY_DOCUMENT') return true
  if (nearest !== undefined && (start - nearest.end <= 12 || nearest.meaning === 'PHONE')) return false
  return (
    labelsBehind(labels, end, reachBehind).find(({ meaning }) => kinds.includes(meaning))?.meaning ===
    'IDENTITY_DOCUMENT'
  )
}
