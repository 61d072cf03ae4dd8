import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import {
  centralRecord,
  dataDescriptor,
  endOf,
  endRecords,
  localHeader,
  type ZipEntry,
} from '../archive/canonical-zip.ts'
import { type ByteSource, chunksOf } from './byte-source.ts'
import { type Finding, finding } from './finding.ts'

const maxEntries = 600_000
const allowedName = /^(?:[a-z0-9-]+\/)*[a-z0-9-]+\.[a-z-]+$/
const maxNameLength = 100
const pieceLength = 1 << 16

/**
 * The files of a package, in order, and what is wrong with the zip file around them. Only the directory is read; its
 * every byte is compared with the one prescribed form. Files that overlap, leave gaps, are compressed or have another
 * size stored and unpacked are never answered, so a small file cannot become a large one.
 */
export async function readZip(source: ByteSource): Promise<{ entries: ZipEntry[]; findings: Finding[] }> {
  const entries: ZipEntry[] = []
  const names = new Set<string>()
  let end = 0
  try {
    for await (const { name, size, crc32: sum, offset, plain } of directory(source)) {
      if (name.length > maxNameLength || !allowedName.test(name))
        return refused('ZIP_BAD_NAME', entries.length)
      if (names.has(name)) return refused('ZIP_DUPLICATE_NAME', entries.length)
      const entry = { name, size, crc32: sum, offset }
      if (!plain || offset !== end) return refused('ZIP_NOT_CANONICAL', entries.length)
      entries.push(entry)
      names.add(name)
      end = endOf(entry)
    }
  } catch (error) {
    if (isReadError(error)) throw error
    return { entries: [], findings: [finding('ZIP_UNREADABLE', 'package')] }
  }
  const wrongAt = await firstDifference(source, end, directoryBytes(entries, end))
  return { entries, findings: wrongAt === undefined ? [] : [finding('ZIP_NOT_CANONICAL', `byte ${wrongAt}`)] }
}

/**
 * Reads one file, its header and descriptor, handing the data to `take` chunk by chunk. Answers what is wrong with the
 * bytes around it and with its checksum.
 */
export async function readFile(
  source: ByteSource,
  entry: ZipEntry,
  take: (chunk: Uint8Array) => void,
): Promise<Finding[]> {
  const findings: Finding[] = []
  const header = localHeader(entry.name)
  const before = await firstDifference(source, entry.offset, [header])
  let sum = 0
  for await (const chunk of chunksOf(source, entry.offset + header.length, entry.size)) {
    sum = crc32(chunk, sum)
    take(chunk)
  }
  const behind = await firstDifference(source, entry.offset + header.length + entry.size, [
    dataDescriptor(entry),
  ])
  if (sum !== entry.crc32) findings.push(finding('ZIP_CHECKSUM', entry.name))
  for (const at of [before, behind]) {
    if (at !== undefined) findings.push(finding('ZIP_NOT_CANONICAL', `byte ${at}`, entry.name))
  }
  return findings
}

type DirectoryEntry = ZipEntry & { plain: boolean }

async function* directory(source: ByteSource): AsyncGenerator<DirectoryEntry> {
  const zip = await yauzl.fromRandomAccessReaderPromise(new SourceReader(source), source.size, {
    lazyEntries: true,
    autoClose: false,
    // Names are checked here, against a stricter rule than any decoding.
    decodeStrings: false,
  })
  // Before memory has been taken for as many.
  if (zip.entryCount > maxEntries) throw new Error('There are too many files')
  for await (const entry of zip.eachEntry()) {
    yield {
      name: Buffer.from(entry.fileNameRaw).toString('latin1'),
      size: entry.uncompressedSize,
      crc32: entry.crc32,
      offset: entry.relativeOffsetOfLocalHeader,
      plain: entry.compressionMethod === 0 && entry.compressedSize === entry.uncompressedSize,
    }
  }
}

/** Serves yauzl's many small reads from one larger piece: a directory may have hundreds of thousands of records. */
class SourceReader extends yauzl.RandomAccessReader {
  readonly #source: ByteSource
  #start = 0
  #piece: Uint8Array = new Uint8Array(0)

  constructor(source: ByteSource) {
    super()
    this.#source = source
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null) => void,
  ): void {
    const serve = () => {
      buffer.set(this.#piece.subarray(position - this.#start, position - this.#start + length), offset)
      // Not at once: yauzl would call itself ever deeper.
      setImmediate(done, null)
    }
    const isAtHand = position >= this.#start && position + length <= this.#start + this.#piece.length
    if (isAtHand) serve()
    else this.#load(position, length).then(serve, (error) => setImmediate(done, error))
  }

  override _readStreamForRange(): Readable {
    throw new Error('The data of a file is never read through yauzl')
  }

  async #load(position: number, length: number): Promise<void> {
    const piece = await this.#source.read(position, Math.max(length, pieceLength))
    if (piece.length < length) throw new Error('The file ends too early')
    this.#piece = Uint8Array.from(piece)
    this.#start = position
  }
}

function* directoryBytes(entries: readonly ZipEntry[], start: number): Generator<Uint8Array> {
  let size = 0
  for (const entry of entries) {
    const record = centralRecord(entry)
    size += record.length
    yield record
  }
  yield endRecords(entries.length, size, start)
  // Nothing may follow: one byte more is read and must not be there.
  yield new Uint8Array(0)
}

/** Where the source first differs from the expected bytes; the empty piece stands for its end. */
async function firstDifference(
  source: ByteSource,
  start: number,
  expected: Iterable<Uint8Array>,
): Promise<number | undefined> {
  let at = start
  for (const piece of expected) {
    if (piece.length === 0 && at !== source.size) return at
    const found = await source.read(at, piece.length)
    if (Buffer.compare(found, piece) !== 0) {
      const within = piece.findIndex((byte, index) => byte !== found[index])
      return at + Math.max(0, within)
    }
    at += piece.length
  }
  return undefined
}

function refused(code: 'ZIP_BAD_NAME' | 'ZIP_DUPLICATE_NAME' | 'ZIP_NOT_CANONICAL', file: number) {
  return { entries: [], findings: [finding(code, `file ${file + 1}`)] }
}

/** A disk that cannot be read says nothing about the package. */
function isReadError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
