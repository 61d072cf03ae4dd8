import type { RulePeriod, RulePreview } from '@buergerdraht/contract'
import { fileEvents, matterEvents, periodBeginsSql } from '@buergerdraht/inbox'
import {
  asInstant,
  asViewer,
  type OfficeContext,
  type Rules,
  readRules,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import {
  type ClusterCode,
  type Due,
  dueOn,
  europeBerlin,
  type Filing,
  type SubjectEvents,
  type Variant,
} from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { nextRule } from './rule-periods.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Objects whose period began within the same hour: they move alike, so the law is asked once for all of them. */
type Group = {
  readonly team: string
  readonly began_at: Date | null
  readonly cluster: ClusterCode
  readonly variant: Variant | null
  readonly filing: Filing
  readonly objects: number
}

const began = periodBeginsSql('c')
const matterColumns = `t.name as team, c.cluster, c.variant, c.filing, min(${began}) as began_at, count(*)::float8 as objects`
const byMatter = `group by t.id, t.name, c.cluster, c.variant, c.filing, date_trunc('hour', ${began})`

const groupsSql = {
  matters: `select ${matterColumns} from conversation c join team t on t.id = c.team_id where c.cluster = $1 ${byMatter}`,
  files: `select ${matterColumns} from attachment a join conversation c on c.id = a.conversation_id join team t on t.id = c.team_id
    where a.cluster = $1 ${byMatter}`,
  people: `select t.name as team, p.cluster, null as variant, 'NOT_APPLICABLE' as filing, min(p.relation_ended_at) as began_at,
      count(*)::float8 as objects
    from contact p join channel n on n.id = p.channel_id join team t on t.id = n.team_id where p.cluster = $1
    group by t.id, t.name, p.cluster, date_trunc('hour', p.relation_ended_at)`,
}

function kindOf(cluster: ClusterCode): keyof typeof groupsSql {
  if (cluster === 'DA04') return 'files'
  return cluster === 'DA06' ? 'people' : 'matters'
}

function eventsOf(rules: Rules, kind: keyof typeof groupsSql, group: Group, now: Date): SubjectEvents {
  const matter = { ...group, closedAt: group.began_at }
  if (kind === 'matters') return matterEvents(matter)
  if (kind === 'files') return fileEvents(rules, matter, now)
  const occurred = group.began_at === null ? {} : { RELATION_ENDED: asInstant(group.began_at) }
  return { occurred, variant: null, parent: null }
}

/** When, in milliseconds; infinity while it waits. */
function momentOf(due: Due): number {
  return due.state === 'DUE_AT' ? Date.parse(due.at) : Number.POSITIVE_INFINITY
}

type Sum = Omit<RulePreview, 'teams'>

function nothing(): Sum {
  return { objects: 0, earlier: 0, later: 0, dueAtOnce: 0, waiting: 0, earlierByDays: 0, laterByDays: 0 }
}

function add(sum: Sum, objects: number, before: number, after: number, now: number): void {
  const days = Math.ceil(Math.abs(after - before) / dayMs)
  sum.objects += objects
  if (after === Number.POSITIVE_INFINITY) sum.waiting += objects
  else if (after < before) {
    sum.earlier += objects
    if (Number.isFinite(days)) sum.earlierByDays = Math.max(sum.earlierByDays, days)
  } else if (after > before) {
    sum.later += objects
    sum.laterByDays = Math.max(sum.laterByDays, days)
  }
  if (after <= now && before > now) sum.dueAtOnce += objects
}

async function groupsOf(client: Pick<PoolClient, 'query'>, cluster: ClusterCode): Promise<Group[]> {
  const { rows } = await client.query<Group>(groupsSql[kindOf(cluster)], [cluster])
  return rows
}

/** What the next version of a rule does to the dates there are; read with the program's own rights. */
export async function effectOf(
  client: Pick<PoolClient, 'query'>,
  rules: Rules,
  { cluster, current, retention }: ReturnType<typeof nextRule>,
  now: Date,
): Promise<RulePreview> {
  const all = nothing()
  const teams = new Map<string, Sum>()
  for (const group of await groupsOf(client, cluster)) {
    const events = eventsOf(rules, kindOf(cluster), group, now)
    const before = momentOf(dueOn(current, events, europeBerlin))
    const after = momentOf(dueOn({ retention }, events, europeBerlin))
    const team = teams.get(group.team) ?? nothing()
    teams.set(group.team, team)
    for (const sum of [all, team]) add(sum, group.objects, before, after, now.getTime())
  }
  const named = [...teams].map(([team, sum]) => ({ ...sum, team }))
  return { ...all, teams: named.toSorted((a, b) => a.team.localeCompare(b.team, 'de')) }
}

/**
 * What other periods would do to the objects there are: whose dates move, by how much, and how many would be due at once. One pass over the
 * rows of the cluster in the database, and the law for each hour in which something began. Nothing is changed.
 * @throws Refusal `not-allowed`, `not-found`, `rule-not-changeable`, `rule-unchanged`, `invalid-input`
 */
export async function previewRule(
  office: OfficeContext,
  viewer: Viewer,
  code: string,
  periods: readonly RulePeriod[],
): Promise<RulePreview> {
  requireMay(viewer, 'watch-retention')
  const now = office.now()
  return asViewer(
    office,
    viewer,
    async (changing) => {
      const rules = await readRules(changing.client)
      const next = nextRule(rules, code, periods, now)
      return withOwnRights(changing, () => effectOf(changing.client, rules, next, now))
    },
    'read only',
  )
}
