import type { Manifest } from './manifest.ts'

/** The names in a package, in the order in which they stand there. */
export const manifestName = 'manifest.json'
export const checkpointName = 'checkpoint.txt'
export const proofName = 'proof.tlog-proof'
export const timeStampName = 'checkpoint.tsr'
export const evidenceName = 'evidence.er' as const
export const fixedNames: readonly string[] = [
  manifestName,
  checkpointName,
  proofName,
  timeStampName,
  evidenceName,
]

/** What the evidence record of a package is about: one group of documents, of which the time stamp may be missing. */
export const evidenceGroup: readonly string[] = [manifestName, proofName, timeStampName]

/** What shows an erasure; its own evidence record, over all of them, may stand behind. */
export const erasureGroup = [
  'statement.json',
  'statement.tlog-proof',
  'entry.json',
  'entry.tlog-proof',
] as const

/** The files of one erasure. Erasures are numbered from 1 in the order in which they happened. */
export const erasureFiles = [...erasureGroup, evidenceName] as const
export type ErasureFile = (typeof erasureFiles)[number]

export function erasureName(number: number, file: ErasureFile): string {
  return `erasures/${String(number).padStart(6, '0')}/${file}`
}

export function itemName(id: string): string {
  return `items/${id}.bin`
}

/** Every name that a package with this manifest and so many erasures may have, in order. */
export function* canonicalOrder(manifest: Manifest, erasures: number): Generator<string> {
  yield* fixedNames
  for (let number = 1; number <= erasures; number++) {
    for (const file of erasureFiles) yield erasureName(number, file)
  }
  for (const { id } of manifest.items) yield itemName(id)
}
