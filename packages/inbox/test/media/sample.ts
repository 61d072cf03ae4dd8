import { readFileSync } from 'node:fs'

/** A file from `samples/`; `samples/README.md` says how each was made. */
export function sample(name: string): Buffer {
  return readFileSync(new URL(`samples/${name}`, import.meta.url))
}

/** Bytes that are read like a file. */
export function inMemory(bytes: Buffer) {
  return {
    sizeBytes: bytes.length,
    read: async (start: number, length: number) => bytes.subarray(start, start + length),
  }
}
