import { randomBytes } from 'node:crypto'
import { type AuditAct, auditActs } from '@buergerdraht/contract'
import type { Prisma } from '@buergerdraht/prisma'
import type { PoolClient } from 'pg'
import type { Viewer } from '../access/viewer.ts'
import { prepared } from '../database/prepared.ts'
import { checkAuditRow } from './audit-row.ts'

/** Of whom or what an entry is. */
export type AuditObject = {
  readonly kind:
    | 'conversation'
    | 'message'
    | 'attachment'
    | 'account'
    | 'team'
    | 'channel'
    | 'dead-letter'
    | 'deletion-run'
    | 'broken-ledger'
    | 'deletion-rule'
    | 'archive-offer'
    | 'catalogue-request'
    | 'archive-package'
    | 'hand-over'
    | 'legal-hold'
    | 'data-subject-request'
  readonly id: string
}

export type AuditEvent = {
  readonly act: AuditAct
  readonly object?: AuditObject
  /** Words of a closed list, counts, ids: whatever is more is refused as a defect, because it could be about a person. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>
  /** IP network it came from. */
  readonly network?: string
}

/** Who acts; null: nobody who is signed in, or an operator at the command line. */
export type Actor = Pick<Viewer, 'accountId' | 'role' | 'emergencyAccess'> | null

/** Days for which an entry is kept: 90 for the security log (DA12), a year for the log of access (DA13). */
const auditDays = { DA12: 90, DA13: 365 } as const

const dayMs = 24 * 60 * 60 * 1000

/** The fields of an {@link AuditRow} in their order, and what only the table has. */
const columns = `at, cluster, act, actor_id, actor_role, network, object_kind, object_id, facts, salt, once, expires_at`
const insertSql = `insert into audit_entry (${columns}) values ($1::timestamptz, $2, $3, $4::uuid, $5, $6, $7, $8::uuid,
  $9::jsonb, $10::bytea, $11, $12::timestamptz) on conflict (once) do nothing`

/** What is done under an emergency access says so: that is how it is told apart. */
function underEmergencyAccess(actor: Actor): { readonly emergencyAccess?: string } {
  return actor?.emergencyAccess === undefined ? {} : { emergencyAccess: actor.emergencyAccess }
}

function valuesOf(at: Date, actor: Actor, event: AuditEvent, once: string | null): unknown[] {
  const { act, object, network } = event
  const facts = { ...event.facts, ...underEmergencyAccess(actor) }
  const row = {
    at,
    cluster: auditActs[act],
    act,
    actor_id: actor?.accountId ?? null,
    actor_role: actor?.role ?? null,
    // A socket of this machine has no network.
    network: network !== undefined && /^[0-9a-f:.]{2,39}$/.test(network) ? network : null,
    object_kind: object?.kind ?? null,
    object_id: object?.id ?? null,
    facts,
  }
  const checked = checkAuditRow(row)
  if ('refused' in checked)
    throw new Error(`The audit log does not hold that: ${act}, ${checked.refused} ${checked.field}`)
  const expiresAt = new Date(at.getTime() + auditDays[row.cluster] * dayMs)
  return [...Object.values({ ...row, facts: JSON.stringify(facts) }), randomBytes(32), once, expiresAt]
}

/** Records an act in the transaction that does it: both become durable, or neither. */
export async function recordAct(
  tx: Prisma.TransactionClient,
  at: Date,
  actor: Actor,
  event: AuditEvent,
): Promise<void> {
  await tx.$executeRawUnsafe(insertSql, ...valuesOf(at, actor, event, null))
}

type Connection = Pick<PoolClient, 'query'>

/** The same on a connection, or where there is no transaction: when it resolves the entry is durable. */
export async function recordActOn(
  client: Connection,
  at: Date,
  actor: Actor,
  event: AuditEvent,
): Promise<void> {
  await client.query(prepared(insertSql, valuesOf(at, actor, event, null)))
}

const glanceMs = 5 * 60 * 1000

/** Of what somebody does again and again with the same object, for the same reason, one entry in every five minutes of the clock. */
export async function recordOftenOn(
  client: Connection,
  at: Date,
  actor: NonNullable<Actor>,
  event: AuditEvent & { readonly object: AuditObject },
): Promise<void> {
  // What was read before does not hide that it is read under an emergency access.
  const { accountId, emergencyAccess = '' } = actor
  const glance = Math.floor(at.getTime() / glanceMs)
  const { reason = '' } = event.facts ?? {}
  const once = [event.act, accountId, event.object.id, glance, reason, emergencyAccess].join(' ').trim()
  await client.query(prepared(insertSql, valuesOf(at, actor, event, once)))
}

/**
 * An attempt of somebody who has not shown who they are. Anybody can make them without end: of those that fail for one reason from one network,
 * one entry in every five minutes of the clock.
 */
export async function recordAttemptOn(
  client: Connection,
  at: Date,
  event: AuditEvent & { readonly facts: { readonly reason: string } },
): Promise<void> {
  const { act, network = '', object, facts } = event
  const once = [act, network, facts.reason, object?.id ?? '', Math.floor(at.getTime() / glanceMs)].join(' ')
  await client.query(prepared(insertSql, valuesOf(at, null, event, once)))
}
