import {
  type FieldRefusal,
  type FilingPlanEntry,
  type FilingPlanProposal,
  type ProposalPayload,
  Refusal,
} from '@buergerdraht/contract'
import { tidiedReference } from '@buergerdraht/inbox'
import {
  asViewer,
  lockVersions,
  type OfficeContext,
  type ProposalKind,
  type ProposalKinds,
  propose,
  requireMay,
  type Viewer,
  waitForLock,
  withOwnRights,
} from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import { placeAct } from '../ledger/acts.ts'
import { rolesOf } from '../ledger/ledger-role.ts'
import { entriesOf, planInForce } from './read-plan.ts'

type Client = Pick<PoolClient, 'query'>
type Payload = ProposalPayload<'change-filing-plan'>

function keyOf({ reference }: FilingPlanEntry): string {
  return tidiedReference(reference).toLowerCase()
}

/** @throws Refusal `invalid-input` where two entries have one reference, or none has a period */
function requireUsable(entries: readonly FilingPlanEntry[]): void {
  const seen = new Set<string>()
  const faults = entries.flatMap((entry, index): FieldRefusal[] => {
    if (seen.has(keyOf(entry))) return [{ path: `entries.${index}.reference`, fault: 'named-twice' }]
    seen.add(keyOf(entry))
    return []
  })
  if (!entries.some(({ years }) => years !== null))
    faults.push({ path: 'entries', fault: 'no-period-at-all' })
  if (faults.length > 0) throw new Refusal('invalid-input', faults)
}

/** One plan against another, entry by entry. @throws Refusal `filing-plan-unchanged` */
function differenceOf(
  before: readonly FilingPlanEntry[],
  after: readonly FilingPlanEntry[],
): Omit<Payload, 'plan'> {
  const old = new Map(before.map((entry) => [keyOf(entry), entry]))
  const kept = after.flatMap((entry) => {
    const was = old.get(keyOf(entry))
    return was === undefined ? [] : [{ was, entry }]
  })
  const periods = kept.map(({ was, entry }) => (entry.years ?? 0) - (was.years ?? 0))
  const difference = {
    entries: after.length,
    added: after.length - kept.length,
    removed: before.length - kept.length,
    shorter: periods.filter((by) => by < 0).length,
    longer: periods.filter((by) => by > 0).length,
  }
  const isRenamed = kept.some(
    ({ was, entry }) => was.title !== entry.title || was.reference !== entry.reference,
  )
  const { added, removed, shorter, longer } = difference
  if (added + removed + shorter + longer === 0 && !isRenamed) throw new Refusal('filing-plan-unchanged')
  return difference
}

async function store(
  client: Client,
  viewer: Viewer,
  entries: readonly FilingPlanEntry[],
  at: Date,
): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    `insert into filing_plan (version, proposed_by, proposed_at)
     select (select coalesce(max(version), 0) + 1 from filing_plan), person_id, $2 from account where id = $1 returning version`,
    [viewer.accountId, at],
  )
  const version = rows[0]?.version ?? 0
  // Of what nobody has approved only the last proposal can still be decided.
  await client.query(
    'delete from filing_plan_entry e using filing_plan p where p.version = e.version and p.approved_at is null and p.version <> $1',
    [version],
  )
  await client.query(
    `insert into filing_plan_entry (version, reference, title, years)
     select $1, n.reference, n.title, n.years from unnest($2::text[], $3::text[], $4::int[]) as n(reference, title, years)`,
    [
      version,
      entries.map(({ reference }) => tidiedReference(reference)),
      entries.map(({ title }) => title),
      entries.map(({ years }) => years),
    ],
  )
  return version
}

/**
 * Proposes another filing plan, whole. It is in force when the second person agrees.
 * @throws Refusal `not-allowed`, `invalid-input`, `filing-plan-unchanged`, `changed-meanwhile`, `proposal-open`
 */
export async function proposeFilingPlan(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  { basedOn, entries }: FilingPlanProposal,
): Promise<void> {
  requireMay(viewer, 'propose-rules')
  requireUsable(entries)
  await asViewer(office, viewer, async (changing) => {
    const { client } = changing
    const payload = await withOwnRights(changing, async () => {
      await lockVersions(client, 'change-filing-plan', 'planning')
      if ((await planInForce(client)) !== basedOn) throw new Refusal('changed-meanwhile')
      const difference = differenceOf(await entriesOf(client, basedOn), entries)
      return { plan: await store(client, viewer, entries, office.now()), ...difference }
    })
    await propose(office, kinds, changing, viewer, 'change-filing-plan', payload)
  })
}

/** A plan is in force with its approval; the worker gives the longer periods to what was filed before (`applyFilingPlan`). */
export function changingOfFilingPlan(): ProposalKind<Payload> {
  return {
    object: () => null,
    concerns: () => null,
    facts: (payload) => payload,
    async basis({ client }, { plan }) {
      await waitForLock(client, 'planning')
      const { rowCount } = await client.query(
        'select from filing_plan p where version = $1 and approved_at is null and exists (select from filing_plan_entry e where e.version = p.version)',
        [plan],
      )
      if (rowCount === 0) throw new Refusal('changed-meanwhile')
      return `plan@${await planInForce(client)}`
    },
    async apply({ client }, { payload: { plan, ...difference }, at, proposedBy, approvedBy, approverRole }) {
      const approvals = await rolesOf(client, proposedBy, approverRole)
      await placeAct(client, { type: 'FILING_PLAN', ...difference, approvals }, [], at)
      await client.query(
        'update filing_plan set approved_at = $2, approved_by = (select person_id from account where id = $3) where version = $1',
        [plan, at, approvedBy],
      )
    },
  }
}
