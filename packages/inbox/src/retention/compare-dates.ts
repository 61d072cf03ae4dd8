import {
  asInstant,
  type ClassifiedColumns,
  columnsOf,
  type Rules,
  readRules,
  reclassify,
} from '@buergerdraht/office'
import type { ClusterCode, Filing, SubjectEvents, Variant } from '@buergerdraht/records'
import type { Inbox } from '../inbox.ts'
import { fileEvents, matterEvents, periodBeginsSql } from './closed-matter.ts'

/** Rows that are read, compared and, where they differ, written in one statement each. */
const batchSize = 5000
const nobody = '00000000-0000-0000-0000-000000000000'

type Stored = {
  readonly id: string
  readonly cluster: ClusterCode
  readonly rule_version: number
  readonly due_at: Date | null
  readonly waits_for: string | null
}
type Asking = Pick<Inbox, 'pool' | 'now'>

function differs(stored: Stored, computed: ClassifiedColumns): boolean {
  return (
    stored.rule_version !== computed.ruleVersion ||
    stored.waits_for !== computed.waitsFor ||
    stored.due_at?.getTime() !== computed.dueAt?.getTime()
  )
}

/** One kind of row that carries its own class: how a page of it is read, and what it is classified as. */
type Kind<Row extends Stored> = {
  readonly table: 'conversation' | 'attachment' | 'contact' | 'privacy_notice_evidence'
  /** `$1`: the id after which it begins; `$2`: how many. */
  readonly page: string
  readonly events: (rules: Rules, row: Row, now: Date) => SubjectEvents
}

type MatterRow = Stored & {
  readonly closed_at: Date | null
  readonly filing: Filing
  readonly variant: Variant | null
}
const matters: Kind<MatterRow> = {
  table: 'conversation',
  page: `select id, cluster, rule_version, due_at, waits_for, ${periodBeginsSql('c')} as closed_at, filing, variant from conversation c
    where id > $1 order by id limit $2`,
  events: (_rules, row) => matterEvents({ ...row, closedAt: row.closed_at }),
}

type FileRow = Stored & {
  readonly matter_cluster: ClusterCode
  readonly closed_at: Date | null
  readonly filing: Filing
  readonly variant: Variant | null
}
const files: Kind<FileRow> = {
  table: 'attachment',
  page: `select a.id, a.cluster, a.rule_version, a.due_at, a.waits_for, c.cluster as matter_cluster, ${periodBeginsSql('c')} as closed_at, c.filing, c.variant
    from attachment a join conversation c on c.id = a.conversation_id where a.id > $1 order by a.id limit $2`,
  events: (rules, row, now) =>
    fileEvents(rules, { ...row, cluster: row.matter_cluster, closedAt: row.closed_at }, now),
}

type RelationRow = Stored & { readonly relation_ended_at: Date | null }
/** What waits for the last matter of a person to be deleted. */
function ofRelation(table: 'contact' | 'privacy_notice_evidence'): Kind<RelationRow> {
  return {
    table,
    page: `select id, cluster, rule_version, due_at, waits_for, relation_ended_at from ${table} where id > $1 order by id limit $2`,
    events: (_rules, { relation_ended_at: endedAt }) => ({
      occurred: endedAt === null ? {} : { RELATION_ENDED: asInstant(endedAt) },
      variant: null,
      parent: null,
    }),
  }
}
const contacts = ofRelation('contact')
const notices = ofRelation('privacy_notice_evidence')

/**
 * Whoever deletes a person's last matter says when; this finds who has none and nobody said so, and who has come back. That they were told follows
 * them as long as they are known, and stays as it is when they are not.
 */
async function noteEndedRelations({ pool, now }: Asking): Promise<void> {
  await pool.query(
    `update contact t set relation_ended_at = case when t.relation_ended_at is null then $1::timestamptz end
     where (t.relation_ended_at is null) = not exists (select 1 from conversation c where c.contact_id = t.id)
       and t.created_at < $1::timestamptz - interval '1 hour'`,
    [now()],
  )
  await pool.query(
    `update privacy_notice_evidence e set relation_ended_at = c.relation_ended_at from contact c
     where c.id = e.contact_id and c.relation_ended_at is distinct from e.relation_ended_at`,
  )
  await pool.query(
    `update privacy_notice_evidence e set relation_ended_at = $1 where e.relation_ended_at is null
       and not exists (select from contact c where c.id = e.contact_id)`,
    [now()],
  )
}

async function compare<Row extends Stored>(
  { pool, now }: Asking,
  rules: Rules,
  { table, page, events }: Kind<Row>,
  signal: AbortSignal,
): Promise<number> {
  let changed = 0
  let after = nobody
  while (!signal.aborted) {
    const { rows } = await pool.query<Row>(page, [after, batchSize])
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.id
    const wrong = rows
      .map((row) => {
        const happened = events(rules, row, now())
        return {
          row,
          columns: columnsOf(reclassify(rules, row.cluster, row.rule_version, happened, now())),
        }
      })
      .filter(({ row, columns }) => differs(row, columns))
    if (wrong.length === 0) continue
    // Only what is still as it was read: whoever closes or opens it meanwhile has written what holds now.
    const { rowCount } = await pool.query(
      `update "${table}" t set rule_version = u.rule_version, due_at = u.due_at, waits_for = u.waits_for
       from unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::text[], $5::timestamptz[], $6::text[], $7::int[])
         as u(id, rule_version, due_at, waits_for, was_due_at, was_waiting_for, was_version)
       where t.id = u.id and t.due_at is not distinct from u.was_due_at and t.waits_for is not distinct from u.was_waiting_for
         and t.rule_version = u.was_version`,
      [
        wrong.map(({ row }) => row.id),
        wrong.map(({ columns }) => columns.ruleVersion),
        wrong.map(({ columns }) => columns.dueAt),
        wrong.map(({ columns }) => columns.waitsFor),
        wrong.map(({ row }) => row.due_at),
        wrong.map(({ row }) => row.waits_for),
        wrong.map(({ row }) => row.rule_version),
      ],
    )
    changed += rowCount ?? 0
  }
  return changed
}

/**
 * Compares what matters, files, contacts and evidence of notice say of themselves with what the law says of them now, and writes where it differs: after a rule has
 * changed, for rows older than their class, and every night. Work is linear, a page a statement; cut off anywhere, what was written is right
 * and the next time goes on. @returns how many rows were written
 */
export async function compareDates(office: Asking, signal: AbortSignal): Promise<number> {
  const rules = await readRules(office.pool)
  await noteEndedRelations(office)
  return (
    (await compare(office, rules, matters, signal)) +
    (await compare(office, rules, files, signal)) +
    (await compare(office, rules, contacts, signal)) +
    (await compare(office, rules, notices, signal))
  )
}
