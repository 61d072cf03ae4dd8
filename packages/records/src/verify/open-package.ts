import { localHeader } from '../archive/canonical-zip.ts'
import { erasureGroup, erasureName, evidenceGroup, evidenceName } from '../archive/package-layout.ts'
import type { ByteSource } from './byte-source.ts'
import { readFile, readZip } from './read-zip.ts'

/** What one evidence record is about (docs/archive-format.md section 5.2), and the record where there is one. */
export type EvidencedGroup = {
  /** Of an erasure; 0: the package itself. */
  readonly erasure: number
  readonly documents: readonly Uint8Array[]
  readonly record: Uint8Array | undefined
}

/** Parts of a package for whoever wrote it and has to read it again. Nothing is judged here: that is `verifyPackage`'s. */
export type OpenedPackage = {
  /** A small file by its name, one after the other; undefined: it is not there. */
  read: (name: string) => Promise<Uint8Array | undefined>
  /** Where the encrypted bytes of each item lie, by its id; those that are erased are missing. */
  items: ReadonlyMap<string, { start: number; length: number }>
  /** How many erasures it shows. */
  erasures: number
  /** The package and each of its erasures, as their evidence records see them: small files alone. */
  evidenced: () => Promise<EvidencedGroup[]>
}

export async function openPackage(source: ByteSource): Promise<OpenedPackage> {
  const { entries } = await readZip(source)
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  async function read(name: string): Promise<Uint8Array | undefined> {
    const entry = byName.get(name)
    if (entry === undefined) return undefined
    const chunks: Uint8Array[] = []
    await readFile(source, entry, (chunk) => chunks.push(Uint8Array.from(chunk)))
    return Buffer.concat(chunks)
  }
  async function group(erasure: number): Promise<EvidencedGroup> {
    const names = erasure === 0 ? evidenceGroup : erasureGroup.map((file) => erasureName(erasure, file))
    const documents: Uint8Array[] = []
    for (const name of names) {
      const bytes = await read(name)
      if (bytes !== undefined) documents.push(bytes)
    }
    const record = await read(erasure === 0 ? evidenceName : erasureName(erasure, evidenceName))
    return { erasure, documents, record }
  }
  let erasures = 0
  while (byName.has(erasureName(erasures + 1, 'statement.json'))) erasures += 1
  return {
    read,
    items: new Map(
      entries.flatMap(({ name, offset, size }) => {
        const id = /^items\/([0-9a-f-]{36})\.bin$/.exec(name)?.[1]
        return id === undefined
          ? []
          : [[id, { start: offset + localHeader(name).length, length: size }] as const]
      }),
    ),
    erasures,
    evidenced: async () => {
      const groups: EvidencedGroup[] = []
      for (let erasure = 0; erasure <= erasures; erasure++) groups.push(await group(erasure))
      return groups
    },
  }
}
