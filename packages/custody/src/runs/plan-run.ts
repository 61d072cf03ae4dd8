import { createHash } from 'node:crypto'
import { type ProposalPayload, Refusal } from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  type Change,
  newId,
  type OfficeContext,
  type ProposalKind,
  type ProposalKinds,
  propose,
  readRules,
  requireMay,
  ruleAt,
  tellDpo,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { begunBefore } from '../coverage/begun-before.ts'
import type { Fate, Item, StayCode } from './condemn.ts'
import { decideByLaw, supposedBy } from './decide-by-law.ts'
import { standingApprovalsAt } from './standing-approval.ts'

/** A run larger than that is planned as several. */
const maxItems = 20_000

type Client = Change['client']

/** Requests that were answered by then are due; null: none is. */
async function requestsAnsweredBy(client: Pick<Client, 'query'>, now: Date): Promise<Date | null> {
  const rule = ruleAt(await readRules(client), 'DA18', asInstant(now))
  return rule === undefined ? null : begunBefore(rule, 'CASE_CLOSED', null, now)
}

/**
 * What is due, and in no run that is under way. The law has the last word on each. @param teams null: of the whole office, people, requests and evidence too
 */
export async function dueObjects(
  client: Pick<Client, 'query'>,
  now: Date,
  teams: readonly string[] | null,
): Promise<Item[]> {
  const { rows } = await client.query<Item>(
    `select kind, id from (
       select 'conversation' as kind, id, due_at from conversation where due_at <= $1 and condemned_by is null
         and ($3::uuid[] is null or team_id = any($3::uuid[]))
       union all select 'contact', id, due_at from contact where due_at <= $1 and condemned_by is null and $3::uuid[] is null
       union all select 'notice', id, due_at from privacy_notice_evidence where due_at <= $1 and $3::uuid[] is null
       union all select 'request', id, closed_at from data_subject_request where closed_at <= $4::timestamptz and $3::uuid[] is null) d
     where not exists (select from deletion_run_item i join deletion_run r on r.id = i.run_id
       where i.object_id = d.id and i.state = 'planned' and r.state in ('approved', 'running'))
     order by due_at, id limit $2`,
    [now, maxItems, teams, await requestsAnsweredBy(client, now)],
  )
  return rows
}

/** What somebody names: matters, and single messages of matters that stay. */
type Named = { readonly conversationIds: readonly string[]; readonly messageIds: readonly string[] }

/** Each once: a message goes with its matter where both are named. What is another team's does not exist for a lead. */
async function named(
  client: Client,
  { conversationIds, messageIds }: Named,
  teams: readonly string[] | null,
): Promise<Item[]> {
  const { rows } = await client.query<Item>(
    `select case when n.id = c.id then 'conversation' else 'message' end as kind, n.id
     from conversation c cross join lateral (
       select c.id where c.id = any($1::uuid[]) union all
       select m.id from message m where m.id = any($2::uuid[]) and m.conversation_id = c.id and c.id <> all($1::uuid[])) n
     where (c.id = any($1::uuid[]) or c.id in (select conversation_id from message where id = any($2::uuid[])))
       and ($3::uuid[] is null or c.team_id = any($3::uuid[])) order by n.id`,
    [conversationIds, messageIds, teams],
  )
  return rows
}

type RunKind = 'planned' | 'manual' | 'erasure' | 'emergency'

/** A word for what of a run may go now: another one when its batch has changed. */
async function basisOf(client: Client, runId: string, kind: RunKind, now: Date): Promise<string> {
  const { rows } = await client.query<Item>(
    `select kind, object_id as id from deletion_run_item where run_id = $1 and state = 'planned' order by object_id`,
    [runId],
  )
  const fates = await decideByLaw(client, rows, now, 'as-planned-now', supposedBy(kind, rows, now))
  const may = fates.flatMap((fate) => ('facts' in fate ? [`${fate.item.id} ${fate.facts.rule}`] : []))
  return createHash('sha256').update(may.join('\n')).digest('hex')
}

/** What a run would delete, and what it leaves out with the law's reason, as its rows. What is gone by now is not told. */
export async function storeItems(
  client: Pick<Client, 'query'>,
  runId: string,
  fates: readonly Fate[],
): Promise<void> {
  const rows = fates.map((fate) => ({
    ...fate.item,
    facts: 'facts' in fate ? JSON.stringify(fate.facts) : null,
    reason: 'facts' in fate ? null : fate.fallenOut,
  }))
  await client.query(
    `insert into deletion_run_item (run_id, kind, object_id, state, reason, facts)
     select $1, n.kind, n.id, case when n.reason is null then 'planned' else 'fallen-out' end, n.reason, n.facts
     from unnest($2::text[], $3::uuid[], $4::text[], $5::jsonb[]) as n(kind, id, reason, facts) where n.reason is distinct from 'GONE'`,
    [
      runId,
      rows.map((row) => row.kind),
      rows.map((row) => row.id),
      rows.map(({ reason }) => reason),
      rows.map(({ facts }) => facts),
    ],
  )
}

function countsOf(items: readonly Item[]) {
  function ofKind(kind: Item['kind']): number {
    return items.filter((item) => item.kind === kind).length
  }
  return {
    conversations: ofKind('conversation'),
    messages: ofKind('message'),
    files: ofKind('attachment'),
    contacts: ofKind('contact'),
    requests: ofKind('request'),
    notices: ofKind('notice'),
  }
}

/** A run that waits for its second person, and what the law said of everything that was meant. */
export type Planned = {
  readonly runId: string
  readonly going: readonly Item[]
}

/**
 * Plans a run over these objects and proposes it, in the transaction of whoever orders it; nothing is deleted by it. The one way to a run.
 * @returns what the law says of each, and the run; null: nothing may go now, and there is none
 * @throws Refusal `proposal-open`
 */
export async function planItems(
  office: OfficeContext,
  kinds: ProposalKinds,
  changing: Change,
  viewer: Viewer,
  kind: RunKind,
  read: (client: Client) => Promise<readonly Item[]>,
): Promise<{ readonly fates: readonly Fate[]; readonly planned: Planned | null }> {
  const { client } = changing
  const now = office.now()
  const fates = await withOwnRights(changing, async () => {
    const items = await read(client)
    return decideByLaw(client, items, now, 'as-planned-now', supposedBy(kind, items, now))
  })
  const going = fates.flatMap((fate) => ('facts' in fate ? [fate.item] : []))
  if (going.length === 0) return { fates, planned: null }
  const id = newId(now)
  await withOwnRights(changing, async () => {
    await client.query(
      'insert into deletion_run (id, kind, planned_by, planned_role, planned_at) values ($1, $2, $3, $4, $5)',
      [id, kind, viewer.accountId, viewer.role, now],
    )
    await storeItems(client, id, fates)
  })
  const emergency = kind === 'emergency'
  await propose(office, kinds, changing, viewer, 'deletion-run', {
    runId: id,
    ...countsOf(going),
    emergency,
  })
  return { fates, planned: { runId: id, going } }
}

/**
 * Plans a run and puts it before a second person. A lead plans for their own teams. What may not go is listed with its reason. An emergency is of named
 * matters and messages that were unlawfully processed (Art. 17 (1) (d) GDPR): they go before their time and past the archive, never past a hold; the
 * data-protection officer is told with the plan, and the worker takes it before all other runs. @returns the run's id
 * @throws Refusal `not-allowed`, `nothing-to-delete`, `proposal-open`
 */
export async function planDeletionRun(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  asked: Named & { readonly kind: 'planned' | 'manual' | 'emergency' },
): Promise<string> {
  requireMay(viewer, 'plan-deletion')
  const teams = viewer.role === 'team-lead' ? viewer.teamIds : null
  return asViewer(office, viewer, async (changing) => {
    const { planned } = await planItems(office, kinds, changing, viewer, asked.kind, (client) =>
      asked.kind === 'planned' ? dueObjects(client, office.now(), teams) : named(client, asked, teams),
    )
    if (planned === null) throw new Refusal('nothing-to-delete')
    const { runId, going } = planned
    if (asked.kind === 'emergency') {
      const { conversations, messages } = countsOf(going)
      await withOwnRights(changing, () =>
        tellDpo(changing.client, {
          kind: 'emergency-run',
          objectId: runId,
          facts: { matters: conversations, ...(messages > 0 && { messages }) },
          proposedBy: viewer.accountId,
          decidedBy: null,
          at: office.now(),
        }),
      )
    }
    return runId
  })
}

/**
 * Puts a run that the office has prepared before a second person; whoever does is the first.
 * @throws Refusal `not-allowed`, `not-found`, `changed-meanwhile` where somebody else has, `nothing-to-delete` where nothing of it may go any more
 */
export async function putForwardDeletionRun(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  id: string,
): Promise<void> {
  requireMay(viewer, 'give-standing-approvals')
  const now = office.now()
  await asViewer(office, viewer, async (changing) => {
    const { client } = changing
    const going = await withOwnRights(changing, async () => {
      const { rows } = await client.query<{ state: string }>(
        'select state from deletion_run where id = $1 for update',
        [id],
      )
      const [run] = rows
      if (run === undefined) throw new Refusal('not-found')
      if (run.state !== 'prepared') throw new Refusal('changed-meanwhile')
      await client.query(
        `update deletion_run set state = 'planned', planned_by = $2, planned_role = $3 where id = $1`,
        [id, viewer.accountId, viewer.role],
      )
      const { rows: items } = await client.query<Item>(
        `select kind, object_id as id from deletion_run_item where run_id = $1 and state = 'planned'`,
        [id],
      )
      const fates = await decideByLaw(client, items, now, 'as-planned-now')
      return fates.flatMap((fate) => ('facts' in fate ? [fate.item] : []))
    })
    if (going.length === 0) throw new Refusal('nothing-to-delete')
    await propose(office, kinds, changing, viewer, 'deletion-run', {
      runId: id,
      ...countsOf(going),
      emergency: false,
    })
  })
}

/** What a run over everything that is due would destroy now, and what would stay and why; nothing is planned by it. */
export type RunPreview = {
  readonly going: readonly {
    readonly kind: Item['kind']
    readonly rule: string
    readonly count: number
    /** Two persons have approved the rule: it goes with the next week without asking. */
    readonly standing: boolean
  }[]
  readonly staying: readonly { readonly reason: StayCode; readonly count: number }[]
}

export async function previewRun({ pool, now }: Pick<OfficeContext, 'pool' | 'now'>): Promise<RunPreview> {
  const at = now()
  const fates = await decideByLaw(pool, await dueObjects(pool, at, null), at, 'as-planned-now')
  const standing = await standingApprovalsAt(pool, at)
  const going = new Map<string, RunPreview['going'][number]>()
  const staying = new Map<StayCode, number>()
  for (const fate of fates) {
    if ('fallenOut' in fate) {
      staying.set(fate.fallenOut, (staying.get(fate.fallenOut) ?? 0) + 1)
      continue
    }
    const { kind } = fate.item
    const { rule } = fate.facts
    const key = `${kind} ${rule}`
    const count = (going.get(key)?.count ?? 0) + 1
    going.set(key, { kind, rule, count, standing: standing.has(rule) })
  }
  return {
    going: [...going.values()],
    staying: [...staying].map(([reason, count]) => ({ reason, count })),
  }
}

/** The second person of a run. Approved, the worker carries it out. */
export function approvingOfRuns({
  now,
}: Pick<OfficeContext, 'now'>): ProposalKind<ProposalPayload<'deletion-run'>> {
  return {
    object: ({ runId }) => ({ kind: 'deletion-run', id: runId }),
    concerns: () => null,
    facts: ({ conversations, messages, files, contacts, requests, notices, emergency }) => ({
      conversations,
      ...(messages > 0 && { messages }),
      ...(files > 0 && { files }),
      contacts,
      requests,
      ...(notices > 0 && { notices }),
      ...(emergency && { emergency }),
    }),
    async basis({ client }, { runId }) {
      const { rows } = await client.query<{ state: string; kind: RunKind }>(
        'select state, kind from deletion_run where id = $1 for update',
        [runId],
      )
      const [run] = rows
      if (run?.state !== 'planned') throw new Refusal('changed-meanwhile')
      return basisOf(client, runId, run.kind, now())
    },
    async apply({ client }, { payload, at, approvedBy }) {
      await client.query(
        `update deletion_run set state = 'approved', approved_by = $2, approved_at = $3,
           approved_role = (select role::text from account where id = $2) where id = $1`,
        [payload.runId, approvedBy, at],
      )
    },
  }
}
