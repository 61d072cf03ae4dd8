import { type Proposal, type ProposalPayload, Refusal } from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  type Change,
  type OfficeContext,
  type ProposalKind,
  type ProposalKinds,
  propose,
  readProposal,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import {
  type HoldReason,
  liftRestriction,
  parseInstant,
  personId,
  type RestrictionGround,
  releaseHold,
} from '@buergerdraht/records'
import { type LedgerAct, placeAct } from '../ledger/acts.ts'
import { type LedgerRole, ledgerRoleOf } from '../ledger/ledger-role.ts'
import { type HoldRow, holdColumns, holdOf, restrictionOf, scopeOf } from './read-holds.ts'
import { heldOf, idsOf, publishMatters } from './set-hold.ts'

type Client = Pick<Change['client'], 'query'>
type Payload = ProposalPayload<'lift-hold'>

/**
 * One that can be ended; locked where that is decided, after the proposal. Whoever proposes locks the proposals after it, so they only read it.
 * @throws Refusal `not-found`, `hold-ended`
 */
async function inForce(
  client: Client,
  id: string,
  now: Date,
  locking: 'for update' | '' = 'for update',
): Promise<HoldRow> {
  const { rows } = await client.query<HoldRow & { ended_at: Date | null }>(
    `select ${holdColumns}, ended_at from legal_hold where id = $1 ${locking}`,
    [id],
  )
  const [row] = rows
  if (row === undefined) throw new Refusal('not-found')
  if (row.ended_at !== null || (row.expires_at !== null && row.expires_at <= now))
    throw new Refusal('hold-ended')
  return row
}

/** Proposes to end it before its time. @throws Refusal `not-allowed`, `not-found`, `hold-ended`, `person-not-informed`, `proposal-open` */
export async function proposeLifting(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  id: string,
  personInformed: boolean,
): Promise<Proposal> {
  requireMay(viewer, 'set-holds')
  const now = office.now()
  const proposal = await asViewer(office, viewer, async (changing) => {
    const { kind } = await withOwnRights(changing, () => inForce(changing.client, id, now, ''))
    if (kind === 'restriction' && !personInformed) throw new Refusal('person-not-informed')
    const informedAt = kind === 'restriction' ? now.toISOString() : null
    return propose(office, kinds, changing, viewer, 'lift-hold', { holdId: id, kind, informedAt })
  })
  return readProposal(office, kinds, viewer, proposal)
}

async function personOf(client: Client, accountId: string) {
  const { rows } = await client.query<{ person_id: string }>('select person_id from account where id = $1', [
    accountId,
  ])
  return personId(rows[0]?.person_id ?? accountId)
}

async function releaseOf(client: Client, row: HoldRow, approvals: LedgerRole[]): Promise<LedgerAct> {
  if (row.kind === 'hold')
    return {
      type: 'HOLD_RELEASE',
      ...(await heldOf(client, row)),
      approvals,
      reason: row.reason as HoldReason,
    }
  return {
    type: 'UNRESTRICT',
    objects: row.scope === 'CONTACT' ? { contacts: 1 } : { conversations: 1 },
    approvals,
    ground: row.reason as RestrictionGround,
  }
}

/** The second person ends what the first has proposed to end; what it held back is decided again at the next run. */
export function liftingOfHolds({ now }: Pick<OfficeContext, 'now'>): ProposalKind<Payload> {
  return {
    object: ({ holdId }) => ({ kind: 'legal-hold', id: holdId }),
    concerns: () => null,
    facts: ({ kind }) => ({ what: kind }),
    async basis({ client }, { holdId }) {
      const { kind, review_at } = await inForce(client, holdId, now())
      // Somebody who has looked again meanwhile wanted it to stay.
      return `${kind} ${review_at.toISOString()}`
    },
    async apply(changing, { payload, at, proposedBy, approvedBy, approverRole }) {
      const { client } = changing
      const row = await inForce(client, payload.holdId, at)
      const by = {
        proposedBy: await personOf(client, proposedBy),
        approvedBy: await personOf(client, approvedBy),
      }
      const informedAt = payload.informedAt === null ? null : (parseInstant(payload.informedAt) ?? null)
      const lifted =
        row.kind === 'hold'
          ? releaseHold(holdOf(row), asInstant(at), by)
          : liftRestriction(restrictionOf(row), asInstant(at), informedAt, by)
      if ('refused' in lifted)
        throw new Refusal(
          lifted.refused === 'DATA_SUBJECT_NOT_INFORMED' ? 'person-not-informed' : 'changed-meanwhile',
        )
      await client.query(
        'update legal_hold set ended_at = $2, release_proposed_by = $3, released_by = $4, informed_at = $5 where id = $1',
        [row.id, at, proposedBy, approvedBy, payload.informedAt],
      )
      const { rows } = await client.query<{ role: string }>(
        'select role::text as role from account where id = $1',
        [proposedBy],
      )
      await placeAct(
        client,
        await releaseOf(client, row, [ledgerRoleOf(rows[0]?.role ?? null), ledgerRoleOf(approverRole)]),
        idsOf(row),
        at,
      )
      if (row.kind === 'restriction') await publishMatters(changing, scopeOf(row))
    },
  }
}
