import { logKeyOf, readRoots } from '@buergerdraht/office'
import {
  bytesInFile,
  checkEntry,
  type ErasureEvidence,
  type OpenedPackage,
  openPackage,
  parseErasure,
  parseProofFile,
} from '@buergerdraht/records'
import type { Archive } from './archive.ts'
import type { ArchiveLog } from './archive-log.ts'
import { packagePath } from './package-folder.ts'
import {
  type KeptCheckpoint,
  proofFile,
  requireVerified,
  sealedCiphertexts,
  writePackageFile,
} from './write-package-file.ts'

/** What is to be another than it lies there. */
export type PackageChange = {
  /** As long as the package has no time stamp: the checkpoint that is proven, and its stamp. Afterwards the proof stays, because evidence is over it. */
  readonly checkpoint?: KeptCheckpoint
  readonly evidence?: Uint8Array
  /** Added to those that are shown already. */
  readonly erasures?: readonly ErasureEvidence[]
}

type Parts = {
  readonly proof: Uint8Array
  readonly timeStamp: Uint8Array | undefined
  readonly evidence: Uint8Array | undefined
  readonly erasures: readonly ErasureEvidence[]
}

/** An erasure as it lies in a package; undefined: there are no more. */
async function erasureIn({ read }: OpenedPackage, number: number): Promise<ErasureEvidence | undefined> {
  const folder = `erasures/${String(number).padStart(6, '0')}`
  const statement = await read(`${folder}/statement.json`)
  const statementProof = await read(`${folder}/statement.tlog-proof`)
  const opening = await read(`${folder}/entry.json`)
  const entryProof = await read(`${folder}/entry.tlog-proof`)
  if (!statement || !statementProof || !opening || !entryProof) return undefined
  const parsed = parseErasure(statement)
  const { entry, salt } = JSON.parse(Buffer.from(opening).toString()) as {
    entry: { seq: number }
    salt: string
  }
  const checked = checkEntry(entry, entry.seq)
  if (!parsed.ok || 'refused' in checked) throw new Error('What was written as an erasure is one')
  return {
    statement: parsed.value,
    statementProof,
    entry: checked.accepted,
    salt: Buffer.from(salt, 'base64'),
    entryProof,
  }
}

async function partsOf(archiveDir: string, id: string): Promise<Parts> {
  const source = await bytesInFile(packagePath(archiveDir, id))
  try {
    const opened = await openPackage(source)
    const proof = await opened.read('proof.tlog-proof')
    if (proof === undefined) throw new Error('What was sealed has a proof')
    const erasures: ErasureEvidence[] = []
    for (;;) {
      const erasure = await erasureIn(opened, erasures.length + 1)
      if (erasure === undefined) break
      erasures.push(erasure)
    }
    return {
      proof,
      timeStamp: await opened.read('checkpoint.tsr'),
      evidence: await opened.read('evidence.er'),
      erasures,
    }
  } finally {
    await source.close()
  }
}

/**
 * Writes the file of a sealed package anew and reads it again; what was there stays until the new one is whole, and everything in it that is not to
 * change is the same afterwards. Only whoever leads calls it. @throws NotVerified
 */
export async function rewritePackage(
  { inbox, archiveDir, timeAuthorities }: Archive,
  log: ArchiveLog,
  id: string,
  change: PackageChange,
): Promise<void> {
  const { client } = log
  const { rows } = await client.query<{ manifest: Buffer; leaf_index: string }>(
    'select manifest, leaf_index from archive_package where id = $1',
    [id],
  )
  const [row] = rows
  if (row === undefined) throw new Error('There is no such package')
  const before = await partsOf(archiveDir, id)
  const { checkpoint } = change
  const leafIndex = Number(row.leaf_index)
  const proof = checkpoint === undefined ? before.proof : await proofFile(log.log, leafIndex, checkpoint)
  const timeStamp = checkpoint === undefined ? before.timeStamp : (checkpoint.timeStamp ?? undefined)
  const erasures = [...before.erasures, ...(change.erasures ?? [])]
  const bytes = await writePackageFile(archiveDir, {
    id,
    manifest: row.manifest,
    proof,
    timeStamp,
    evidence: change.evidence ?? before.evidence,
    erasures,
    ciphertexts: await sealedCiphertexts(
      packagePath(archiveDir, id),
      new Set(erasures.flatMap(({ statement }) => statement.items)),
    ),
  })
  const keys = await Promise.all(
    (['archive-log', 'deletion-ledger'] as const).map(
      async (purpose) => (await logKeyOf(inbox.keys, purpose)).verifierKey,
    ),
  )
  const roots = timeAuthorities === null ? [] : await readRoots(timeAuthorities.rootsFile)
  await requireVerified(archiveDir, id, { keys, roots, now: inbox.now() })
  await client.query(
    `update archive_file set size_bytes = $2, proof_size = $3, stamped = $4, erasures = $5, written_at = $6 where package_id = $1`,
    [id, bytes, sizeOf(proof), timeStamp !== undefined, erasures.length, inbox.now()],
  )
}

function sizeOf(proof: Uint8Array): number {
  const [, size] = Buffer.from(parseProofFile(proof).checkpoint).toString('utf8').split('\n')
  return Number(size)
}
