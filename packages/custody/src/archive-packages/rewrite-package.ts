import { logKeyOf, readRoots } from '@buergerdraht/office'
import {
  bytesInFile,
  checkEntry,
  type ErasureEvidence,
  type EvidencedGroup,
  openPackage,
  parseErasure,
  parseProofFile,
} from '@buergerdraht/records'
import { ledgerKeys } from '../broken-ledger/broken-ledger.ts'
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
  /** Evidence records, by the erasure that each is about; 0: the package itself. */
  readonly records?: ReadonlyMap<number, Uint8Array>
  /** Added to those that are shown already. */
  readonly erasures?: readonly ErasureEvidence[]
}

type Parts = {
  readonly proof: Uint8Array
  readonly timeStamp: Uint8Array | undefined
  readonly evidence: Uint8Array | undefined
  readonly erasures: readonly ErasureEvidence[]
}

/** An erasure as it lies in a package, with its evidence record where it has one. */
function erasureOf({ documents, record }: EvidencedGroup): ErasureEvidence {
  const [statement, statementProof, opening, entryProof] = documents
  if (!statement || !statementProof || !opening || !entryProof)
    throw new Error('What was written as an erasure is whole')
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
    ...(record && { evidence: record }),
  }
}

async function partsOf(archiveDir: string, id: string): Promise<Parts> {
  const source = await bytesInFile(packagePath(archiveDir, id))
  try {
    const opened = await openPackage(source)
    const proof = await opened.read('proof.tlog-proof')
    if (proof === undefined) throw new Error('What was sealed has a proof')
    const [own, ...ofErasures] = await opened.evidenced()
    return {
      proof,
      timeStamp: await opened.read('checkpoint.tsr'),
      evidence: own?.record,
      erasures: ofErasures.map(erasureOf),
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
  const records = change.records ?? new Map<number, Uint8Array>()
  const erasures = [...before.erasures, ...(change.erasures ?? [])].map((one, at) => {
    const evidence = records.get(at + 1) ?? one.evidence
    return { ...one, ...(evidence && { evidence }) }
  })
  const bytes = await writePackageFile(archiveDir, {
    id,
    manifest: row.manifest,
    proof,
    timeStamp,
    evidence: records.get(0) ?? before.evidence,
    erasures,
    ciphertexts: await sealedCiphertexts(
      packagePath(archiveDir, id),
      new Set(erasures.flatMap(({ statement }) => statement.items)),
    ),
  })
  const keys = [
    (await logKeyOf(inbox.keys, 'archive-log')).verifierKey,
    ...(await ledgerKeys(client, inbox.keys)),
  ]
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
