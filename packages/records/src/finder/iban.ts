import { isAlphanumeric, isBoundary, isDigit, isLetter, type PiiMatch, readGrouped } from './pii-match.ts'

/** Length of the IBAN by country (ISO 13616, SWIFT IBAN registry). */
// biome-ignore format: a table reads better as a table
export const ibanLengths: Readonly<Record<string, number>> = {
  AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BI: 27, BR: 29, BY: 28, CH: 21,
  CR: 22, CY: 28, CZ: 24, DE: 22, DJ: 27, DK: 18, DO: 28, EE: 20, EG: 29, ES: 24, FI: 18, FK: 18, FO: 18,
  FR: 27, GB: 22, GE: 22, GI: 23, GL: 18, GR: 27, GT: 28, HN: 28, HR: 21, HU: 28, IE: 22, IL: 23, IQ: 23,
  IS: 26, IT: 27, JO: 30, KW: 30, KZ: 20, LB: 28, LC: 32, LI: 21, LT: 20, LU: 20, LV: 21, LY: 25, MC: 27,
  MD: 24, ME: 22, MK: 19, MN: 20, MR: 27, MT: 31, MU: 30, NI: 28, NL: 18, NO: 15, OM: 23, PK: 24, PL: 28,
  PS: 29, PT: 25, QA: 29, RO: 24, RS: 22, RU: 33, SA: 24, SC: 31, SD: 18, SE: 24, SI: 19, SK: 24, SM: 27,
  SO: 23, ST: 25, SV: 28, TL: 23, TN: 24, TR: 26, UA: 29, VA: 22, VG: 24, XK: 20, YE: 30,
}

/** IBANs in a text, in one piece or in groups: country, its length, and ISO 7064 MOD 97-10 over all characters. */
export function ibansIn(text: string): PiiMatch[] {
  const matches: PiiMatch[] = []
  for (let start = 0; start < text.length; start++) {
    const match = ibanAt(text, start)
    if (match === undefined) continue
    matches.push(match)
    start = match.end - 1
  }
  return matches
}

function ibanAt(text: string, start: number): PiiMatch | undefined {
  if (!isLetter(text.charCodeAt(start)) || !isLetter(text.charCodeAt(start + 1))) return undefined
  if (!isBoundary(text, start - 1)) return undefined
  const length = ibanLengths[text.slice(start, start + 2).toUpperCase()]
  if (length === undefined) return undefined
  const read = readGrouped(text, start, length)
  if (read === undefined || !isBoundary(text, read.end) || !hasIbanChecksum(read.characters)) return undefined
  return { kind: 'IBAN', start, end: read.end }
}

/**
 * MOD 97-10 digit by digit: first four characters to the end, letters as 10…35, remainder 1. Check digits run from 02 to
 * 98; 00, 01 and 99 would give the same remainder and are never issued.
 */
function hasIbanChecksum(iban: string): boolean {
  if (!isDigit(iban.charCodeAt(2)) || !isDigit(iban.charCodeAt(3))) return false
  const checkDigits = Number(iban.slice(2, 4))
  if (checkDigits < 2 || checkDigits > 98) return false
  let remainder = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    if (!isAlphanumeric(character.charCodeAt(0))) return false
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}
