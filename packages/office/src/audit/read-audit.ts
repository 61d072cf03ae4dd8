import type { AuditEntry, AuditQuery, AuditState } from '@buergerdraht/contract'
import { auditExportHeader, auditExportLine } from '@buergerdraht/records'
import { requireMay } from '../access/access.ts'
import { asViewer } from '../access/as-viewer.ts'
import type { Viewer } from '../access/viewer.ts'
import { transaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import { witnessConflicts } from '../proofs/be-witness.ts'
import { proofStanding } from '../proofs/proof-standing.ts'
import { logKeyOf, witnessKeyOf } from '../sealing/log-key.ts'
import { type AuditRow, auditColumns, entryOfRow } from './audit-row.ts'
import { recordActOn } from './record-act.ts'

type Filter = Pick<AuditQuery, 'act' | 'actor' | 'object' | 'emergencyAccess' | 'from' | 'to'>

const conditions = `($1::text is null or e.act = $1) and ($2::uuid is null or e.actor_id = $2)
  and ($3::uuid is null or e.object_id = $3)
  and ($4::timestamptz is null or e.at >= $4) and ($5::timestamptz is null or e.at < $5)
  and ($6::text is null or (e.facts ? 'emergencyAccess' and e.facts ->> 'emergencyAccess' = $6))`

function valuesOf({ act, actor, object, emergencyAccess, from, to }: Filter): unknown[] {
  return [act ?? null, actor ?? null, object ?? null, from ?? null, to ?? null, emergencyAccess ?? null]
}

function presented(row: AuditRow & { readonly index: string | null }): AuditEntry {
  const { actor_id, actor_role, object_kind, object_id } = row
  return {
    id: row.id,
    at: row.at.toISOString(),
    cluster: row.cluster,
    act: row.act as AuditEntry['act'],
    actor:
      actor_id === null
        ? null
        : { id: actor_id, role: actor_role as NonNullable<AuditEntry['actor']>['role'] },
    network: row.network,
    object: object_id === null ? null : { kind: object_kind ?? '', id: object_id },
    facts: row.facts,
    leaf: row.index === null ? null : Number(row.index),
  }
}

/** A page of the audit log, newest first. @throws Refusal `not-allowed` */
export async function listAudit(
  office: OfficeContext,
  viewer: Viewer,
  { cursor, limit, ...filter }: AuditQuery,
): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
  requireMay(viewer, 'read-audit-log')
  const { rows } = await asViewer(office, viewer, ({ client }) =>
    client.query<AuditRow & { index: string | null }>(
      `select ${auditColumns}, l.index from audit_entry e left join audit_leaf l on l.entry_id = e.id
       where ${conditions} and ($7::bigint is null or e.id < $7) order by e.id desc limit $8`,
      [...valuesOf(filter), cursor ?? null, limit + 1],
    ),
  )
  const items = rows.slice(0, limit).map(presented)
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** @throws Refusal `not-allowed` */
export async function auditState(office: OfficeContext, viewer: Viewer): Promise<AuditState> {
  requireMay(viewer, 'read-audit-log')
  const { rows } = await office.pool.query<{
    security: number
    access: number
    sealed: number
    waiting: number
    since: Date | null
    size: number | null
    note: string | null
    signed_at: Date | null
    unshipped: number | null
    failing_since: Date | null
  }>(`select
    k.security, k.access,
    (select coalesce(max(index) + 1, 0)::int from audit_leaf) as sealed,
    w.waiting, w.since, c.size::int as size, c.note, c.at as signed_at,
    ((select coalesce(max(index) + 1, 0) from audit_leaf) - s.next_index)::int as unshipped, s.failing_since
    from (select count(*) filter (where cluster = 'DA12')::int as security,
      count(*) filter (where cluster = 'DA13')::int as access from audit_entry) as k
    cross join (select count(*)::int as waiting, min(e.at) as since from audit_waiting q join audit_entry e on e.id = q.entry_id) as w
    left join (select * from audit_checkpoint order by size desc limit 1) as c on true
    left join audit_shipment s on s.in_use`)
  const [row] = rows
  if (row === undefined) throw new Error('A query without a condition has a row')
  const { size, note, signed_at: at } = row
  const isSigned = size !== null && note !== null && at !== null
  return {
    kept: { DA12: row.security, DA13: row.access },
    sealed: row.sealed,
    waiting: { count: row.waiting, since: row.since?.toISOString() ?? null },
    shipping:
      row.unshipped === null
        ? null
        : { waiting: row.unshipped, failingSince: row.failing_since?.toISOString() ?? null },
    checkpoint: isSigned ? { size, note, at: at.toISOString() } : null,
    verifierKey: isSigned ? (await logKeyOf(office.keys, 'audit-log')).verifierKey : null,
    proofs: await proofStanding(office.pool, 'audit-log'),
    witness: {
      verifierKey: (await witnessKeyOf(office.keys)).verifierKey,
      conflicts: await witnessConflicts(office.pool),
    },
  }
}

/** A cell that a spreadsheet takes for a formula is made text (OWASP, CSV Injection); quotes are doubled (RFC 4180). */
function cell(value: string): string {
  return `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`
}

const csvColumns = [
  'id',
  'at',
  'cluster',
  'act',
  'actor',
  'role',
  'network',
  'object',
  'object-id',
  'facts',
  'leaf',
]

function csvLine(row: AuditRow & { readonly index: string | null }): string {
  const cells = [
    row.id,
    row.at.toISOString(),
    row.cluster,
    row.act,
    row.actor_id ?? '',
    row.actor_role ?? '',
    row.network ?? '',
    row.object_kind ?? '',
    row.object_id ?? '',
    Object.entries(row.facts)
      .map(([name, value]) => `${name}=${value}`)
      .join(' '),
    row.index ?? '',
  ]
  return `${cells.map(cell).join(',')}\r\n`
}

const pageSize = 2000

/**
 * The entries that pass the filter, as CSV; or as JSON lines with the signed checkpoints and every leaf, which `buergerdraht-verify`
 * checks. Memory stays below a page. Recorded before the first byte leaves. @throws Refusal `not-allowed`
 */
export async function exportAudit(
  office: OfficeContext,
  viewer: Viewer,
  { format, ...filter }: Filter & { readonly format: 'csv' | 'jsonl' },
): Promise<AsyncIterable<string>> {
  requireMay(viewer, 'read-audit-log')
  await recordActOn(office.pool, office.now(), viewer, { act: 'audit-exported', facts: { format } })
  return format === 'csv' ? csvOf(office, filter) : jsonLinesOf(office, filter)
}

async function* csvOf({ pool }: OfficeContext, filter: Filter): AsyncGenerator<string> {
  yield `${csvColumns.map(cell).join(',')}\r\n`
  for (let after = '0'; ; ) {
    const { rows } = await pool.query<AuditRow & { index: string | null }>(
      `select ${auditColumns}, l.index from audit_entry e left join audit_leaf l on l.entry_id = e.id
       where ${conditions} and e.id > $7 order by e.id limit $8`,
      [...valuesOf(filter), after, pageSize],
    )
    if (rows.length > 0) yield rows.map(csvLine).join('')
    if (rows.length < pageSize) return
    after = rows.at(-1)?.id ?? after
  }
}

/** The whole log, or with a filter its leaves and what passes, as JSON lines; nobody is asked and nothing recorded. */
export async function* jsonLinesOf(
  { pool }: Pick<OfficeContext, 'pool'>,
  filter: Filter = {},
): AsyncGenerator<string> {
  const { rows: signed } = await pool.query<{ note: string }>(
    'select note from audit_checkpoint order by size desc limit 100',
  )
  yield auditExportHeader(signed.map(({ note }) => note))
  for (let next = 0; ; next += pageSize) {
    const { rows } = await pool.query<{ leaf: Buffer } & (AuditRow | { id: null })>(
      `select l.leaf, ${auditColumns} from audit_leaf l left join audit_entry e on e.id = l.entry_id and ${conditions}
       where l.index >= $7 and l.index < $8 order by l.index`,
      [...valuesOf(filter), next, next + pageSize],
    )
    yield rows.map((row, n) => auditExportLine(next + n, openedLeaf(row))).join('')
    if (rows.length < pageSize) return
  }
}

/** An entry that somebody has changed so that the log would not hold it is exported as the leaf alone: its place shows that it is gone. */
function openedLeaf(row: { leaf: Buffer } & (AuditRow | { id: null })) {
  const entry = row.id === null ? null : entryOfRow(row)
  return entry === null || row.id === null
    ? { leaf: row.leaf }
    : { leaf: row.leaf, opening: { salt: row.salt, entry } }
}

/** Deletes the entries whose class has ended, as the tables allow; their leaves stay. Returns how many. */
export async function expireAudit({ pool, now }: Pick<OfficeContext, 'pool' | 'now'>): Promise<number> {
  return transaction(pool, async ({ client }) => {
    const { rowCount } = await client.query(
      `delete from audit_entry where id in (
         select e.id from audit_entry e join audit_leaf l on l.entry_id = e.id where e.expires_at <= $1 and e.expires_at <= now()
           and not is_held(null, null, null, e.cluster) limit 10000)`,
      [now()],
    )
    return rowCount ?? 0
  })
}
