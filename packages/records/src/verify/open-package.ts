import { localHeader } from '../archive/canonical-zip.ts'
import type { ByteSource } from './byte-source.ts'
import { readFile, readZip } from './read-zip.ts'

/** Parts of a package for whoever wrote it and has to read it again. Nothing is judged here: that is `verifyPackage`'s. */
export type OpenedPackage = {
  /** A small file by its name, one after the other; undefined: it is not there. */
  read: (name: string) => Promise<Uint8Array | undefined>
  /** Where the encrypted bytes of each item lie, by its id; those that are erased are missing. */
  items: ReadonlyMap<string, { start: number; length: number }>
}

export async function openPackage(source: ByteSource): Promise<OpenedPackage> {
  const { entries } = await readZip(source)
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  return {
    read: async (name) => {
      const entry = byName.get(name)
      if (entry === undefined) return undefined
      const chunks: Uint8Array[] = []
      await readFile(source, entry, (chunk) => chunks.push(Uint8Array.from(chunk)))
      return Buffer.concat(chunks)
    },
    items: new Map(
      entries.flatMap(({ name, offset, size }) => {
        const id = /^items\/([0-9a-f-]{36})\.bin$/.exec(name)?.[1]
        return id === undefined
          ? []
          : [[id, { start: offset + localHeader(name).length, length: size }] as const]
      }),
    ),
  }
}
