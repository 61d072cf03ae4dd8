import {
  type DueKind,
  type DueList,
  type DueObject,
  type DueQuery,
  type PageOfDue,
  Refusal,
} from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  binding,
  type Change,
  cursorOf,
  type OfficeContext,
  type PagePosition,
  positionOf,
  readRules,
  requireMay,
  ruleAt,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import type { Instant } from '@buergerdraht/records'
import {
  type AnsweredRequest,
  answeredRequests,
  justAfter,
  rangeOfAge,
  silentBefore,
  tableOf,
  undecidedSinceSql,
  undecidedSql,
} from './due-ahead.ts'
import { type Keepers, type KeptSql, keptSql, readKeepers } from './kept.ts'
import { weekNamed } from './weeks.ts'

type Client = Pick<Change['client'], 'query'>
type Stored = keyof typeof tableOf

type Row = Omit<DueObject, 'dueAt' | 'undecidedSince'> & {
  readonly dueAt: Date | null
  readonly at: Date | null
}

/** Which objects a list has, of rows `t`. `at`: by what it is ordered, before their ids; null: by these alone. */
type Asked = {
  readonly kinds: readonly Stored[]
  readonly at: string | null
  /** As a condition; values are bound by what it is given. */
  readonly where: (bind: (value: unknown) => string) => string
  /** Those that something keeps, or those that nothing does; null: whether it does or not. */
  readonly kept: boolean | null
  /** Of requests, whose date is computed; null: none are in the list. */
  readonly requests: 'waiting' | ((request: AnsweredRequest) => boolean) | null
}

const stored: readonly Stored[] = ['matter', 'contact', 'file', 'notice']

function withinRange(
  at: string,
  { from, to }: { readonly from: Instant | null; readonly to: Instant | null },
  bind: (value: unknown) => string,
): string {
  const sides = [
    ...(from === null ? [] : [`${at} >= ${bind(from)}::timestamptz`]),
    ...(to === null ? [] : [`${at} < ${bind(to)}::timestamptz`]),
  ]
  return sides.length === 0 ? 'true' : sides.join(' and ')
}

function dueWithin(from: Instant | null, to: Instant, kept: boolean | null): Asked {
  return {
    kinds: stored,
    at: 't.due_at',
    where: (bind) => withinRange('t.due_at', { from, to }, bind),
    kept,
    requests: (one) =>
      (from === null || one.dueAt >= from) && one.dueAt < to && (kept === null || one.kept === kept),
  }
}

function laterOf(one: Instant, other: Instant): Instant {
  return one < other ? other : one
}

function needed<T>(value: T | undefined, path: string): T {
  if (value === undefined) throw new Refusal('invalid-input', [{ path, fault: 'missing' }])
  return value
}

function askedFor({ list, week: name, age: asked }: DueQuery, now: Date): Asked {
  switch (list) {
    case 'overdue':
      return dueWithin(null, justAfter(now), false)
    case 'kept':
      return dueWithin(null, justAfter(now), true)
    case 'week': {
      const week = weekNamed(needed(name, 'week'))
      if (week === undefined) throw new Refusal('invalid-input', [{ path: 'week', fault: 'not-possible' }])
      // What of this week is past its date stands there.
      return dueWithin(laterOf(justAfter(now), week.begins), week.ends, null)
    }
    case 'undecided': {
      const range = rangeOfAge(needed(asked, 'age'), now)
      return {
        kinds: ['matter'],
        at: undecidedSinceSql,
        where: (bind) =>
          `${undecidedSql(`${bind(silentBefore(now))}::timestamptz`)} and ${withinRange(undecidedSinceSql, range, bind)}`,
        kept: null,
        requests: null,
      }
    }
    case 'waiting':
      return {
        kinds: stored,
        at: null,
        where: () => 't.waits_for is not null',
        kept: null,
        requests: 'waiting',
      }
    case 'missing':
      return {
        kinds: stored,
        at: null,
        where: () =>
          'not exists (select from deletion_rule r where r.cluster = t.cluster and r.version = t.rule_version)',
        kept: null,
        requests: null,
      }
  }
}

const ownColumns = 't.cluster, t.rule_version, t.due_at, t.waits_for'
function saidOf(cluster: string, waitsFor: string): string {
  return `'${cluster}' as cluster, null::int as rule_version, null::timestamptz as due_at, ${waitsFor} as waits_for`
}
const columnsOf: Readonly<Record<DueObject['kind'], string>> = {
  matter: `${ownColumns}, t.id as matter, t.contact_id as person`,
  contact: `${ownColumns}, null::uuid as matter, t.id as person`,
  file: `${ownColumns}, t.conversation_id as matter, null::uuid as person`,
  notice: `${ownColumns}, null::uuid as matter, t.contact_id as person`,
  request: `${saidOf('DA18', `case when t.closed_at is null then 'CASE_CLOSED' end`)}, t.conversation_id as matter, t.contact_id as person`,
  'search-entry': `${saidOf('DA11', 'null::text')}, t.conversation_id as matter, null::uuid as person`,
}

/** Row by row of a page, what is said of it: whose it is, and what keeps it. */
function pageSql(branches: readonly string[], limit: string, keptBy: KeptSql): string {
  return `with ${keptBy.terms}, page as (select * from (${branches.map((branch) => `(${branch})`).join(' union all ')}) f order by at, id limit ${limit})
    select p.kind, p.id, p.at, p.cluster, p.rule_version as "ruleVersion", p.due_at as "dueAt", p.waits_for as "waitsFor", m.name as team,
      ${keptBy.held} as held, ${keptBy.atArchive} as "atArchive"
    from page p ${keptBy.joinPage} left join conversation c on c.id = p.matter left join team m on m.id = c.team_id order by p.at, p.id`
}

async function readRows(
  client: Client,
  { list, kind: only }: DueQuery,
  asked: Asked,
  keepers: Keepers,
  after: PagePosition | null,
  limit: number,
): Promise<Row[]> {
  const values: unknown[] = []
  const bind = binding(values)
  const keptBy = keptSql(keepers, bind)
  function branch(kind: DueObject['kind'], table: string, at: string | null, where: string): string {
    const seen =
      after === null
        ? 'true'
        : at === null
          ? `t.id > ${bind(after.id)}::uuid`
          : `(${at}, t.id) > (${bind(after.at)}::timestamptz, ${bind(after.id)}::uuid)`
    const { join, kept } = asked.kept === null ? { join: '', kept: 'true' } : keptBy.rowsOf(table, null)
    const isIn = asked.kept === false ? `not ${kept}` : kept
    return `select '${kind}' as kind, t.id, ${at ?? 'null::timestamptz'} as at, ${columnsOf[kind]} from "${table}" t ${join}
      where ${where} and ${isIn} and ${seen} order by ${at === null ? '' : `${at}, `}t.id limit ${limit}`
  }
  const branches = asked.kinds.map((kind) => branch(kind, tableOf[kind], asked.at, asked.where(bind)))
  if (asked.requests === 'waiting')
    branches.push(branch('request', 'data_subject_request', null, 't.closed_at is null'))
  // Nothing else can be without its date: no key keeps an entry of the search with its matter.
  if (list === 'missing' && only === undefined)
    branches.push(
      branch(
        'search-entry',
        'search_entry',
        null,
        'not exists (select from conversation o where o.id = t.conversation_id)',
      ),
    )
  if (branches.length === 0) return []
  const { rows } = await client.query<Row>(pageSql(branches, `${limit}`, keptBy), values)
  return rows
}

/** Those that a list by dates has, from a position on, as rows of it. */
async function readRequests(
  client: Client,
  isIn: (request: AnsweredRequest) => boolean,
  due: readonly AnsweredRequest[],
  keepers: Keepers,
  after: PagePosition | null,
  limit: number,
): Promise<Row[]> {
  const chosen = due
    .filter(isIn)
    .map(({ id, dueAt }) => ({ id, at: new Date(dueAt) }))
    .filter((one) => after === null || isBefore(after, one))
    .toSorted((one, other) => (isBefore(one, other) ? -1 : 1))
    .slice(0, limit)
  const dates = new Map(chosen.map(({ id, at }) => [id, at]))
  const values: unknown[] = [[...dates.keys()]]
  const { rows } = await client.query<Row>(
    pageSql(
      [
        `select 'request' as kind, t.id, null::timestamptz as at, ${columnsOf.request} from data_subject_request t where t.id = any($1::uuid[])`,
      ],
      `${limit}`,
      keptSql(keepers, binding(values)),
    ),
    values,
  )
  return rows.map((row) => ({ ...row, at: dates.get(row.id) ?? null, dueAt: dates.get(row.id) ?? null }))
}

type Place = { readonly at: Date | null; readonly id: string }
function isBefore(one: Place, other: Place): boolean {
  const apart = (one.at?.getTime() ?? 0) - (other.at?.getTime() ?? 0)
  return apart < 0 || (apart === 0 && one.id < other.id)
}

/** Lists differ in what their positions mean. */
const markOf: Readonly<Record<DueList, string>> = {
  overdue: 'o',
  kept: 'k',
  week: 'w',
  undecided: 'u',
  waiting: 't',
  missing: 'm',
}

/** Of one kind alone, where one is asked for. */
function narrowed(asked: Asked, kind: DueKind | undefined): Asked {
  if (kind === undefined) return asked
  return {
    ...asked,
    kinds: asked.kinds.filter((one) => one === kind),
    requests: kind === 'request' ? asked.requests : null,
  }
}

function startOf({ list, cursor }: DueQuery): PagePosition | null {
  const position = positionOf('cursor', cursor)
  if (position !== null && position.mark !== markOf[list])
    throw new Refusal('invalid-input', [{ path: 'cursor', fault: 'cursor-unknown' }])
  return position
}

/**
 * The objects behind a figure of the desk: by their ids, without content and names. In the order of their dates; where they have none, of their ids.
 * @throws Refusal `not-allowed`, `invalid-input` (week, age, cursor)
 */
export async function listDueObjects(
  office: OfficeContext,
  viewer: Viewer,
  query: DueQuery,
): Promise<PageOfDue> {
  requireMay(viewer, 'watch-retention')
  const now = office.now()
  const [asked, after, maxRead] = [
    narrowed(askedFor(query, now), query.kind),
    startOf(query),
    query.limit + 1,
  ]
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const rules = await readRules(client)
      const keepers = await readKeepers(client, now)
      const found = await readRows(client, query, asked, keepers, after, maxRead)
      if (typeof asked.requests === 'function') {
        const due = await answeredRequests(client, rules, keepers, now)
        found.push(...(await readRequests(client, asked.requests, due, keepers, after, maxRead)))
      }
      found.sort((one, other) => (isBefore(one, other) ? -1 : 1))
      const page = found.slice(0, query.limit)
      const last = page.at(-1)
      const ofRequests = ruleAt(rules, 'DA18', asInstant(now))?.version ?? null
      return {
        items: page.map(({ at, dueAt, ruleVersion, ...row }) => ({
          ...row,
          ruleVersion: row.kind === 'request' ? ofRequests : ruleVersion,
          dueAt: dueAt?.toISOString() ?? null,
          undecidedSince: query.list === 'undecided' ? (at?.toISOString() ?? null) : null,
        })),
        nextCursor:
          found.length > page.length && last !== undefined
            ? cursorOf({ mark: markOf[query.list], at: last.at ?? new Date(0), id: last.id })
            : null,
      }
    }),
  )
}
