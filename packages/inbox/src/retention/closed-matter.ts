import { asInstant, classify, columnsOf, type Rules } from '@buergerdraht/office'
import type { ClusterCode, Filing, SubjectEvents, Variant } from '@buergerdraht/records'
import type { PoolClient } from 'pg'

/**
 * The moment from which the period of a matter runs (`closedAt` below), as SQL: when it was closed, or when the electronic file has confirmed that it
 * has it, whichever is later. Null: it is open.
 */
export function periodBeginsSql(alias: string): string {
  return `case when ${alias}.closed_at is not null then greatest(${alias}.closed_at, ${alias}.handed_over_at) end`
}

/** What the law has to know of a matter. */
export type MatterState = {
  readonly cluster: ClusterCode
  /** Null: it is open. See {@link periodBeginsSql}. */
  readonly closedAt: Date | null
  readonly filing: Filing
  readonly variant: Variant | null
}

function occurred({ closedAt }: MatterState): SubjectEvents['occurred'] {
  return closedAt === null ? {} : { CASE_CLOSED: asInstant(closedAt) }
}

/** What happened to a matter, for the law: its messages, drafts, reactions, versions and search entries go with it. */
export function matterEvents(matter: MatterState): SubjectEvents {
  return { occurred: occurred(matter), variant: matter.variant, parent: null }
}

/** What happened to the files of a matter: they go with it, and where it entered no file soon after closing. */
export function fileEvents(rules: Rules, matter: MatterState, now: Date): SubjectEvents {
  const { due } = classify(rules, matter.cluster, matterEvents(matter), now)
  const filed = matter.filing === 'FILED' || matter.filing === 'HANDOVER_OPEN'
  return { occurred: occurred(matter), variant: null, parent: { due, filed } }
}

/**
 * Writes what a matter and its files are classified as. In the transaction that changes it, with the conversation locked. A file that a
 * colleague has uploaded and not sent is out of a clerk's reach: it is dropped within a day, or the nightly comparison takes it along.
 */
export async function classifyMatter(
  client: Pick<PoolClient, 'query'>,
  rules: Rules,
  id: string,
  matter: MatterState,
  now: Date,
): Promise<void> {
  const { cluster, ruleVersion, dueAt, waitsFor } = columnsOf(
    classify(rules, matter.cluster, matterEvents(matter), now),
  )
  await client.query(
    `update conversation set cluster = $2, rule_version = $3, due_at = $4, waits_for = $5, filing = $6, variant = $7 where id = $1`,
    [id, cluster, ruleVersion, dueAt, waitsFor, matter.filing, matter.variant],
  )
  const files = columnsOf(classify(rules, 'DA04', fileEvents(rules, matter, now), now))
  await client.query(
    'update attachment set rule_version = $2, due_at = $3, waits_for = $4 where conversation_id = $1',
    [id, files.ruleVersion, files.dueAt, files.waitsFor],
  )
}
