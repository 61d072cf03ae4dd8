import { isAlphanumeric, isBoundary, isDigit, type PiiMatch, readGrouped } from './pii-match.ts'

/**
 * Numbers of German identity cards and passports in a text.
 *
 * - Since November 2010 (PAuswV, PassV): nine characters of `0-9CFGHJKLMNPRTVWXYZ`, in the machine-readable zone followed
 *   by a check digit. With the check digit it is recognised anywhere; the nine characters printed on the front have none,
 *   so they count only near a word like "Ausweis".
 * - Before: nine digits, check digit, and `D` for the nationality, or without `D` near such a word.
 */
export function identityDocumentsIn(text: string): PiiMatch[] {
  const matches: PiiMatch[] = []
  const words = endsOfContextWords(text)
  for (let start = 0; start < text.length; start++) {
    if (!isAlphanumeric(text.charCodeAt(start)) || !isBoundary(text, start - 1)) continue
    const end = endOfNumber(text, start, () => follows(words, start))
    if (end === undefined) continue
    matches.push({ kind: 'IDENTITY_DOCUMENT', start, end })
    start = end - 1
  }
  return matches
}

function endOfNumber(text: string, start: number, nearContextWord: () => boolean): number | undefined {
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
      if (isBoundary(text, ten.end) && nearContextWord()) return ten.end
    }
  }
  const nine = readGrouped(text, start, 9)
  if (nine === undefined || !isBoundary(text, nine.end)) return undefined
  return printedSerial.test(nine.characters) && nearContextWord() ? nine.end : undefined
}

/** A letter first (identity cards L–Y, passports C–K) and a digit somewhere, so that no word is taken for a number. */
const newSerial = /^(?=.{1,8}[0-9])[CFGHJKLMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}[0-9]$/
const oldSerial = /^[0-9]{10}$/
const printedSerial = /^(?=.{1,8}[0-9])[CFGHJKLMNPRTVWXY][0-9CFGHJKLMNPRTVWXYZ]{8}$/

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

const contextWord = /ausweis|perso\b|reisepass|pass-?nr|passnummer|identity card|passport/giu
const contextReach = 40

function endsOfContextWords(text: string): number[] {
  return Array.from(text.matchAll(contextWord), (match) => match.index + match[0].length)
}

/** Whether a context word ends at most 40 characters before `start`. `ends` is ascending: binary search keeps it linear. */
function follows(ends: readonly number[], start: number): boolean {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) <= start) low = middle + 1
    else high = middle
  }
  const last = ends[low - 1]
  return last !== undefined && start - last <= contextReach
}
