import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'

type Font = { readonly family: string; readonly path: string }

function packaged(family: string, file: string): Font {
  return { family, path: createRequire(import.meta.url).resolve(`@expo-google-fonts/${file}`) }
}

/** In which nearly everything is written that an office files. */
const usual = packaged('Noto Sans', 'noto-sans/400Regular/NotoSans_400Regular.ttf')
/** Other faces of it; they have the same signs. */
const faces = [
  packaged('Noto Sans', 'noto-sans/700Bold/NotoSans_700Bold.ttf'),
  packaged('Noto Sans', 'noto-sans/400Regular_Italic/NotoSans_400Regular_Italic.ttf'),
]
/** Chinese, Japanese and Korean: where the operator has installed it (Debian's fonts-noto-cjk), because each as a package weighs 90 MB. */
const ofMachine: Font = {
  family: 'Noto Sans CJK SC',
  path: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
}

/** The typesetting process may not look outside of the program, and need not: Typst finds what is installed. */
function isInstalled({ path }: Font): boolean {
  try {
    return existsSync(path)
  } catch {
    return false
  }
}

/** What a document may be set in, the first that has a sign counting. The same on every machine but for the last, and embedded. */
const fonts: readonly Font[] = [
  usual,
  packaged('Noto Color Emoji', 'noto-color-emoji/400Regular/NotoColorEmoji_400Regular.ttf'),
  packaged('Noto Sans Arabic', 'noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf'),
  packaged('Noto Sans Hebrew', 'noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf'),
  packaged('Noto Sans Ethiopic', 'noto-sans-ethiopic/400Regular/NotoSansEthiopic_400Regular.ttf'),
  packaged('Noto Sans Georgian', 'noto-sans-georgian/400Regular/NotoSansGeorgian_400Regular.ttf'),
  packaged('Noto Sans Armenian', 'noto-sans-armenian/400Regular/NotoSansArmenian_400Regular.ttf'),
  packaged('Noto Sans Thai', 'noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf'),
  packaged('Noto Sans Math', 'noto-sans-math/400Regular/NotoSansMath_400Regular.ttf'),
  packaged('Noto Sans Symbols 2', 'noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf'),
  ...(isInstalled(ofMachine) ? [ofMachine] : []),
]

export const fontFamilies: readonly string[] = fonts.map(({ family }) => family)

/** Folders that Typst takes fonts from: of the usual family alone, or of all. */
export function fontFolders(which: 'usual' | 'all'): string[] {
  return [...(which === 'usual' ? [usual] : fonts), ...faces].map(({ path }) => dirname(path))
}

/** Which code points a font has a glyph of: a bit each. */
type Coverage = Uint8Array
const codePoints = 0x11_0000

/** The `cmap` of a font (OpenType 1.9), the one for all of Unicode: format 12. Noto fonts that have none have format 4. */
function coverageOf(path: string): Coverage {
  const file = openSync(path, 'r')
  try {
    function bytesAt(at: number, length: number): DataView {
      const bytes = new Uint8Array(length)
      if (readSync(file, bytes, 0, length, at) !== length) throw new Error(`${path} ends early`)
      return new DataView(bytes.buffer)
    }
    const table = cmapOf(bytesAt)
    const coverage = new Uint8Array(codePoints / 8)
    for (const [first, last] of rangesOf(table))
      for (let at = first; at <= last; at += 1) coverage[at >> 3] = (coverage[at >> 3] ?? 0) | (1 << (at & 7))
    return coverage
  } finally {
    closeSync(file)
  }
}

function cmapOf(bytesAt: (at: number, length: number) => DataView): DataView {
  // A collection (`ttcf`): its fonts have the same signs, so the first one tells.
  const start = bytesAt(0, 4).getUint32(0) === 0x74_74_63_66 ? bytesAt(12, 4).getUint32(0) : 0
  const tables = bytesAt(start + 4, 2).getUint16(0)
  const directory = bytesAt(start + 12, tables * 16)
  for (let at = 0; at < directory.byteLength; at += 16)
    // `cmap`
    if (directory.getUint32(at) === 0x63_6d_61_70)
      return bytesAt(directory.getUint32(at + 8), directory.getUint32(at + 12))
  throw new Error('A font without a table of signs')
}

function* rangesOf(cmap: DataView): Generator<readonly [number, number]> {
  const offsets = Array.from({ length: cmap.getUint16(2) }, (_, n) => cmap.getUint32(4 + n * 8 + 4))
  const whole = offsets.find((at) => cmap.getUint16(at) === 12)
  if (whole !== undefined) {
    for (let n = 0; n < cmap.getUint32(whole + 12); n += 1) {
      const at = whole + 16 + n * 12
      yield [cmap.getUint32(at), cmap.getUint32(at + 4)]
    }
    return
  }
  const basic = offsets.find((at) => cmap.getUint16(at) === 4)
  if (basic === undefined) throw new Error('A font with a table of signs that is not read here')
  const segments = cmap.getUint16(basic + 6) / 2
  for (let n = 0; n < segments; n += 1) {
    const last = cmap.getUint16(basic + 14 + n * 2)
    const first = cmap.getUint16(basic + 16 + segments * 2 + n * 2)
    // The last segment is U+FFFF, which is none.
    if (last !== 0xff_ff) yield [first, last]
  }
}

const coverages = new Map<Font, Coverage>()

function coverage(font: Font): Coverage {
  const known = coverages.get(font) ?? coverageOf(font.path)
  coverages.set(font, known)
  return known
}

function has(font: Font, codePoint: number): boolean {
  return ((coverage(font)[codePoint >> 3] ?? 0) & (1 << (codePoint & 7))) !== 0
}

/** Whether one font has them all: what is drawn as one sign comes out of one font. */
export function haveGlyphs(signs: readonly number[]): boolean {
  return fonts.some((font) => signs.every((sign) => has(font, sign)))
}

/** Whether the usual family has every sign of a text but its line breaks. */
export function isUsual(text: string): boolean {
  for (const sign of new Set(text)) if (sign !== '\n' && !has(usual, sign.codePointAt(0) ?? 0)) return false
  return true
}
