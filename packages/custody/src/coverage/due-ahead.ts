import type { DueCounts, DueKind, DueState, UndecidedAge } from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  binding,
  type Change,
  type OfficeContext,
  type Rules,
  readRules,
  requireMay,
  ruleAt,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { addDays, dueOn, europeBerlin, type Instant, silentAfterDays } from '@buergerdraht/records'
import { type Keepers, keptSql, readKeepers } from './kept.ts'
import { weeksFrom } from './weeks.ts'

type Client = Pick<Change['client'], 'query'>

/** So far the desk looks ahead. */
const weeksAhead = 12
const dayMs = 24 * 60 * 60 * 1000

/** Where objects say their date in columns of their own, each with an index over it. */
export const tableOf = {
  matter: 'conversation',
  contact: 'contact',
  file: 'attachment',
  notice: 'privacy_notice_evidence',
} as const

/** The first moment at which something can become due that is not overdue. */
export function justAfter(now: Date): Instant {
  return asInstant(new Date(now.getTime() + 1))
}

/** A range of moments; null: without an end on that side. */
type Range = { readonly from: Instant | null; readonly to: Instant | null }

/** Since when nobody has decided, by whole days of the town hall. */
export function rangeOfAge(age: UndecidedAge, now: Date): Range {
  const today = europeBerlin.localDate(asInstant(now))
  function ago(days: number): Instant {
    return europeBerlin.startOfDay(addDays(today, 1 - days))
  }
  switch (age) {
    case 'under-90':
      return { from: ago(90), to: null }
    case '90-180':
      return { from: ago(180), to: ago(90) }
    case '180-365':
      return { from: ago(365), to: ago(180) }
    case 'over-365':
      return { from: null, to: ago(365) }
  }
}
const ages: readonly UndecidedAge[] = ['under-90', '90-180', '180-365', 'over-365']

/** From then on whoever has not written is silent. */
export function silentBefore(now: Date): Date {
  return new Date(now.getTime() - silentAfterDays * dayMs)
}

/** Since when a matter `t` is closed or silent. */
export const undecidedSinceSql = 'coalesce(t.closed_at, t.last_message_at)'
/** Matters `t` of which nobody has said whether they belong to the file, and of which nothing will say it by itself. */
export function undecidedSql(silent: string): string {
  return `t.filing = 'UNDECIDED' and (t.state = 'closed' or t.last_message_at < ${silent})`
}

export type AnsweredRequest = { readonly id: string; readonly dueAt: Instant; readonly kept: boolean }

/** Requests that are answered, with when they have to be gone by the rule in force: of them no column says it. They are few. */
export async function answeredRequests(
  client: Client,
  rules: Rules,
  keepers: Keepers,
  now: Date,
): Promise<AnsweredRequest[]> {
  const rule = ruleAt(rules, 'DA18', asInstant(now))
  if (rule === undefined) return []
  const values: unknown[] = []
  const { terms, rowsOf } = keptSql(keepers, binding(values))
  const { join, kept: isKept } = rowsOf('data_subject_request', null)
  const { rows } = await client.query<{ id: string; closed_at: Date; kept: boolean }>(
    `with ${terms} select t.id, t.closed_at, ${isKept} as kept from data_subject_request t ${join} where t.closed_at is not null`,
    values,
  )
  return rows.flatMap(({ id, closed_at, kept }) => {
    const occurred = { CASE_CLOSED: asInstant(closed_at) }
    const due = dueOn(rule, { occurred, variant: null, parent: null }, europeBerlin)
    return due.state === 'DUE_AT' ? [{ id, dueAt: due.at, kept }] : []
  })
}

/**
 * What is due before the first of these moments, then from each to the next; what is due at the last or later is not counted. What is due before
 * the first is told apart by whether anything keeps it.
 */
async function countBetween(
  client: Client,
  rules: Rules,
  moments: readonly Instant[],
  now: Date,
): Promise<{ readonly kept: DueCounts; readonly places: readonly DueCounts[] }> {
  const places = moments.map(() => ({ matter: 0, contact: 0, file: 0, request: 0, notice: 0 }))
  const kept = { matter: 0, contact: 0, file: 0, request: 0, notice: 0 }
  function add(place: number, isKept: boolean, kind: DueKind, n: number): void {
    const counts = place === 0 && isKept ? kept : places[place]
    if (counts !== undefined) counts[kind] += n
  }
  const keepers = await readKeepers(client, now)
  const values: unknown[] = [moments, moments[0], moments.at(-1)]
  const sql = keptSql(keepers, binding(values))
  const branches = Object.entries(tableOf).map(([kind, table]) => {
    const { join, kept: isKept } = sql.rowsOf(table, null)
    return `select '${kind}' as kind, width_bucket(t.due_at, $1::timestamptz[]) as place, t.due_at < $2 and ${isKept} as kept, count(*)::int as n
      from "${table}" t ${join} where t.due_at < $3 group by 2, 3`
  })
  const { rows } = await client.query<{ kind: DueKind; place: number; kept: boolean; n: number }>(
    `with ${sql.terms} ${branches.join(' union all ')}`,
    values,
  )
  for (const one of rows) add(one.place, one.kept, one.kind, one.n)
  for (const one of await answeredRequests(client, rules, keepers, now))
    add(moments.filter((moment) => moment <= one.dueAt).length, one.kept, 'request', 1)
  return { kept, places }
}

async function countUndecided(client: Client, now: Date): Promise<DueState['undecided']> {
  const from = ages.map((age) => rangeOfAge(age, now).from).filter((moment) => moment !== null)
  // Moments in order, the oldest first: place 0 is before all of them.
  const { rows } = await client.query<{ place: number; n: number }>(
    `select width_bucket(${undecidedSinceSql}, $1::timestamptz[]) as place, count(*)::int as n from conversation t
     where ${undecidedSql('$2')} group by 1`,
    [from.toSorted(), silentBefore(now)],
  )
  const found = new Map(rows.map(({ place, n }) => [place, n]))
  return ages.map((age, index) => ({ age, matters: found.get(ages.length - 1 - index) ?? 0 }))
}

/** What is overdue, what is past its date and kept, what becomes due, and what nobody has decided about; counted when it is asked for. @throws Refusal `not-allowed` */
export async function readDue(office: OfficeContext, viewer: Viewer): Promise<DueState> {
  requireMay(viewer, 'watch-retention')
  const now = office.now()
  const weeks = weeksFrom(europeBerlin.localDate(asInstant(now)), weeksAhead)
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const rules = await readRules(client)
      const moments = [justAfter(now), ...weeks.map(({ ends }) => ends)]
      const { kept, places } = await countBetween(client, rules, moments, now)
      const [overdue, ...ahead] = places
      if (overdue === undefined) throw new Error('What is overdue has its place')
      return {
        overdue,
        kept,
        weeks: weeks.flatMap(({ week, monday }, index) => {
          const counts = ahead[index]
          return counts === undefined ? [] : [{ week, monday, counts }]
        }),
        undecided: await countUndecided(client, now),
      }
    }),
  )
}
