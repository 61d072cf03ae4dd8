import {
  type LiftedName,
  type NameRequest,
  type Proposal,
  type ProposalPayload,
  Refusal,
} from '@buergerdraht/contract'
import { requireMay } from '../access/access.ts'
import type { Viewer } from '../access/viewer.ts'
import { readProposal } from '../approvals/list-proposals.ts'
import type { ProposalKind, ProposalKinds } from '../approvals/proposal-kind.ts'
import { propose } from '../approvals/propose.ts'
import { change } from '../database/publish.ts'
import type { OfficeContext } from '../office-context.ts'
import { recordOftenOn } from './record-act.ts'

/**
 * Whose name stands behind a pseudonym of the audit log is told by two persons, to the one who asked, for a day at most. The approved proposal is
 * all there is of it: {@link liftedNames} reads it, and it runs out by itself.
 */
export function liftingOfPseudonyms(): ProposalKind<ProposalPayload<'lift-pseudonym'>> {
  return {
    concernedByMark: true,
    object: ({ accountId }) => ({ kind: 'account', id: accountId }),
    concerns: ({ accountId }) => accountId,
    facts: ({ reason, hours }) => ({ reason, hours }),
    async basis({ client }, { accountId }) {
      const { rowCount } = await client.query('select 1 from account where id = $1 for share', [accountId])
      if (rowCount === 0) throw new Refusal('not-found')
      return 'account'
    },
    async apply() {},
  }
}

/** @throws Refusal `not-allowed`, `not-found`, `proposal-open` */
export async function askForName(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  request: NameRequest,
): Promise<Proposal> {
  requireMay(viewer, 'ask-for-names')
  const id = await change(office, (changing) =>
    propose(office, kinds, changing, viewer, 'lift-pseudonym', request),
  )
  return readProposal(office, kinds, viewer, id)
}

/** The names that whoever asks may see now. That they were shown is recorded, once in five minutes each. @throws Refusal `not-allowed` */
export async function liftedNames(
  { pool, now }: Pick<OfficeContext, 'pool' | 'now'>,
  viewer: Viewer,
): Promise<{ items: LiftedName[] }> {
  requireMay(viewer, 'read-audit-log')
  const { rows } = await pool.query<{ id: string; display_name: string; until: Date }>(
    `select a.id, a.display_name, max(p.decided_at + make_interval(hours => (p.payload ->> 'hours')::int)) as until
     from proposal p join account a on a.id = p.object_id
     where p.kind = 'lift-pseudonym' and p.state = 'approved' and p.proposed_by = $1
     group by a.id having max(p.decided_at + make_interval(hours => (p.payload ->> 'hours')::int)) > $2 order by a.id`,
    [viewer.accountId, now()],
  )
  for (const { id } of rows)
    await recordOftenOn(pool, now(), viewer, { act: 'name-shown', object: { kind: 'account', id } })
  return {
    items: rows.map(({ id, display_name: displayName, until }) => ({
      accountId: id,
      displayName,
      until: until.toISOString(),
    })),
  }
}
