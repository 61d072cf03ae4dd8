import { haveGlyphs } from './fonts.ts'

/** A piece of a line: as it was written, or the number of a sign that cannot be shown (`U+202E`). */
type Piece = string | { readonly sign: string }
/** Lines that are read in one direction. */
export type Written = { readonly rtl: boolean; readonly lines: readonly (readonly Piece[])[] }

const clusters = new Intl.Segmenter('de', { granularity: 'grapheme' })
/** Printable ASCII: most of what is written. */
const plain = /^[ -~]*$/
/** Signs that have no shape of their own: joiners, selectors, soft hyphens, and the marks and isolates of direction (UAX 9). */
const shapeless = /^(?:[\u00AD\u061C\u200B-\u200F\u202A-\u202C\u2060\u2066-\u2069]|\p{Variation_Selector})$/u
/** Overrides of direction show a text other than it is; the others no page may hold (ISO 19005-3 section 6.2.11.7). */
const forbidden = /^[\u202D\u202E\uFEFF\uFFF9-\uFFFB\p{Cc}\p{Co}\p{Cs}\p{Cn}]$/u
const strong = /[\p{L}\p{N}]/u
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
/** A word without a place to break it at gets one after so many signs. */
const maxUnbroken = 36
/** Whole phrases as one sign (U+FDFD is as wide as ten letters and more). */
const wide = /[\uFDF0-\uFDFF]/
const breakHere = '\u200B'

function numberOf(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** As it is, where one font has all of it; else sign by sign. */
function* shown(cluster: string): Generator<Piece> {
  const signs = [...cluster]
  const drawn = signs.filter((sign) => !shapeless.test(sign))
  const codes = drawn.map((sign) => sign.codePointAt(0) ?? 0)
  if (drawn.length > 0 && !signs.some((sign) => forbidden.test(sign)) && haveGlyphs(codes)) yield cluster
  else if (drawn.length === 0 && signs.every((sign) => shapeless.test(sign))) yield cluster
  else
    for (const sign of signs)
      if (forbidden.test(sign) || !haveGlyphs([sign.codePointAt(0) ?? 0]) || /\p{M}/u.test(sign))
        yield { sign: numberOf(sign) }
      else yield sign
}

function pieces(line: string): readonly Piece[] {
  const found: Piece[] = []
  let text = ''
  let unbroken = 0
  function say(cluster: string): void {
    const width = wide.test(cluster) ? 12 : 1
    unbroken = cluster === ' ' ? 0 : unbroken + width
    if (unbroken > maxUnbroken) {
      text += breakHere
      unbroken = width
    }
    text += cluster
  }
  for (const { segment } of clusters.segment(line))
    if (plain.test(segment)) say(segment)
    else if (segment === '\t') for (let n = 0; n < 4; n += 1) say(' ')
    else
      for (const piece of shown(segment)) {
        if (typeof piece === 'string') {
          say(piece)
          continue
        }
        if (text !== '') found.push(text)
        text = ''
        unbroken = 0
        found.push(piece)
      }
  return text === '' ? found : [...found, text]
}

/** The direction of its first letter (UAX 9, P2 and P3); null: it has none. */
function directionOf(line: string): boolean | null {
  const first = strong.exec(line)?.[0]
  return first === undefined ? null : rightToLeft.test(first)
}

/**
 * What somebody wrote, for a page: as it was written, with nothing in it that a template could take for its own. Signs that have no shape in our
 * fonts, and signs that would make a text look like another one, are named by their numbers; the template draws them so that nobody can
 * write the same.
 */
export function written(text: string): readonly Written[] {
  const groups: { rtl: boolean; lines: (readonly Piece[])[] }[] = []
  if (text === '') return groups
  for (const line of text.split(/\r\n|[\n\r\u0085\u2028\u2029]/)) {
    const last = groups.at(-1)
    const rtl = directionOf(line) ?? last?.rtl ?? false
    if (last === undefined || last.rtl !== rtl) groups.push({ rtl, lines: [pieces(line)] })
    else last.lines.push(pieces(line))
  }
  return groups
}
