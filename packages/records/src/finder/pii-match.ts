/** What a detector can recognise. */
export const piiKinds = [
  'IBAN',
  'TAX_ID',
  'HEALTH_INSURANCE_NUMBER',
  'IDENTITY_DOCUMENT',
  'DATE_OF_BIRTH',
  'EMAIL',
  'PHONE',
  'SPECIAL_CATEGORY',
] as const
export type PiiKind = (typeof piiKinds)[number]

/**
 * Where personal data were recognised: UTF-16 offsets, `end` exclusive, so that the clerk's redaction can use them. The
 * found text itself is not in it: a match may be logged and counted, its content may not.
 */
export type PiiMatch = { readonly kind: PiiKind; readonly start: number; readonly end: number }

/** True when the character at `index` cannot be part of a number or word (or lies outside the text). */
export function isBoundary(text: string, index: number): boolean {
  if (index < 0 || index >= text.length) return true
  const code = text.charCodeAt(index)
  if (code < 128) return !isAlphanumeric(code)
  // Half of a pair: an emoji is a boundary, and the scripts beyond the basic plane do not occur in German numbers.
  if (code >= 0xd800 && code <= 0xdfff) return true
  return !letterOrDigit.test(text.charAt(index))
}

const letterOrDigit = /[\p{L}\p{N}]/u

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** An ASCII letter, either case. */
export function isLetter(code: number): boolean {
  const lower = code | 32
  return lower >= 97 && lower <= 122
}

export function isAlphanumeric(code: number): boolean {
  return isDigit(code) || isLetter(code)
}

/** What people put between groups of a number. Runs of up to three are one break: `) / `, a full stop and a space. */
export function isGroupSeparator(code: number): boolean {
  return code === 32 || code === 45 || code === 10 || code === 46 || code === 47
}

const maxBreak = 3

/**
 * Reads `length` letters and digits from `start`, upper-cased, passing over the breaks between groups. Looks at most at
 * 4 × `length` characters.
 *
 * @returns `undefined` when the text ends or something else stands between.
 */
export function readGrouped(
  text: string,
  start: number,
  length: number,
): { readonly characters: string; readonly end: number } | undefined {
  let characters = ''
  let index = start
  let run = 0
  while (characters.length < length) {
    const code = text.charCodeAt(index)
    if (isAlphanumeric(code)) {
      characters += text.charAt(index)
      run = 0
    } else if (characters === '' || !isGroupSeparator(code) || ++run > maxBreak) return undefined
    index += 1
  }
  return { characters: characters.toUpperCase(), end: index }
}
