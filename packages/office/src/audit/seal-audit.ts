import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  auditCommitment,
  leafHash,
  type MerkleLog,
  openLog,
  parseCheckpoint,
  RightEdge,
  readLog,
} from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { alone } from '../database/locks.ts'
import { transactionOn } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import { keepSignedCheckpoint } from '../sealing/keep-signed-checkpoint.ts'
import { type LogKey, logKeyOf } from '../sealing/log-key.ts'
import { type AuditRow, auditColumns, entryOfRow } from './audit-row.ts'

/** Database and log on disk, or log and checkpoint, do not say the same: nothing is sealed until somebody has looked. */
class AuditLogDisagrees extends Error {
  constructor(what: string) {
    super(`The audit log cannot be sealed: ${what}`)
    this.name = 'AuditLogDisagrees'
  }
}

const batchSize = 5000
const pauseMs = 1000
const retryMs = 15_000

type Sealing = {
  readonly office: OfficeContext
  readonly client: PoolClient
  readonly log: MerkleLog
  readonly folder: string
  readonly key: LogKey
}

/**
 * Gives what waits its place in the log: entries that committed earlier come earlier, those of one pass by their ids. The places are
 * durable in the database first, and follow on disk; killed in between, the next pass goes on.
 */
async function placeWaiting({ client }: Sealing): Promise<number> {
  return transactionOn(client, async () => {
    const { rows } = await client.query<AuditRow>(
      `select ${auditColumns} from audit_waiting w join audit_entry e on e.id = w.entry_id order by e.id limit $1`,
      [batchSize],
    )
    if (rows.length === 0) return 0
    const leaves = rows.map((row) => {
      const entry = entryOfRow(row)
      if (entry === null) throw new AuditLogDisagrees(`entry ${row.id} is not what this program writes`)
      return Buffer.from(leafHash(auditCommitment(entry, row.salt)))
    })
    await client.query(
      `insert into audit_leaf (index, entry_id, leaf)
       select (select coalesce(max(index) + 1, 0) from audit_leaf) + r.n - 1, r.id, r.leaf
       from unnest($1::bigint[], $2::bytea[]) with ordinality as r(id, leaf, n)`,
      [rows.map(({ id }) => id), leaves],
    )
    await client.query('delete from audit_waiting where entry_id = any($1::bigint[])', [
      rows.map(({ id }) => id),
    ])
    return rows.length
  })
}

async function leavesFrom(client: PoolClient, index: number): Promise<Buffer[]> {
  const { rows } = await client.query<{ leaf: Buffer }>(
    'select leaf from audit_leaf where index >= $1 order by index limit $2',
    [index, batchSize],
  )
  return rows.map(({ leaf }) => leaf)
}

/** What has a place in the database gets it on disk; one flush a batch. */
async function appendPlaced({ client, log }: Sealing): Promise<void> {
  for (
    let leaves = await leavesFrom(client, log.size);
    leaves.length > 0;
    leaves = await leavesFrom(client, log.size)
  )
    await log.append(leaves.map((leaf) => ({ leaf })))
}

/**
 * The log on disk and the leaves in the database are the same as far as both go. Where the log goes further, the database is an older
 * one that was restored: it takes the leaves that it does not know without their entries, which are lost and stay missed.
 * @throws AuditLogDisagrees
 */
async function compare({ office, client, log, folder }: Sealing): Promise<void> {
  const edge = new RightEdge()
  while (edge.size < log.size) {
    const leaves = await leavesFrom(client, edge.size)
    if (leaves.length === 0) break
    for (const leaf of leaves.slice(0, log.size - edge.size)) edge.append(leaf)
  }
  if (Buffer.compare(edge.root(), await log.rootAt(edge.size)) !== 0)
    throw new AuditLogDisagrees(`its first ${edge.size} leaves are not those of ${folder}`)
  if (edge.size === log.size) return
  office.log.error({ from: edge.size, to: log.size }, 'audit.entries-unknown')
  let unknown: { index: number; leaf: Buffer }[] = []
  async function take(): Promise<void> {
    await client.query(
      'insert into audit_leaf (index, leaf) select * from unnest($1::bigint[], $2::bytea[])',
      [unknown.map(({ index }) => index), unknown.map(({ leaf }) => leaf)],
    )
    unknown = []
  }
  for await (const piece of readLog(createReadStream(join(folder, 'log')))) {
    if (piece.kind !== 'record' || piece.index < edge.size) continue
    unknown.push({ index: piece.index, leaf: Buffer.from(piece.record.leaf) })
    if (unknown.length === batchSize) await take()
  }
  if (unknown.length > 0) await take()
}

/** The newest checkpoint signed so far still describes this log. @throws AuditLogDisagrees */
async function requireCheckpoint({ client, log }: Sealing): Promise<void> {
  const newest = await newestNote(client)
  if (newest === null) return
  const { checkpoint } = parseCheckpoint(Buffer.from(newest))
  if (checkpoint.size > log.size || Buffer.compare(checkpoint.root, await log.rootAt(checkpoint.size)) !== 0)
    throw new AuditLogDisagrees(`it does not agree with its checkpoint at ${checkpoint.size}`)
}

async function newestNote(client: PoolClient): Promise<string | null> {
  const { rows } = await client.query<{ note: string }>(
    'select note from audit_checkpoint order by size desc limit 1',
  )
  return rows[0]?.note ?? null
}

/** Signed, on disk and then in the database, where pages read it. */
async function signCheckpoint({ office, client, log, folder, key }: Sealing): Promise<void> {
  const note = await keepSignedCheckpoint(folder, log, key)
  await client.query(
    'insert into audit_checkpoint (size, note, at) values ($1, $2, $3) on conflict do nothing',
    [log.size, note, office.now()],
  )
}

export type AuditSealing = {
  /** Of the audit log alone: leaves, derived nodes and checkpoints. */
  readonly folder: string
  /** A checkpoint is signed so often, where there is something new. */
  readonly checkpointEveryMs: number
}

async function sealUntil(sealing: Sealing, { checkpointEveryMs }: AuditSealing, signal: AbortSignal) {
  const { client, log } = sealing
  let signedAt = 0
  let signedSize = 0
  const newest = await newestNote(client)
  if (newest !== null) signedSize = parseCheckpoint(Buffer.from(newest)).checkpoint.size
  async function signWhatIsNew(): Promise<void> {
    if (log.size <= signedSize) return
    await signCheckpoint(sealing)
    signedSize = log.size
    signedAt = Date.now()
  }
  while (!signal.aborted) {
    const placed = await placeWaiting(sealing)
    await appendPlaced(sealing)
    if (Date.now() - signedAt >= checkpointEveryMs) await signWhatIsNew()
    if (placed < batchSize) await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
  await placeWaiting(sealing)
  await appendPlaced(sealing)
  await signWhatIsNew()
}

/** Of one process at a time, until the signal fires. False: another process seals. */
async function sealAlone(
  office: OfficeContext,
  options: AuditSealing,
  signal: AbortSignal,
): Promise<boolean> {
  const sealed = await alone(office.pool, 'sealing', async (client) => {
    const { log, close } = await openLog(options.folder)
    try {
      const key = await logKeyOf(office.keys, 'audit-log')
      const sealing = { office, client, log, folder: options.folder, key }
      await compare(sealing)
      await appendPlaced(sealing)
      await requireCheckpoint(sealing)
      await sealUntil(sealing, options, signal)
      return true
    } finally {
      await close()
    }
  })
  return sealed ?? false
}

/**
 * Seals the audit log until the signal fires: one process at a time, the others stand by. What goes wrong is logged and tried again;
 * entries wait meanwhile, and none is lost. Resolves when what was written has been sealed and signed.
 */
export async function sealAuditLog(
  office: OfficeContext,
  options: AuditSealing,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      if (await sealAlone(office, options, signal)) continue
    } catch (error) {
      office.log.error({ error }, 'audit.not-sealed')
    }
    await sleep(retryMs, undefined, { signal }).catch(() => {})
  }
}
