import { type Danger, DangerFound, type Judged } from './danger.ts'
import { extensionOf, isRunningExtension, opensAsItself } from './media-type.ts'
import { judgeOpenDocument } from './open-document.ts'
import { judgeOpenXml, type Parts } from './open-xml.ts'
import { XmlUnreadable } from './scan-xml.ts'
import { type RandomAccess, readZipDirectory, unpack, type ZipEntry } from './zip-directory.ts'

const maxUnpackedBytes = 1024 * 1024 * 1024
const maxRatio = 200
/** What is unpacked to be looked at: of one entry, and of an archive. */
const maxLookedAt = 32 * 1024 * 1024
const maxLookedAtInAll = 128 * 1024 * 1024
const nestedArchive = /^(?:zip|7z|rar|gz|tgz|bz2|xz|zst|tar|cab|arj|lzh|ace|z|lz)$/

/** Unpacks to more than anybody wants on their disk. Overlapping entries count each time. */
function isBomb(entries: readonly ZipEntry[]): boolean {
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0)
  const packed = entries.reduce((sum, entry) => sum + entry.compressedBytes, 0)
  return unpacked > maxUnpackedBytes || (unpacked > 10 * 1024 * 1024 && unpacked > packed * maxRatio)
}

function looksAt(file: RandomAccess) {
  let seen = 0
  return async (entry: ZipEntry): Promise<Buffer> => {
    seen += entry.unpackedBytes
    const bytes = seen > maxLookedAtInAll ? null : await unpack(file, entry, maxLookedAt)
    if (bytes === null) throw new DangerFound('unreadable')
    return bytes
  }
}

/** An office document: each part has one name and only one, however it is read. @throws DangerFound */
function partsOf(file: RandomAccess, entries: readonly ZipEntry[]): Parts {
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]))
  const ambiguous = entries.some(({ name, names }) =>
    names.some((other) => other !== name && /^[ -~]*$/.test(other)),
  )
  if (byName.size < entries.length || ambiguous) throw new DangerFound('hidden-program')
  const look = looksAt(file)
  return {
    names: entries.map(({ name }) => name),
    read: async (name) => {
      const entry = byName.get(name.toLowerCase())
      if (entry === undefined) throw new DangerFound('unreadable')
      return look(entry)
    },
  }
}

function dangerOfName(name: string): Danger | null {
  if (/(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[a-z]:/i.test(name)) return 'hidden-program'
  if (/^(?:META-INF\/MANIFEST\.MF|AndroidManifest\.xml|classes\.dex)$/i.test(name)) return 'hidden-program'
  const extension = extensionOf(name)
  if (isRunningExtension(extension)) return 'hidden-program'
  return nestedArchive.test(extension) ? 'unreadable' : null
}

/** Whether what is in the archive may be seen on its own. */
export type JudgeEntry = (bytes: Buffer, fileName: string) => Promise<Judged>

async function judgePlainArchive(
  file: RandomAccess,
  entries: readonly ZipEntry[],
  judgeEntry: JudgeEntry,
): Promise<Judged> {
  const look = looksAt(file)
  for (const entry of entries) {
    for (const name of entry.names) {
      const danger = dangerOfName(name)
      if (danger !== null) throw new DangerFound(danger)
    }
    // A picture or a film opens as one, whatever it is.
    if (entry.name.endsWith('/') || opensAsItself(extensionOf(entry.name))) continue
    const { danger } = await judgeEntry(await look(entry), entry.name)
    if (danger !== null && danger !== 'dangerous-type') throw new DangerFound(danger)
  }
  return { mediaType: 'application/zip', danger: null }
}

async function judge(file: RandomAccess, judgeEntry: JudgeEntry): Promise<Judged> {
  const entries = await readZipDirectory(file)
  if (
    entries === null ||
    entries.length === 0 ||
    isBomb(entries) ||
    entries.some(({ encrypted }) => encrypted)
  )
    throw new DangerFound('unreadable')
  const names = new Set(entries.flatMap((entry) => entry.names.map((name) => name.toLowerCase())))
  if (names.has('[content_types].xml')) return judgeOpenXml(partsOf(file, entries))
  if (entries[0]?.name === 'mimetype' && entries[0].method === 0)
    return judgeOpenDocument(partsOf(file, entries))
  if (names.has('mimetype')) throw new DangerFound('dangerous-type')
  return judgePlainArchive(file, entries, judgeEntry)
}

/**
 * What a zip archive is, by what is in it: an office document that neither runs, fetches nor brings anything along, or a plain archive
 * in which nothing runs and everything can be looked at. Held back is also what cannot be looked into (encrypted, nested, damaged, or
 * not the same to all who read it) and what would unpack to masses.
 */
export async function judgeZip(file: RandomAccess, judgeEntry: JudgeEntry): Promise<Judged> {
  try {
    return await judge(file, judgeEntry)
  } catch (error) {
    if (error instanceof XmlUnreadable) return { mediaType: 'application/zip', danger: 'unreadable' }
    if (error instanceof DangerFound) return { mediaType: 'application/zip', danger: error.danger }
    throw error
  }
}
