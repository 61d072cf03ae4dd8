import { extensionOf, isRunningExtension } from './media-type.ts'
import { type RandomAccess, readZipDirectory, type ZipEntry } from './zip-directory.ts'

/** A type of ours, or null: not to be shown. */
type Judged = string | null

const openXml = 'application/vnd.openxmlformats-officedocument'
const openDocument = 'application/vnd.oasis.opendocument'
const openDocumentTypes = ['text', 'spreadsheet', 'presentation', 'graphics'].map(
  (kind) => `${openDocument}.${kind}`,
)

const mostUnpackedBytes = 1024 * 1024 * 1024
const highestRatio = 200
const nestedArchive = /^(?:zip|7z|rar|gz|tgz|bz2|xz|zst|tar|cab|arj|lzh|ace|z|lz)$/

/** Unpacks to more than anybody wants on their disk. Overlapping entries count each time. */
function isBomb(entries: readonly ZipEntry[]): boolean {
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0)
  const packed = entries.reduce((sum, entry) => sum + entry.compressedBytes, 0)
  return unpacked > mostUnpackedBytes || (unpacked > 10 * 1024 * 1024 && unpacked > packed * highestRatio)
}

/** Office Open XML (ECMA-376) without macros, XLM sheets and ActiveX. */
function openXmlType(names: readonly string[]): Judged {
  if (names.some((name) => /vbaproject|vbadata|macrosheets|activex/i.test(name))) return null
  if (names.includes('word/document.xml')) return `${openXml}.wordprocessingml.document`
  if (names.includes('xl/workbook.xml')) return `${openXml}.spreadsheetml.sheet`
  if (names.includes('ppt/presentation.xml')) return `${openXml}.presentationml.presentation`
  return null
}

/** OpenDocument 1.3 part 2 §3.3: the first entry is `mimetype`, stored plainly. No macros or scripts. */
async function openDocumentType(file: RandomAccess, names: readonly string[]): Promise<Judged> {
  if (names.some((name) => /^(?:basic|scripts)\//i.test(name))) return null
  const head = await file.read(0, 200)
  const said = head.toString('latin1', 38)
  return openDocumentTypes.find((type) => said.startsWith(`${type}PK`)) ?? null
}

function plainArchiveType(entries: readonly ZipEntry[]): Judged {
  const names = entries.map((entry) => entry.name)
  if (names.some((name) => /(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[a-z]:/i.test(name))) return null
  if (names.some((name) => /^(?:META-INF\/MANIFEST\.MF|AndroidManifest\.xml|classes\.dex)$/i.test(name)))
    return null
  const extensions = names.map(extensionOf)
  if (extensions.some((extension) => isRunningExtension(extension) || nestedArchive.test(extension)))
    return null
  return 'application/zip'
}

/**
 * What a zip archive is, by its directory: an office document without macros, or a plain archive in which
 * nothing runs and everything can be looked at. Null: anything else, also what cannot be looked into
 * (encrypted, nested, damaged) and what would unpack to masses.
 */
export async function zipContentType(file: RandomAccess): Promise<Judged> {
  const entries = await readZipDirectory(file)
  if (entries === null || entries.length === 0) return null
  if (isBomb(entries) || entries.some((entry) => entry.encrypted)) return null
  const names = entries.map((entry) => entry.name)
  if (names.includes('[Content_Types].xml')) return openXmlType(names)
  if (names[0] === 'mimetype') return openDocumentType(file, names)
  return plainArchiveType(entries)
}

function utf16(text: string) {
  return Buffer.from(text, 'utf16le')
}

const macroStorage = utf16('_VBA_PROJECT')
const binaryOffice: readonly (readonly [Buffer, string])[] = [
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
 * streams in UTF-16. Null: with VBA macros (MS-OVBA), or something else in this format (installers, encrypted
 * documents, mails).
 */
export async function compoundFileType(file: RandomAccess): Promise<Judged> {
  const found = await includesAny(file, [macroStorage, ...binaryOffice.map(([name]) => name)])
  if (found.has(macroStorage)) return null
  return binaryOffice.find(([name]) => found.has(name))?.[1] ?? null
}

/** Rich text that brings no embedded objects along (RTF 1.9.1, destinations `objdata` and `objupdate`). */
export async function richTextType(file: RandomAccess): Promise<Judged> {
  const objects = ['\\objdata', '\\objupdate', '\\objemb', '\\objocx'].map((word) => Buffer.from(word))
  return (await includesAny(file, objects)).size === 0 ? 'application/rtf' : null
}
