import type { CoverageState, ProposalKindName } from '@buergerdraht/contract'
import { compareDates, type Inbox } from '@buergerdraht/inbox'
import {
  areSigned,
  asInstant,
  asViewer,
  type OfficeContext,
  readRules,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { catalogue, europeBerlin } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { countRows } from './count-rows.ts'
import { readKeepers } from './kept.ts'
import { tables } from './tables.ts'

type Working = Pick<Inbox, 'pool' | 'now' | 'log'>
type Counts = NonNullable<CoverageState['latest']>['items']

/** Figures that are kept, one a night: two years. */
const maxKept = 730
const hourMs = 60 * 60 * 1000

/** A night begins at two in the town hall. */
function nightOf(at: Date): string {
  return europeBerlin.localDate(asInstant(new Date(at.getTime() - 2 * hourMs)))
}

/** Of every row with personal data whether it says when it has to be gone. One pass over each table. */
export async function countCoverage({ pool, now }: Pick<Working, 'pool' | 'now'>): Promise<Counts> {
  const rules = await readRules(pool)
  const keepers = await readKeepers(pool, now())
  const items: Counts = []
  for (const [table, mark] of Object.entries(tables))
    items.push(...(await countRows(pool, rules, table, mark, keepers, now())))
  return items
}

/**
 * Once a night, and when somebody has asked for it: compares every date with the law, then counts. Of two processes at once the second finds
 * the answer and leaves it; killed in between, it is done anew. @returns how many dates were wrong
 */
export async function sweepCoverage(office: Working, signal: AbortSignal): Promise<number> {
  const { pool, now } = office
  const { rows } = await pool.query<{ id: string | null; computed_at: Date | null }>(
    `select (select min(id) from coverage where computed_at is null) as id, (select max(computed_at) from coverage) as computed_at`,
  )
  const [last] = rows
  const isAsked = last?.id != null
  if (!isAsked && last?.computed_at != null && nightOf(last.computed_at) === nightOf(now())) return 0
  const begunAt = now()
  const changed = await compareDates(office, signal)
  if (signal.aborted) return changed
  const items = await countCoverage(office)
  const figures = JSON.stringify(items)
  // What was asked for before it began is answered by it.
  const answered = await pool.query(
    'update coverage set computed_at = $1, figures = $2 where computed_at is null and asked_at <= $3',
    [now(), figures, begunAt],
  )
  if (answered.rowCount === 0)
    await pool.query('insert into coverage (asked_at, computed_at, figures) values ($1, $2, $3)', [
      begunAt,
      now(),
      figures,
    ])
  await pool.query(
    `delete from coverage where computed_at is not null and id <= (select max(id) from coverage) - ${maxKept}`,
  )
  const gaps = items.reduce((sum, { rows: all, classified }) => sum + all - classified, 0)
  if (gaps > 0) office.log.warn({ gaps }, 'coverage.incomplete')
  return changed
}

type Stored = {
  readonly computed_at: Date | null
  /** Counted by an earlier build, nothing says what is kept. */
  readonly figures: readonly (Omit<Counts[number], 'kept'> & { readonly kept?: number })[] | null
  readonly asked: boolean
}

function countsOf(stored: Stored | undefined): Counts | null {
  return stored?.figures?.map((item) => ({ kept: 0, ...item })) ?? null
}

const latestSql = `select l.computed_at, l.figures, exists (select 1 from coverage where computed_at is null) as asked
  from (select 1) as one left join lateral (
    select computed_at, figures from coverage where computed_at is not null order by computed_at desc, id desc limit 1) as l on true`

/** For the figures of the operation: rows with personal data, those of them that are classified, and what is past its date, overdue or kept. Null: not computed yet. */
export async function coverageTotals({ pool }: Pick<OfficeContext, 'pool'>): Promise<{
  readonly rows: number
  readonly classified: number
  readonly overdue: number
  readonly kept: number
} | null> {
  const { rows } = await pool.query<Stored>(latestSql)
  return totalsOf(countsOf(rows[0]))
}

function totalsOf(items: Counts | null) {
  if (items === null) return null
  const totals = { rows: 0, classified: 0, overdue: 0, kept: 0, waiting: 0 }
  for (const one of items) {
    totals.rows += one.rows
    totals.classified += one.classified
    totals.overdue += one.overdue
    totals.kept += one.kept
    totals.waiting += one.waiting
  }
  return totals
}

/** Tables with rows that say nothing of when they have to be gone. */
function missingIn(items: Counts): { table: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { table, rows, classified } of items)
    counts.set(table, (counts.get(table) ?? 0) + rows - classified)
  return [...counts].flatMap(([table, count]) => (count > 0 ? [{ table, count }] : []))
}

/** In every row one of these is true: it has a date to come, one that has passed (and something keeps it, or nothing does), its period has not begun, or it is missing. */
function figuresOf(items: Counts | null) {
  const totals = totalsOf(items)
  if (items === null || totals === null)
    return {
      objects: null,
      classified: null,
      missing: null,
      due: null,
      overdue: null,
      kept: null,
      waiting: null,
    }
  const { rows, classified, overdue, kept, waiting } = totals
  return {
    objects: rows,
    classified,
    missing: missingIn(items),
    due: classified - overdue - kept - waiting,
    overdue,
    kept,
    waiting,
  }
}

async function isOpen(client: Pick<PoolClient, 'query'>, kind: ProposalKindName, at: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    `select 1 from proposal where kind = $1 and state = 'open' and expires_at > $2`,
    [kind, at],
  )
  return rowCount !== 0
}

/** What is known of the coverage. @throws Refusal `not-allowed` */
export async function readCoverage(office: OfficeContext, viewer: Viewer): Promise<CoverageState> {
  requireMay(viewer, 'see-coverage')
  return asViewer(office, viewer, async (changing) => {
    const { client } = changing
    // Sums without anything of what is counted: leads read them too, who read no tables of the deletion concept.
    const { rows } = await withOwnRights(changing, () => client.query<Stored>(latestSql))
    const [stored] = rows
    const items = countsOf(stored)
    const totals = totalsOf(items)
    return {
      ...figuresOf(items),
      latest:
        stored?.computed_at == null || items === null || totals === null
          ? null
          : { at: stored.computed_at.toISOString(), ...totals, items },
      clusters: Object.values(catalogue).map(({ code, title }) => ({ code, title })),
      asked: stored?.asked ?? false,
      ...(await withOwnRights(changing, async () => ({
        onTrial: !areSigned(await readRules(client)),
        signingProposed: await isOpen(client, 'sign-catalogue', office.now()),
      }))),
    }
  })
}

/** Has it computed anew by the worker, within seconds; asked for already, nothing happens. @throws Refusal `not-allowed` */
export async function askForCoverage(office: OfficeContext, viewer: Viewer): Promise<void> {
  requireMay(viewer, 'watch-retention')
  await asViewer(office, viewer, async ({ client }) => {
    await client.query(
      `insert into coverage (asked_at) select $1 where not exists (select 1 from coverage where computed_at is null)`,
      [office.now()],
    )
  })
}
