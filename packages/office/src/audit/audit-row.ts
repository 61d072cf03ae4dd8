import { type AuditEntry, checkAuditEntry } from '@buergerdraht/records'

/** A row of `audit_entry` as node-postgres reads it. */
export type AuditRow = {
  readonly id: string
  readonly at: Date
  readonly cluster: 'DA12' | 'DA13'
  readonly act: string
  readonly actor_id: string | null
  readonly actor_role: string | null
  readonly network: string | null
  readonly object_kind: string | null
  readonly object_id: string | null
  readonly facts: Readonly<Record<string, string | number | boolean>>
  readonly salt: Buffer
}

export const auditColumns = `e.id, e.at, e.cluster, e.act, e.actor_id, e.actor_role, e.network, e.object_kind, e.object_id, e.facts, e.salt`

/** The entry as it is committed to, or why the log would not hold what the row says. */
export function checkAuditRow(row: Omit<AuditRow, 'id' | 'salt'>): ReturnType<typeof checkAuditEntry> {
  const { actor_id, actor_role, object_kind, object_id } = row
  return checkAuditEntry({
    v: 1,
    log: 'audit',
    at: row.at.toISOString(),
    cluster: row.cluster,
    act: row.act,
    actor: actor_id === null ? null : { id: actor_id, role: actor_role },
    network: row.network,
    object: object_id === null ? null : { kind: object_kind, id: object_id },
    facts: row.facts,
  })
}

/** Null where somebody has made of the row what the log would not hold. */
export function entryOfRow(row: AuditRow): AuditEntry | null {
  const checked = checkAuditRow(row)
  return 'accepted' in checked ? checked.accepted : null
}
