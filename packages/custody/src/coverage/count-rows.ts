import type { CoverageItem } from '@buergerdraht/contract'
import { asInstant, binding, type Rules, ruleAt, type StoredRule } from '@buergerdraht/office'
import type { ClusterCode } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { begunBefore } from './begun-before.ts'
import type { Mark } from './fate.ts'
import { type Keepers, keptSql } from './kept.ts'

type Fate = Mark['fates'][number]
type Of<K extends Fate['kind']> = Extract<Fate, { readonly kind: K }>
type Client = Pick<PoolClient, 'query'>

/** What sweeps by themselves is gone within this time after its period has ended. */
const graceMs = 2 * 60 * 60 * 1000

/** What of rows `t` is past its date, by whether anything keeps it. */
function pastSql(isPast: string, kept: string): string {
  return `(count(*) filter (where ${isPast} and not ${kept}))::float8 as overdue, (count(*) filter (where ${isPast} and ${kept}))::float8 as kept`
}

async function countOwn(
  client: Client,
  rules: Rules,
  table: string,
  keepers: Keepers,
  now: Date,
): Promise<CoverageItem[]> {
  const values: unknown[] = [now]
  const { terms, rowsOf } = keptSql(keepers, binding(values))
  const { join, kept } = rowsOf(table, null)
  const { rows } = await client.query<{
    cluster: ClusterCode
    known: boolean
    rows: number
    waiting: number
    overdue: number
    kept: number
  }>(
    `with ${terms}
     select t.cluster, r.version is not null as known, count(*)::float8 as rows, count(t.waits_for)::float8 as waiting,
       ${pastSql('t.due_at <= $1', kept)}
     from "${table}" t ${join} left join deletion_rule r on r.cluster = t.cluster and r.version = t.rule_version
     group by t.cluster, r.version is not null`,
    values,
  )
  return rows.map(({ cluster, known, ...counts }) => ({
    table,
    cluster,
    ...counts,
    classified: known && ruleAt(rules, cluster, asInstant(now)) !== undefined ? counts.rows : 0,
  }))
}

async function countWith(
  client: Client,
  rules: Rules,
  table: string,
  fate: Of<'WITH'>,
  now: Date,
): Promise<CoverageItem> {
  const { cluster, of, by, keptBy } = fate
  const strays =
    keptBy === 'COUNTED'
      ? `(select count(*) from "${table}" t where not exists (select 1 from "${of}" o where o.id = t."${by}"))`
      : '0'
  const { rows } = await client.query<{ rows: number; strays: number }>(
    `select (select count("${by}") from "${table}")::float8 as rows, ${strays}::float8 as strays`,
  )
  const [found] = rows
  const all = found?.rows ?? 0
  const isRuled = ruleAt(rules, cluster, asInstant(now)) !== undefined
  // Their date is that of what they go with, which is counted there.
  return {
    table,
    cluster,
    rows: all,
    waiting: 0,
    overdue: 0,
    kept: 0,
    classified: isRuled ? all - (found?.strays ?? 0) : 0,
  }
}

/** By the rule in force; where it is none of this variant, nothing is classified. */
function thresholdOf(rule: StoredRule, { event, variant }: Of<'SINCE'>, now: Date): Date | null {
  return begunBefore(rule, event, variant ?? null, new Date(now.getTime() - graceMs))
}

async function countSince(
  client: Client,
  rules: Rules,
  table: string,
  fate: Of<'SINCE'>,
  keepers: Keepers,
  now: Date,
): Promise<CoverageItem> {
  const { cluster, column, byCluster } = fate
  const rule = ruleAt(rules, cluster, asInstant(now))
  const values: unknown[] = [rule === undefined ? null : thresholdOf(rule, fate, now)]
  const { terms, rowsOf } = keptSql(keepers, binding(values))
  const { join, kept } = rowsOf(table, cluster)
  const { rows } = await client.query<Omit<CoverageItem, 'table' | 'cluster' | 'classified'>>(
    `with ${terms}
     select count(*)::float8 as rows, (count(*) filter (where t."${column}" is null))::float8 as waiting,
       ${pastSql(`t."${column}" <= $1::timestamptz`, kept)}
     from "${table}" t ${join}${byCluster === true ? ` where t.cluster = '${cluster}'` : ''}`,
    values,
  )
  const counts = rows[0] ?? { rows: 0, waiting: 0, overdue: 0, kept: 0 }
  return { table, cluster, ...counts, classified: rule === undefined ? 0 : counts.rows }
}

/** Counts the rows of a table by what becomes of them: one pass over it for each fate. */
export async function countRows(
  client: Client,
  rules: Rules,
  table: string,
  { fates }: Mark,
  keepers: Keepers,
  now: Date,
): Promise<CoverageItem[]> {
  const items: CoverageItem[] = []
  for (const fate of fates) {
    if (fate.kind === 'OWN') items.push(...(await countOwn(client, rules, table, keepers, now)))
    else if (fate.kind === 'WITH') items.push(await countWith(client, rules, table, fate, now))
    else if (fate.kind === 'SINCE') items.push(await countSince(client, rules, table, fate, keepers, now))
  }
  return items
}
