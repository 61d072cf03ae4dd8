import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'

/** Reading at any position; fewer bytes come back where the file ends. */
export type RandomAccess = {
  readonly sizeBytes: number
  read(start: number, length: number): Promise<Buffer>
}

export type ZipEntry = {
  /** As the directory says, read as UTF-8. */
  readonly name: string
  /** Every way in which a program may read its name, `name` among them. */
  readonly names: readonly string[]
  readonly encrypted: boolean
  readonly method: number
  readonly compressedBytes: number
  /** As the archive claims. */
  readonly unpackedBytes: number
  /** Position of its bytes. */
  readonly start: number
}

type Header = Omit<ZipEntry, 'start' | 'names'> & {
  readonly nameBytes: Buffer
  readonly otherName: string | null
  readonly flags: number
  readonly at: number
}

const endLength = 22
const entryLength = 46
const localLength = 30
const maxCommentBytes = 0xffff
const maxEntries = 5000
const maxDirectoryBytes = 4 * 1024 * 1024
const sizesFollow = 8

/**
 * Position of the end record of a zip archive (APPNOTE 6.3.10 §4.3.16) whose comment reaches exactly to the
 * end of the file; null where there is none. Such an end makes any file an archive to those who read from the
 * back.
 */
export async function zipEndOf(file: RandomAccess): Promise<{ start: number; record: Buffer } | null> {
  const start = Math.max(0, file.sizeBytes - endLength - maxCommentBytes)
  const tail = await file.read(start, file.sizeBytes - start)
  for (let at = tail.length - endLength; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== 0x06054b50) continue
    if (at + endLength + tail.readUInt16LE(at + 20) === tail.length)
      return { start: start + at, record: tail.subarray(at) }
  }
  return null
}

/** The name in the field "Info-ZIP Unicode Path" (APPNOTE §4.6.9), which programs prefer; null: there is none. */
function unicodePath(extra: Buffer): string | null {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 0x7075) return extra.toString('utf8', at + 9, at + 4 + length)
    at += 4 + length
  }
  return null
}

function directoryEntries(directory: Buffer, count: number): readonly Header[] | null {
  const headers: Header[] = []
  let at = 0
  while (headers.length < count) {
    if (at + entryLength > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return null
    const nameEnd = at + entryLength + directory.readUInt16LE(at + 28)
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30)
    const next = extraEnd + directory.readUInt16LE(at + 32)
    if (next > directory.length) return null
    const nameBytes = directory.subarray(at + entryLength, nameEnd)
    const flags = directory.readUInt16LE(at + 8)
    headers.push({
      name: nameBytes.toString('utf8'),
      nameBytes,
      otherName: unicodePath(directory.subarray(nameEnd, extraEnd)),
      flags,
      encrypted: (flags & 1) === 1,
      method: directory.readUInt16LE(at + 10),
      compressedBytes: directory.readUInt32LE(at + 20),
      unpackedBytes: directory.readUInt32LE(at + 24),
      at: directory.readUInt32LE(at + 42),
    })
    at = next
  }
  return at === directory.length ? headers : null
}

/** What stands before the bytes of an entry, where it says the same as the directory; null: it contradicts it. */
async function localEntry(file: RandomAccess, header: Header): Promise<ZipEntry | null> {
  const fixed = await file.read(header.at, localLength)
  if (fixed.length < localLength || fixed.readUInt32LE(0) !== 0x04034b50) return null
  const nameLength = fixed.readUInt16LE(26)
  const rest = await file.read(header.at + localLength, nameLength + fixed.readUInt16LE(28))
  const sameSizes =
    fixed.readUInt32LE(18) === header.compressedBytes && fixed.readUInt32LE(22) === header.unpackedBytes
  const agrees =
    rest.subarray(0, nameLength).equals(header.nameBytes) &&
    fixed.readUInt16LE(6) === header.flags &&
    fixed.readUInt16LE(8) === header.method &&
    ((header.flags & sizesFollow) !== 0 || sameSizes)
  if (!agrees) return null
  const { name, nameBytes, encrypted, method, compressedBytes, unpackedBytes } = header
  const others = [header.otherName, unicodePath(rest.subarray(nameLength))].filter((other) => other !== null)
  return {
    name,
    names: [...new Set([name, nameBytes.toString('latin1'), ...others])],
    encrypted,
    method,
    compressedBytes,
    unpackedBytes,
    start: header.at + localLength + rest.length,
  }
}

/** Whether nothing lies between two entries but the sizes of the first (APPNOTE §4.3.9): there, another entry could hide. */
async function isGapless(file: RandomAccess, end: number, next: number, { flags }: Header): Promise<boolean> {
  if ((flags & sizesFollow) === 0) return end === next
  const marked = (await file.read(end, 4)).equals(Buffer.from('PK\x07\x08', 'latin1'))
  return next - end === (marked ? 16 : 12)
}

/**
 * What a zip archive (APPNOTE 6.3.10) holds, by its directory and by what stands before each entry. Nothing is unpacked. Null:
 * damaged, in several volumes, in the 64-bit format, with more entries than a harmless file has, or not the same to those who read
 * from the front and from the back.
 */
export async function readZipDirectory(file: RandomAccess): Promise<readonly ZipEntry[] | null> {
  const end = await zipEndOf(file)
  if (end === null) return null
  const count = end.record.readUInt16LE(10)
  const length = end.record.readUInt32LE(12)
  const offset = end.record.readUInt32LE(16)
  const oneVolume = end.record.readUInt32LE(4) === 0 && end.record.readUInt16LE(8) === count
  if (!oneVolume || count > maxEntries || length > maxDirectoryBytes || offset + length !== end.start)
    return null
  const headers = directoryEntries(await file.read(offset, length), count)
  if (headers === null) return null
  const entries: ZipEntry[] = []
  for (const header of headers) {
    const entry = await localEntry(file, header)
    if (entry === null) return null
    entries.push(entry)
  }
  const inOrder = headers
    .map((header, n) => ({ header, end: (entries[n]?.start ?? 0) + header.compressedBytes }))
    .sort((one, other) => one.header.at - other.header.at)
  if (inOrder[0] !== undefined && inOrder[0].header.at !== 0) return null
  for (const [n, { header, end }] of inOrder.entries()) {
    if (!(await isGapless(file, end, inOrder[n + 1]?.header.at ?? offset, header))) return null
  }
  return entries
}

const inflate = promisify(inflateRaw)

/** The bytes of an entry; null: damaged, packed in a way that we do not read, or more than `maxBytes`. */
export async function unpack(file: RandomAccess, entry: ZipEntry, maxBytes: number): Promise<Buffer | null> {
  if (entry.unpackedBytes > maxBytes || entry.compressedBytes > maxBytes + 1024) return null
  const packed = await file.read(entry.start, entry.compressedBytes)
  if (entry.method === 0) return packed.length === entry.unpackedBytes ? packed : null
  if (entry.method !== 8) return null
  try {
    const bytes = await inflate(packed, { maxOutputLength: Math.max(1, entry.unpackedBytes) })
    return bytes.length === entry.unpackedBytes ? bytes : null
  } catch {
    return null
  }
}
