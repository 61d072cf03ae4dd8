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

/** Countries whose account part has letters too; everywhere else a letter in it is a mistake or another word. */
const withLetters = new Set(
  'AD AL AZ BG BH BR BY CH CR CY DO FR GB GE GI GR GT IE IL IQ IT JO KW KZ LB LC LI LU LV MC MD MK MT MU NI NL OM PK PS QA RO RU SA SC SM SV TR UA VG YE'.split(
    ' ',
  ),
)

/** IBANs in a plain text, in one piece or in groups: country, its length, and ISO 7064 MOD 97-10 over all characters. */
export function ibansIn(text: string): PiiMatch[] {
  const matches: PiiMatch[] = []
  // Most texts have no number at all.
  if (!/[0-9]/.test(text)) return matches
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
  const country = text.slice(start, start + 2).toUpperCase()
  const length = ibanLengths[country]
  if (length === undefined || !beginsWord(text, start)) return undefined
  const read = readGrouped(text, start, length)
  if (read === undefined || !hasIbanChecksum(read.characters)) return undefined
  const onlyDigits = !withLetters.has(country)
  if (onlyDigits && !/^[0-9]+$/.test(read.characters.slice(2))) return undefined
  // "…013000Danke": a letter cannot belong to an account of digits; a digit could.
  const endsWord = isBoundary(text, read.end) || (onlyDigits && !isDigit(text.charCodeAt(read.end)))
  return endsWord ? { kind: 'IBAN', start, end: read.end } : undefined
}

/** A boundary, or one of the words that people glue to the number. */
function beginsWord(text: string, start: number): boolean {
  return (
    isBoundary(text, start - 1) ||
    /(?:iban|konto|kto|nr|lautet)$/i.test(text.slice(Math.max(0, start - 6), start))
  )
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
