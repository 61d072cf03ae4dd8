import type { Files } from './judge-times.ts'

const endLength = 22
const zip64EndLength = 56
const zip64LocatorLength = 20
const localHeaderLength = 30
const recordLength = 46
const none = 0xffffffff
/** Like the verifier's bounds: what is larger is read by nobody. */
const maxDirectoryBytes = 128 << 20
const maxManifestBytes = 64 << 20
const maxSmallFileBytes = 1 << 20
const maxTogetherBytes = 256 << 20
const aboutProof = /^(?:[a-z]+\.[a-z-]+|erasures\/\d{6}\/[a-z]+\.[a-z-]+)$/

/**
 * The files of an archive package that are about its proof, read from a file that somebody has chosen; contents are not touched. Nothing is judged here,
 * only found: what is no package of the one shape that there is (docs/archive-format.md section 2) gives no files, and the verifier says what is wrong.
 */
export async function proofFilesIn(file: Blob): Promise<Files> {
  const files = new Map<string, Uint8Array>()
  const bounds = await directoryBounds(file)
  if (bounds === null) return files
  const directory = await viewOf(file, bounds.offset, bounds.length)
  let together = 0
  for (let at = 0; at + recordLength <= directory.byteLength; ) {
    const [size, nameLength] = [directory.getUint32(at + 24, true), directory.getUint16(at + 28, true)]
    const extraLength = directory.getUint16(at + 30, true)
    const offset = directory.getUint32(at + 42, true)
    const name = textIn(directory, at + recordLength, nameLength)
    at += recordLength + nameLength + extraLength
    const limit = name === 'manifest.json' ? maxManifestBytes : maxSmallFileBytes
    // What needs zip64 is an item, or stands behind one.
    if (!aboutProof.test(name) || size > limit || offset === none) continue
    together += size
    if (together > maxTogetherBytes) break
    const start = offset + localHeaderLength + nameLength
    files.set(name, new Uint8Array(await file.slice(start, start + size).arrayBuffer()))
  }
  return files
}

async function directoryBounds(file: Blob): Promise<{ offset: number; length: number } | null> {
  if (file.size < endLength) return null
  const tailLength = Math.min(file.size, endLength + zip64LocatorLength + zip64EndLength)
  const tail = await viewOf(file, file.size - tailLength, tailLength)
  const end = tailLength - endLength
  if (tail.getUint32(end, true) !== 0x06054b50) return null
  let [length, offset] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)]
  const isZip64 = tailLength > endLength && tail.getUint32(0, true) === 0x06064b50
  if (isZip64) [length, offset] = [Number(tail.getBigUint64(40, true)), Number(tail.getBigUint64(48, true))]
  return length <= maxDirectoryBytes && offset + length <= file.size ? { offset, length } : null
}

async function viewOf(file: Blob, start: number, length: number): Promise<DataView> {
  return new DataView(await file.slice(start, start + length).arrayBuffer())
}

function textIn(view: DataView, start: number, length: number): string {
  const end = Math.min(view.byteLength, start + length)
  return new TextDecoder().decode(new Uint8Array(view.buffer, start, Math.max(0, end - start)))
}
