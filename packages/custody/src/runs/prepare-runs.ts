import { asInstant, newId, type OfficeContext, recordActOn, transaction } from '@buergerdraht/office'
import { addDays, europeBerlin, type LocalDate } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import type { Fate } from './condemn.ts'
import { decideByLaw } from './decide-by-law.ts'
import { dueObjects, storeItems } from './plan-run.ts'
import { standingApprovalsAt } from './standing-approval.ts'

/**
 * A run that nobody looks at has no more than so many objects, or ten times those of the largest that there has been in a year: a wrong clock makes
 * everything due at once.
 */
const maxUnseen = 500
const usualFactor = 10

/** The Monday of the town hall's week. */
function mondayOf(now: Date): LocalDate {
  const today = europeBerlin.localDate(asInstant(now))
  const weekday = new Date(`${today}T12:00:00Z`).getUTCDay()
  return addDays(today, -((weekday + 6) % 7))
}

async function maxUsual(client: PoolClient, now: Date): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select coalesce(max(destroyed), 0) as n from deletion_run where state = 'completed' and ended_at > $1::timestamptz - interval '1 year'`,
    [now],
  )
  return Math.max(maxUnseen, (rows[0]?.n ?? 0) * usualFactor)
}

type Going = Extract<Fate, { facts: unknown }>

/**
 * Plans for the week, once: what falls due under a rule that two persons have approved is a run under that approval, and begins at once. Everything else is
 * one run that waits until somebody puts it forward and another approves it. What nobody has put forward of an earlier week makes way: it is in the new one.
 * @returns how many runs
 */
export async function prepareRuns({ pool, now }: OfficeContext): Promise<number> {
  return transaction(pool, async ({ client }) => {
    const at = now()
    const { rowCount } = await client.query(
      'insert into planned_week (monday, planned_at) values ($1, $2) on conflict do nothing',
      [mondayOf(at), at],
    )
    if (rowCount === 0) return 0
    await client.query(`update deletion_run set state = 'expired', ended_at = $1 where state = 'prepared'`, [
      at,
    ])
    const fates = await decideByLaw(client, await dueObjects(client, at, null), at, 'as-planned-now')
    const standing = await standingApprovalsAt(client, at)
    const usual = await maxUsual(client, at)
    const byRule = new Map<string, Going[]>()
    for (const fate of fates)
      if ('facts' in fate) byRule.set(fate.facts.rule, [...(byRule.get(fate.facts.rule) ?? []), fate])
    let runs = 0
    for (const [rule, going] of byRule) {
      const approval = standing.get(rule)
      if (approval === undefined || going.length > usual) continue
      const id = newId(at)
      await client.query(
        `insert into deletion_run (id, kind, state, planned_by, planned_role, planned_at, approved_by, approved_role, approved_at, standing_approval_id)
         select $1, 'planned', 'approved', proposed_by, proposed_role, $3, approved_by, approved_role, $3, id from standing_approval where id = $2`,
        [id, approval.id, at],
      )
      await storeItems(client, id, going)
      await recordActOn(client, at, null, {
        act: 'run-prepared',
        object: { kind: 'deletion-run', id },
        facts: { objects: going.length, standing: true },
      })
      byRule.delete(rule)
      runs += 1
    }
    const waiting = [...byRule.values()].flat()
    if (waiting.length === 0) return runs
    const id = newId(at)
    await client.query(
      `insert into deletion_run (id, kind, state, planned_at) values ($1, 'planned', 'prepared', $2)`,
      [id, at],
    )
    await storeItems(client, id, [...waiting, ...fates.filter((fate) => 'fallenOut' in fate)])
    await recordActOn(client, at, null, {
      act: 'run-prepared',
      object: { kind: 'deletion-run', id },
      facts: { objects: waiting.length, standing: false },
    })
    return runs + 1
  })
}
