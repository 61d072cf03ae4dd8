import { type ClusterCode, type Instant, parseInstant, type Retention } from '@buergerdraht/records'
import type { PoolClient } from 'pg'

/** A version of a deletion rule as it is stored. */
export type StoredRule = {
  readonly cluster: ClusterCode
  readonly version: number
  readonly retention: Retention
  readonly validFrom: Instant
  /** Null: the product's proposal, which nobody has signed yet. It counts, and nothing is deleted under it. */
  readonly approved: { readonly proposedBy: string; readonly approvedBy: string; readonly at: Date } | null
}

/** All versions of all rules, oldest first. */
export type Rules = readonly StoredRule[]

type Row = {
  readonly cluster: ClusterCode
  readonly version: number
  readonly retention: Retention
  readonly valid_from: Date
  readonly proposed_by: string | null
  readonly approved_by: string | null
  readonly approved_at: Date | null
}

/** A moment of the database or the clock as the law reads it. */
export function asInstant(at: Date): Instant {
  const instant = parseInstant(at.toISOString())
  if (instant === undefined) throw new Error('A moment outside the years of the law')
  return instant
}

/** Reads the rules; some twenty rows, for whoever classifies. */
export async function readRules(client: Pick<PoolClient, 'query'>): Promise<Rules> {
  const { rows } = await client.query<Row>('select * from deletion_rule order by cluster, version')
  return rows.map((row) => ({
    cluster: row.cluster,
    version: row.version,
    retention: row.retention,
    validFrom: asInstant(row.valid_from),
    approved:
      row.proposed_by === null || row.approved_by === null || row.approved_at === null
        ? null
        : { proposedBy: row.proposed_by, approvedBy: row.approved_by, at: row.approved_at },
  }))
}

/** The version that holds at a moment; undefined: there is none. */
export function ruleAt(rules: Rules, cluster: ClusterCode, at: Instant): StoredRule | undefined {
  return rules.findLast((rule) => rule.cluster === cluster && rule.validFrom <= at)
}

/** Whether two persons, one of them the data-protection officer, have signed every rule. Until then the office is on trial (Testbetrieb). */
export function areSigned(rules: Rules): boolean {
  return rules.every((rule) => rule.approved !== null)
}
