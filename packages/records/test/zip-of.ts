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
