import { keepSignedCheckpoint, type LogKey, transactionOn } from '@buergerdraht/office'
import { leafHash, type MerkleLog, parseCheckpoint, RightEdge } from '@buergerdraht/records'
import type { PoolClient } from 'pg'

/** Database and log on disk, or log and checkpoint, do not say the same: nothing is sealed until somebody has looked. */
class ArchiveLogDisagrees extends Error {
  constructor(what: string) {
    super(`The archive log cannot be written: ${what}`)
    this.name = 'ArchiveLogDisagrees'
  }
}

/** The archive log, open for writing. One process at a time, under the lock `archiving`. */
export type ArchiveLog = {
  readonly client: PoolClient
  readonly log: MerkleLog
  readonly folder: string
  readonly key: LogKey
}

/** A leaf before it has its place. */
export type NewLeaf = {
  readonly packageId: string
  /** Of an erasure, which one of its package; null: the manifest. */
  readonly erasure: number | null
  readonly data: Uint8Array
}

const pageSize = 5000

async function leavesFrom(client: PoolClient, index: number): Promise<Buffer[]> {
  const { rows } = await client.query<{ leaf: Buffer }>(
    'select leaf from archive_leaf where index >= $1 order by index limit $2',
    [index, pageSize],
  )
  return rows.map(({ leaf }) => leaf)
}

/** Gives leaves their places, in a transaction of the caller's: durable in the database first, they follow on disk with {@link appendPlaced}. */
export async function placeLeaves(
  client: Pick<PoolClient, 'query'>,
  leaves: readonly NewLeaf[],
): Promise<void> {
  await client.query(
    `insert into archive_leaf (index, leaf, package_id, erasure)
     select (select coalesce(max(index) + 1, 0) from archive_leaf) + n.n - 1, n.leaf, n.package_id, n.erasure
     from unnest($1::bytea[], $2::uuid[], $3::int[]) with ordinality as n(leaf, package_id, erasure, n)`,
    [
      leaves.map(({ data }) => Buffer.from(leafHash(data))),
      leaves.map(({ packageId }) => packageId),
      leaves.map(({ erasure }) => erasure),
    ],
  )
}

/** What has a place in the database gets it on disk; one flush a batch. Killed in between, the next one goes on. */
export async function appendPlaced({ client, log }: ArchiveLog): Promise<void> {
  for (
    let leaves = await leavesFrom(client, log.size);
    leaves.length > 0;
    leaves = await leavesFrom(client, log.size)
  )
    await log.append(leaves.map((leaf) => ({ leaf })))
}

/**
 * The log on disk and the leaves in the database are the same as far as the log goes, and its newest checkpoint describes it. The database may hold
 * more: what was placed and not appended.
 * @throws ArchiveLogDisagrees also where the log goes further, which is a database that was restored from a backup
 */
export async function requireAgreement({ client, log, folder }: ArchiveLog): Promise<void> {
  const edge = new RightEdge()
  while (edge.size < log.size) {
    const leaves = await leavesFrom(client, edge.size)
    if (leaves.length === 0) break
    for (const leaf of leaves.slice(0, log.size - edge.size)) edge.append(leaf)
  }
  if (Buffer.compare(edge.root(), await log.rootAt(edge.size)) !== 0)
    throw new ArchiveLogDisagrees(`its first ${edge.size} leaves are not those of ${folder}`)
  if (edge.size < log.size)
    throw new ArchiveLogDisagrees(
      `${folder} has ${log.size} leaves, and the database knows ${edge.size} of them`,
    )
  const { rows } = await client.query<{ note: string }>(
    'select note from archive_checkpoint order by size desc limit 1',
  )
  if (rows[0] === undefined) return
  const { checkpoint } = parseCheckpoint(Buffer.from(rows[0].note))
  if (checkpoint.size > log.size || Buffer.compare(checkpoint.root, await log.rootAt(checkpoint.size)) !== 0)
    throw new ArchiveLogDisagrees(`it does not agree with its checkpoint at ${checkpoint.size}`)
}

/** Signs what the log is now: on disk, then in the database, where pages read it. @returns the note */
export async function signCheckpoint({ client, log, folder, key }: ArchiveLog, at: Date): Promise<string> {
  const note = await keepSignedCheckpoint(folder, log, key)
  await transactionOn(client, () =>
    client.query(
      'insert into archive_checkpoint (size, note, at) values ($1, $2, $3) on conflict do nothing',
      [log.size, note, at],
    ),
  )
  return note
}
