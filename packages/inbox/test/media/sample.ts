import { readFileSync } from 'node:fs'

/** A file from `samples/`; `samples/README.md` says how each was made. */
export const sample = (name: string): Buffer => readFileSync(new URL(`samples/${name}`, import.meta.url))

/** Bytes that are read like a file. */
export const inMemory = (bytes: Buffer) => ({
  sizeBytes: bytes.length,
  read: async (start: number, length: number) => bytes.subarray(start, start + length),
})
