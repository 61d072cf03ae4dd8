import { crc32 } from 'node:zlib'
import {
  centralRecord,
  dataDescriptor,
  endOf,
  endRecords,
  localHeader,
} from '../src/archive/canonical-zip.ts'
import { bytesInMemory } from '../src/verify/byte-source.ts'
import { readFile, readZip } from '../src/verify/read-zip.ts'

export type File = { name: string; bytes: Uint8Array }

/** A canonical zip file of any files whatever, as somebody would forge it who knows the format well. */
export function zipOf(files: readonly File[]): Buffer {
  let offset = 0
  const entries = files.map(({ name, bytes }) => {
    const entry = { name, size: bytes.length, crc32: crc32(bytes), offset }
    offset = endOf(entry)
    return entry
  })
  const data = entries.flatMap((entry, at) => [
    localHeader(entry.name),
    files[at]?.bytes ?? Buffer.alloc(0),
    dataDescriptor(entry),
  ])
  const directory = Buffer.concat(entries.map(centralRecord))
  return Buffer.concat([...data, directory, endRecords(entries.length, directory.length, offset)])
}

/** A canonical zip file of so many empty files, at most ten million. */
export function zipOfEmptyFiles(count: number): Buffer {
  const first = { name: 'f/0000000.x', size: 0, crc32: 0, offset: 0 }
  const header = localHeader(first.name)
  const [file, record] = [Buffer.concat([header, dataDescriptor(first)]), Buffer.from(centralRecord(first))]
  const data = Buffer.alloc(file.length * count)
  const directory = Buffer.alloc(record.length * count)
  for (let n = 0; n < count; n += 1) {
    const digits = String(n).padStart(7, '0')
    file.write(digits, header.length - 9, 'latin1')
    file.copy(data, n * file.length)
    record.write(digits, record.length - 9, 'latin1')
    record.writeUInt32LE(n * file.length, 42)
    record.copy(directory, n * record.length)
  }
  return Buffer.concat([data, directory, endRecords(count, directory.length, data.length)])
}

export async function filesOf(zip: Uint8Array): Promise<File[]> {
  const source = bytesInMemory(zip)
  const files: File[] = []
  for (const entry of (await readZip(source)).entries) {
    const chunks: Uint8Array[] = []
    await readFile(source, entry, (chunk) => chunks.push(chunk))
    files.push({ name: entry.name, bytes: Buffer.concat(chunks) })
  }
  return files
}
