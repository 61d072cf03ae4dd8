import {
  clustersOfRuns,
  type ProposalPayload,
  Refusal,
  type Role,
  type StandingApproval,
} from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  type Change,
  type OfficeContext,
  type ProposalKind,
  type ProposalKinds,
  propose,
  type Rules,
  readRules,
  recordActOn,
  requireMay,
  ruleAt,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { addDays, addMonths, europeBerlin, ruleReference } from '@buergerdraht/records'
import { ruleObject } from '../rules/change-rule.ts'
import { endOfDay } from '../rules/days.ts'

type Client = Pick<Change['client'], 'query'>
type Payload = ProposalPayload<'standing-approval'>

const maxListed = 100

type Row = {
  readonly id: string
  readonly rule: string
  readonly proposed_by: string
  readonly proposed_role: Role
  readonly approved_by: string
  readonly approved_role: Role
  readonly approved_at: Date
  readonly ends_at: Date
  readonly revoked_at: Date | null
}

const columns =
  'id, rule, proposed_by, proposed_role, approved_by, approved_role, approved_at, ends_at, revoked_at'

/** The signed rules in force of what runs delete: under others nothing is deleted, so nothing can be approved either. */
function rulesToday(rules: Rules, now: Date): string[] {
  return clustersOfRuns.flatMap((cluster) => {
    const rule = ruleAt(rules, cluster, asInstant(now))
    return rule === undefined || rule.approved === null ? [] : ruleReference(rule)
  })
}

function clusterOf(rule: string): string {
  return rule.slice(3, 7)
}

/** @throws Refusal `invalid-input` for a day that is over, or more than twelve months away */
function endOf(endsOn: string, now: Date): Date {
  const end = endOfDay(endsOn, 'endsOn')
  const today = europeBerlin.localDate(asInstant(now))
  const last = europeBerlin.startOfDay(addDays(addMonths(today, 12), 1))
  if (end <= asInstant(now) || end > last)
    throw new Refusal('invalid-input', [{ path: 'endsOn', fault: 'not-possible' }])
  return new Date(end)
}

/** Those that hold at a moment, by the version of the rule that they are for. */
export async function standingApprovalsAt(client: Client, now: Date): Promise<ReadonlyMap<string, Row>> {
  const { rows } = await client.query<Row>(
    `select ${columns} from standing_approval where revoked_at is null and ends_at > $1`,
    [now],
  )
  return new Map(rows.map((row) => [row.rule, row]))
}

/**
 * Whether what a run rests on still holds, and goes on holding until commit: whoever revokes it waits for that. A run of its own two persons rests
 * on nothing that could end.
 */
export async function stillApproved(client: Client, runId: string, now: Date): Promise<boolean> {
  const { rows } = await client.query<Pick<Row, 'revoked_at' | 'ends_at'>>(
    `select s.revoked_at, s.ends_at from standing_approval s where s.id = (select standing_approval_id from deletion_run where id = $1) for share`,
    [runId],
  )
  return rows.every(({ revoked_at, ends_at }) => revoked_at === null && ends_at > now)
}

/** The newest hundred with how each stands, and what could be approved. No names. @throws Refusal `not-allowed` */
export async function listStandingApprovals(
  office: OfficeContext,
  viewer: Viewer,
): Promise<{ items: StandingApproval[]; rules: string[] }> {
  requireMay(viewer, 'see-deletion-runs')
  const now = office.now()
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const rules = rulesToday(await readRules(client), now)
      const { rows } = await client.query<Row>(
        `select ${columns} from standing_approval order by revoked_at is not null, approved_at desc, id limit ${maxListed}`,
      )
      return { items: rows.map((row) => presented(row, rules, now)), rules }
    }),
  )
}

function presented(row: Row, rules: readonly string[], now: Date): StandingApproval {
  return {
    id: row.id,
    rule: row.rule,
    proposedRole: row.proposed_role,
    approvedRole: row.approved_role,
    approvedAt: row.approved_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    state: stateOf(row, rules, now),
  }
}

function stateOf(row: Row, rules: readonly string[], now: Date): StandingApproval['state'] {
  if (row.revoked_at !== null) return 'revoked'
  if (row.ends_at <= now) return 'ended'
  return rules.includes(row.rule) ? 'in-force' : 'rule-changed'
}

/**
 * Proposes that what falls due under this version of a rule goes each week by itself.
 * @throws Refusal `not-allowed`, `invalid-input`, `changed-meanwhile` for a version that is not in force and signed, `proposal-open`
 */
export async function proposeStandingApproval(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  asked: Payload,
): Promise<void> {
  requireMay(viewer, 'give-standing-approvals')
  endOf(asked.endsOn, office.now())
  await asViewer(office, viewer, (changing) =>
    propose(office, kinds, changing, viewer, 'standing-approval', asked),
  )
}

/** Two persons approve a rule instead of each run under it. An earlier approval of the same kind of data ends with the new one. */
export function givingOfStandingApprovals({ now }: Pick<OfficeContext, 'now'>): ProposalKind<Payload> {
  return {
    object: ({ rule }) => ruleObject(clusterOf(rule)),
    concerns: () => null,
    facts: ({ rule }) => ({ cluster: clusterOf(rule).toLowerCase(), version: Number(rule.split('@')[1]) }),
    async basis({ client }, { rule, endsOn }) {
      await client.query('select 1 from deletion_rule where cluster = $1 for update', [clusterOf(rule)])
      endOf(endsOn, now())
      if (!rulesToday(await readRules(client), now()).includes(rule)) throw new Refusal('changed-meanwhile')
      return rule
    },
    async apply({ client }, { payload: { rule, endsOn }, at, proposedBy, approvedBy, approverRole }) {
      await client.query(
        'update standing_approval set revoked_at = $2, revoked_by = $3 where cluster = $1 and revoked_at is null',
        [clusterOf(rule), at, approvedBy],
      )
      await client.query(
        `insert into standing_approval (id, cluster, rule, proposed_by, proposed_role, approved_by, approved_role, approved_at, ends_at)
         select gen_random_uuid(), $1, $2, $3, a.role::text, $4, $5, $6, $7 from account a where a.id = $3`,
        [clusterOf(rule), rule, proposedBy, approvedBy, approverRole, at, endOf(endsOn, at)],
      )
    },
  }
}

/**
 * Ends it: with the commit nothing more is condemned under it, also by a run that is under way. One person is enough.
 * @throws Refusal `not-allowed`, `not-found`, `changed-meanwhile` where it has ended
 */
export async function revokeStandingApproval(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
): Promise<void> {
  requireMay(viewer, 'give-standing-approvals')
  const now = office.now()
  await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { rows } = await client.query<Pick<Row, 'revoked_at' | 'rule'>>(
        'select revoked_at, rule from standing_approval where id = $1 for update',
        [id],
      )
      const [row] = rows
      if (row === undefined) throw new Refusal('not-found')
      if (row.revoked_at !== null) throw new Refusal('changed-meanwhile')
      await client.query('update standing_approval set revoked_at = $2, revoked_by = $3 where id = $1', [
        id,
        now,
        viewer.accountId,
      ])
      await recordActOn(client, now, viewer, {
        act: 'standing-approval-revoked',
        object: ruleObject(clusterOf(row.rule)),
      })
    }),
  )
}
