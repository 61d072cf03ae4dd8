/** A text as detectors read it, and the way back to the characters it was written with. */
export type PlainText = {
  readonly text: string
  /** The span of the original text that `start`…`end` (exclusive) of the plain text was made of. */
  readonly span: (start: number, end: number) => { readonly start: number; readonly end: number }
}

/**
 * Digits of every script as `0`–`9`, full-width letters and signs as ASCII, every space but the line break as one space,
 * every hyphen as `-`; characters without width are left out. Same order, never longer than the original.
 */
export function plainText(original: string): PlainText {
  if (!needsWork.test(original)) return { text: original, span: (start, end) => ({ start, end }) }
  const units: string[] = []
  const origins: number[] = []
  for (let index = 0; index < original.length; index++) {
    const unit = plainUnit(original.charAt(index))
    if (unit === '') continue
    units.push(unit)
    origins.push(index)
  }
  return {
    text: units.join(''),
    span: (start, end) => ({
      start: origins[start] ?? original.length,
      end: (origins[end - 1] ?? original.length - 1) + 1,
    }),
  }
}

const needsWork = /[^\n -~ÄÖÜäöüß€§°–„“]|–/u
const withoutWidth =
  /\u034f|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ufe00-\ufe0f]/
const space = /[\t\r\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/
const lineBreak = /[\u0085\u2028\u2029]/
const hyphen = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/
const apostrophe = /[\u2018\u2019\u201b\u02bc\u00b4`]/
/** Where the ten digits of a script begin: Arabic-Indic, Persian, Devanagari, Bengali. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6]

function plainUnit(unit: string): string {
  const code = unit.charCodeAt(0)
  if (code < 128) return unit === '\r' || unit === '\t' ? ' ' : unit === '`' ? "'" : unit
  if (withoutWidth.test(unit)) return ''
  if (space.test(unit)) return ' '
  if (lineBreak.test(unit)) return '\n'
  if (hyphen.test(unit)) return '-'
  if (apostrophe.test(unit)) return "'"
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  const zero = zeros.find((first) => code >= first && code < first + 10)
  return zero === undefined ? unit : String(code - zero)
}
