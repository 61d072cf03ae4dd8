import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { tryLock } from '../database/locks.ts'
import type { OfficeContext } from '../office-context.ts'
import { type AuditRow, auditColumns, entryOfRow } from './audit-row.ts'
import { shipToFile } from './ship-to-file.ts'
import { type SyslogReceiver, shipToSyslog } from './ship-to-syslog.ts'
import type { ShippedEntry } from './shipped-entry.ts'

/** Who keeps the audit log elsewhere. `target` names them as the setting does, and holds no secret. */
export type AuditReceiver = { readonly target: string } & (
  | { readonly kind: 'file'; readonly path: string }
  | ({ readonly kind: 'syslog' } & SyslogReceiver)
)

type Position = { readonly next: number; readonly sentUntil: number }

const batchSize = 1000
const pauseMs = 1000
const retryMs = 5000

type Shipping = {
  readonly office: Pick<OfficeContext, 'now' | 'log' | 'pool'>
  readonly client: PoolClient
  readonly receiver: AuditReceiver
}

async function begin({ client, receiver }: Shipping): Promise<void> {
  await client.query('insert into audit_shipment (target) values ($1) on conflict do nothing', [
    receiver.target,
  ])
  await client.query('update audit_shipment set in_use = (target = $1)', [receiver.target])
}

async function positionOf({ client, receiver }: Shipping): Promise<Position> {
  const { rows } = await client.query<{ next: string; until: string }>(
    'select next_index as next, sending_until as until from audit_shipment where target = $1',
    [receiver.target],
  )
  return { next: Number(rows[0]?.next), sentUntil: Number(rows[0]?.until) }
}

/** The next entries in the order of the log. Only what is sealed is shipped: its place does not change any more. */
async function entriesFrom({ client }: Shipping, { next, sentUntil }: Position): Promise<ShippedEntry[]> {
  const { rows } = await client.query<{ index: string; leaf: Buffer } & (AuditRow | { id: null })>(
    `select l.index, l.leaf, ${auditColumns} from audit_leaf l left join audit_entry e on e.id = l.entry_id
     where l.index >= $1 order by l.index limit $2`,
    [next, batchSize],
  )
  return rows.map((row) => {
    const index = Number(row.index)
    const entry = row.id === null ? null : entryOfRow(row)
    return {
      index,
      leaf: row.leaf.toString('base64'),
      ...(row.id === null || entry === null ? {} : { salt: row.salt.toString('base64'), entry }),
      ...(index < sentUntil ? { again: true as const } : {}),
    }
  })
}

/** Durable before the first byte leaves, so that also whoever comes after a crash knows what may have arrived. */
async function noteSending({ client, receiver }: Shipping, until: number): Promise<void> {
  await client.query(
    'update audit_shipment set sending_until = greatest(sending_until, $2) where target = $1',
    [receiver.target, until],
  )
}

async function noteArrived({ client, receiver, office }: Shipping, next: number): Promise<void> {
  await client.query(
    `update audit_shipment set next_index = $2, sending_until = greatest(sending_until, $2), shipped_at = $3, failing_since = null
     where target = $1`,
    [receiver.target, next, office.now()],
  )
}

/** Ships one batch. @returns how many entries it had */
async function shipBatch(shipping: Shipping): Promise<number> {
  const { receiver } = shipping
  const position = await positionOf(shipping)
  const entries = await entriesFrom(shipping, position)
  if (entries.length === 0) return 0
  const until = position.next + entries.length
  if (receiver.kind === 'file') {
    // What stands in the file is seen there: nothing is ever written twice.
    const once = entries.map(({ again: _, ...entry }) => entry)
    await noteArrived(shipping, await shipToFile(receiver.path, once, position.next))
    return entries.length
  }
  await noteSending(shipping, until)
  await shipToSyslog(receiver, entries)
  await noteArrived(shipping, until)
  return entries.length
}

/** Holds the lock of the one shipper as long as its connection lives. False: another process ships. */
async function shipAlone(
  office: Shipping['office'],
  receiver: AuditReceiver,
  signal: AbortSignal,
): Promise<boolean> {
  const client = await office.pool.connect()
  client.on('error', () => {})
  try {
    if (!(await tryLock(client, 'shipping'))) return false
    const shipping = { office, client, receiver }
    await begin(shipping)
    while (!signal.aborted) {
      try {
        if ((await shipBatch(shipping)) === batchSize) continue
        await sleep(pauseMs, undefined, { signal }).catch(() => {})
      } catch (error) {
        office.log.error({ error }, 'audit.not-shipped')
        await client.query(
          'update audit_shipment set failing_since = coalesce(failing_since, $2) where target = $1',
          [receiver.target, office.now()],
        )
        await sleep(retryMs, undefined, { signal }).catch(() => {})
      }
    }
    return true
  } finally {
    client.release(true)
  }
}

/**
 * Hands what is sealed of the audit log to whoever keeps it elsewhere, in the order of the log, until the signal fires: one process at a
 * time. The position is durable in the database; while the receiver is away entries wait there, and none is left out. A file holds each
 * once; over syslog what may have arrived is sent again and says `again`.
 */
export async function shipAuditLog(
  office: Shipping['office'],
  receiver: AuditReceiver,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      if (await shipAlone(office, receiver, signal)) continue
    } catch (error) {
      office.log.error({ error }, 'audit.not-shipped')
    }
    await sleep(retryMs, undefined, { signal }).catch(() => {})
  }
}
