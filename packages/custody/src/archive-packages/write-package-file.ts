import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  bytesInFile,
  type Certificate,
  type ErasureEvidence,
  type Finding,
  formatProofFile,
  type Manifest,
  openPackage,
  parseCheckpoint,
  parseManifest,
  parseNoteKey,
  sealingOverhead,
  type Trust,
  verdictOf,
  verifyPackage,
  writePackage,
} from '@buergerdraht/records'
import type { ArchiveLog } from './archive-log.ts'
import { packagePath, rangeOf, writeDurably } from './package-folder.ts'

type ManifestItem = Manifest['items'][number]

/** What the package was found to be when it was read again. */
export class NotVerified extends Error {
  constructor(codes: readonly string[]) {
    super(`The package does not verify: ${codes.join(', ')}`)
    this.name = 'NotVerified'
  }
}

export function manifestIn(bytes: Uint8Array): Manifest {
  const parsed = parseManifest(bytes)
  if (!parsed.ok) throw new Error('What is stored as a manifest is one')
  return parsed.value
}

/** Where the ciphertext of each item lies; an item that is not there has been erased. */
export type Ciphertexts = (item: ManifestItem) => AsyncIterable<Uint8Array> | undefined

/** In the file that was written when the package was prepared. */
export function preparedCiphertexts(path: string, manifest: Manifest): Ciphertexts {
  let at = 0
  const ranges = new Map(
    manifest.items.map(({ id, size }) => {
      const start = at
      at += size + sealingOverhead
      return [id, start] as const
    }),
  )
  return ({ id, size }) => rangeOf(path, ranges.get(id) ?? 0, size + sealingOverhead)
}

/** In the package as it lies there, without what is erased. */
export async function sealedCiphertexts(path: string, erased: ReadonlySet<string>): Promise<Ciphertexts> {
  const source = await bytesInFile(path)
  try {
    const { items } = await openPackage(source)
    return ({ id }) => {
      const range = items.get(id)
      return range === undefined || erased.has(id) ? undefined : rangeOf(path, range.start, range.length)
    }
  } finally {
    await source.close()
  }
}

/** A signed checkpoint of the archive log as it lies in its folder, and the time stamp over it where there is one. */
export type KeptCheckpoint = {
  readonly size: number
  readonly bytes: Uint8Array
  readonly timeStamp: Uint8Array | null
}

export async function readKeptCheckpoint(folder: string, size: number): Promise<KeptCheckpoint> {
  const path = join(folder, 'checkpoints', `${size}`)
  const timeStamp = await readFile(`${path}.tsr`).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return { size, bytes: await readFile(`${path}.txt`), timeStamp }
}

/** That a leaf is in the log at a checkpoint (c2sp.org/tlog-proof). */
export async function proofFile(
  log: ArchiveLog['log'],
  index: number,
  { bytes }: KeptCheckpoint,
): Promise<Uint8Array> {
  const { checkpoint } = parseCheckpoint(bytes)
  return formatProofFile({
    index,
    proof: await log.proveInclusion(index, checkpoint.size),
    checkpoint: bytes,
  })
}

export type PackageToWrite = {
  readonly id: string
  readonly manifest: Uint8Array
  /** A tlog-proof file, and the time stamp over the checkpoint in it. */
  readonly proof: Uint8Array
  readonly timeStamp: Uint8Array | undefined
  readonly evidence: Uint8Array | undefined
  readonly ciphertexts: Ciphertexts
  readonly erasures: readonly ErasureEvidence[]
}

/**
 * Writes the file of a package, or writes it anew; what is there already stays until the new one is whole.
 * @returns its size in bytes
 */
export async function writePackageFile(
  archiveDir: string,
  { id, manifest, proof, timeStamp, evidence, ciphertexts, erasures }: PackageToWrite,
): Promise<number> {
  const stream = writePackage({
    manifest: manifestIn(manifest),
    proof,
    ...(timeStamp && { timeStamp }),
    ...(evidence && { evidence }),
    erasures,
    ciphertext: ciphertexts,
  })
  return writeDurably(packagePath(archiveDir, id), stream)
}

/** What an auditor would bring along, and until when it is judged. */
export type Auditor = {
  readonly keys: readonly string[]
  readonly roots: readonly Certificate[]
  readonly now: Date
}

/** What cannot be judged without roots of time-stamping authorities is no fault of a package. */
export function speaksAgainst(finding: Finding, roots: readonly Certificate[]): boolean {
  const unasked = finding.code === 'TIME_STAMP_NOT_CHECKED' || finding.code === 'EVIDENCE_NOT_CHECKED'
  return verdictOf([finding]) !== 0 && !(roots.length === 0 && unasked)
}

/**
 * Reads a package again as an auditor would, with this office's keys and no other. @param itemKeys contents are checked where they are given
 * @throws NotVerified
 */
export async function requireVerified(
  archiveDir: string,
  id: string,
  { keys, roots, now }: Auditor,
  itemKeys?: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const source = await bytesInFile(packagePath(archiveDir, id))
  try {
    const trust: Trust = { keys: keys.map(parseNoteKey), roots, on: now }
    const { findings } = await verifyPackage(source, { trust, ...(itemKeys && { itemKeys }) })
    const bad = findings.filter((one) => speaksAgainst(one, roots))
    if (bad.length > 0) throw new NotVerified([...new Set(bad.map(({ code }) => code))])
  } finally {
    await source.close()
  }
}
