import type { Judged } from './danger.ts'
import type { RandomAccess } from './zip-directory.ts'

function utf16(text: string) {
  return Buffer.from(text, 'utf16le')
}

const macroStorage = utf16('_VBA_PROJECT')
/** A file packed into the document, and a link to one (MS-OLEDS). */
const packedFile = utf16('Ole10Native')
const types: readonly (readonly [Buffer, string])[] = [
  [utf16('WordDocument'), 'application/msword'],
  [utf16('PowerPoint Document'), 'application/vnd.ms-powerpoint'],
  [utf16('Workbook'), 'application/vnd.ms-excel'],
]

async function includesAny(file: RandomAccess, patterns: readonly Buffer[]): Promise<ReadonlySet<Buffer>> {
  const found = new Set<Buffer>()
  const step = 1024 * 1024
  for (let at = 0; at < file.sizeBytes; at += step) {
    // Overlaps by more than the longest pattern.
    const piece = await file.read(at, step + 128)
    for (const pattern of patterns) if (piece.includes(pattern)) found.add(pattern)
  }
  return found
}

/**
 * Word, Excel and PowerPoint before 2007: a compound file (MS-CFB), whose directory holds the names of its
 * streams in UTF-16. Held back with VBA macros (MS-OVBA) or a packed file, and where it is something else in this format
 * (installers, encrypted documents, mails).
 */
export async function judgeCompoundFile(file: RandomAccess): Promise<Judged> {
  const found = await includesAny(file, [macroStorage, packedFile, ...types.map(([name]) => name)])
  const mediaType = types.find(([name]) => found.has(name))?.[1]
  if (mediaType === undefined) return { mediaType: 'application/x-cfb', danger: 'dangerous-type' }
  if (found.has(macroStorage)) return { mediaType: 'application/x-cfb', danger: 'active-content' }
  if (found.has(packedFile)) return { mediaType: 'application/x-cfb', danger: 'embedded-object' }
  return { mediaType, danger: null }
}
