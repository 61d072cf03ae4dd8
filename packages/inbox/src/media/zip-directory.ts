/** Reading at any position; fewer bytes come back where the file ends. */
export type RandomAccess = {
  readonly sizeBytes: number
  read(start: number, length: number): Promise<Buffer>
}

export type ZipEntry = {
  readonly name: string
  readonly encrypted: boolean
  readonly compressedBytes: number
  /** As the archive claims. */
  readonly unpackedBytes: number
}

const endLength = 22
const entryLength = 46
const longestComment = 0xffff
const mostEntries = 5000
const largestDirectory = 4 * 1024 * 1024

/**
 * Position of the end record of a zip archive (APPNOTE 6.3.10 §4.3.16) whose comment reaches exactly to the
 * end of the file; null where there is none. Such an end makes any file an archive to those who read from the
 * back.
 */
export async function zipEndOf(file: RandomAccess): Promise<{ start: number; record: Buffer } | null> {
  const start = Math.max(0, file.sizeBytes - endLength - longestComment)
  const tail = await file.read(start, file.sizeBytes - start)
  for (let at = tail.length - endLength; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) !== 0x06054b50) continue
    if (at + endLength + tail.readUInt16LE(at + 20) === tail.length)
      return { start: start + at, record: tail.subarray(at) }
  }
  return null
}

/**
 * What the central directory of a zip archive (APPNOTE 6.3.10 §4.3.12) lists. Nothing is unpacked. Null:
 * damaged, in several volumes, in the 64-bit format, or with more entries than a harmless file has.
 */
export async function readZipDirectory(file: RandomAccess): Promise<readonly ZipEntry[] | null> {
  const end = await zipEndOf(file)
  if (end === null) return null
  const count = end.record.readUInt16LE(10)
  const length = end.record.readUInt32LE(12)
  const offset = end.record.readUInt32LE(16)
  const oneVolume = end.record.readUInt32LE(4) === 0 && end.record.readUInt16LE(8) === count
  if (!oneVolume || count > mostEntries || length > largestDirectory || offset + length !== end.start)
    return null
  const directory = await file.read(offset, length)
  const entries: ZipEntry[] = []
  let at = 0
  while (entries.length < count) {
    if (at + entryLength > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return null
    const nameLength = directory.readUInt16LE(at + 28)
    const next =
      at + entryLength + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
    if (next > directory.length) return null
    entries.push({
      name: directory.toString('utf8', at + entryLength, at + entryLength + nameLength),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      compressedBytes: directory.readUInt32LE(at + 20),
      unpackedBytes: directory.readUInt32LE(at + 24),
    })
    at = next
  }
  return at === directory.length ? entries : null
}
