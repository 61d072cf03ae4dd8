import { type ProposalKindName, Refusal, type RefusalReason, secondsFor } from '@buergerdraht/contract'
import type { Viewer } from '../access/viewer.ts'
import { recordActOn } from '../audit/record-act.ts'
import { type Change, change } from '../database/publish.ts'
import type { OfficeContext } from '../office-context.ts'
import { openJson } from '../sealing/sealing.ts'
import { closeProposals } from './close-proposals.ts'
import { kindOf, type ProposalKinds } from './proposal-kind.ts'
import { secretPlace } from './propose.ts'

type Row = {
  readonly id: string
  readonly kind: ProposalKindName
  readonly payload: unknown
  readonly key_id: string | null
  readonly secret_sealed: Buffer | null
  readonly basis: string
  readonly state: string
  readonly proposed_by: string
  readonly concerns_id: string | null
  readonly expires_at: Date
}

const select = `select id, kind, payload, key_id, secret_sealed, basis, state, proposed_by, concerns_id, expires_at from proposal
  where id = $1`

/** @throws Refusal `not-found`, `proposal-closed` */
async function openProposal(
  { now }: Pick<OfficeContext, 'now'>,
  client: Pick<Change['client'], 'query'>,
  id: string,
  lock = '',
): Promise<Row> {
  const { rows } = await client.query<Row>(`${select} ${lock}`, [id])
  const [row] = rows
  if (row === undefined) throw new Refusal('not-found')
  if (row.state !== 'open' || row.expires_at <= now()) throw new Refusal('proposal-closed')
  return row
}

/**
 * Another person than the one who proposed and the one it concerns, whatever accounts they have, in a role that may.
 * @throws Refusal `not-allowed`, `second-person-required`
 */
async function requireSecond(
  client: Pick<Change['client'], 'query'>,
  viewer: Viewer,
  { kind, proposed_by, concerns_id }: Row,
): Promise<void> {
  if (!secondsFor(kind).includes(viewer.role)) throw new Refusal('not-allowed')
  const { rows } = await client.query<{ same: boolean }>(
    'select same_person($1, $2) or same_person($1, $3) as same',
    [viewer.accountId, proposed_by, concerns_id],
  )
  if (rows[0]?.same !== false) throw new Refusal('second-person-required')
}

async function secretOf({ keys }: Pick<OfficeContext, 'keys'>, row: Row): Promise<unknown> {
  if (row.key_id === null || row.secret_sealed === null) return null
  return openJson(await keys.get(row.key_id), secretPlace(row.id), row.secret_sealed)
}

async function decide(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  id: string,
  verdict: 'approved' | 'refused' | 'withdrawn',
  refusal: RefusalReason | null = null,
  beside: (changing: Change) => Promise<void> = async () => {},
): Promise<void> {
  await change(office, async (changing) => {
    const { client } = changing
    const row = await openProposal(office, client, id, 'for update')
    const { kind, payload } = kindOf(kinds, row.kind, row.payload)
    if (verdict !== 'withdrawn') await requireSecond(client, viewer, row)
    else if (row.proposed_by !== viewer.accountId) throw new Refusal('not-found')
    const object = kind.object(payload)
    await recordActOn(client, office.now(), viewer, {
      act: `proposal-${verdict}`,
      ...(object === null ? {} : { object }),
      facts: {
        ...kind.facts(payload),
        kind: row.kind,
        proposal: id,
        ...(refusal === null ? {} : { reason: refusal }),
      },
    })
    if (verdict === 'approved') {
      if ((await kind.basis(changing, payload)) !== row.basis) throw new Refusal('changed-meanwhile')
      const secret = await secretOf(office, row)
      await kind.apply(changing, {
        payload,
        secret,
        at: office.now(),
        proposedBy: row.proposed_by,
        approvedBy: viewer.accountId,
        approverRole: viewer.role,
      })
    }
    await beside(changing)
    const by = verdict === 'withdrawn' ? null : viewer.accountId
    await closeProposals(office.keys, client, [row], verdict, { by, at: office.now(), refusal })
  })
}

/**
 * A second person approves. Decided anew: what the payload was made for must still be so, then it is done, recorded and closed with one commit.
 * @throws Refusal `not-found`, `not-allowed`, `second-person-required`, `proposal-closed`, `changed-meanwhile`, and what the kind refuses
 */
export async function approveProposal(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  id: string,
): Promise<void> {
  const row = await openProposal(office, office.pool, id)
  await requireSecond(office.pool, viewer, row)
  const { kind, payload } = kindOf(kinds, row.kind, row.payload)
  await kind.check?.(payload, await secretOf(office, row))
  await decide(office, kinds, viewer, id, 'approved')
}

/**
 * Approves what waits for this object, as {@link approveProposal} does. @param objectId that the proposal is about, as its kind says
 * @throws Refusal `not-found` where nothing of the kind has ever been proposed for it, `proposal-closed` where nothing waits, and the others
 */
export async function approveProposalOf(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  kind: ProposalKindName,
  objectId: string,
): Promise<void> {
  const { rows } = await office.pool.query<{ id: string }>(
    'select id from proposal where kind = $1 and object_id = $2 order by proposed_at desc limit 1',
    [kind, objectId],
  )
  const [newest] = rows
  if (newest === undefined) throw new Refusal('not-found')
  await approveProposal(office, kinds, viewer, newest.id)
}

/**
 * @param reason why, for whoever has proposed it; null: nobody said
 * @param beside what is to be written with it, in its transaction, once it is known that whoever asks may refuse
 * @throws Refusal `not-found`, `not-allowed`, `second-person-required`, `proposal-closed`
 */
export function refuseProposal(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  id: string,
  reason: RefusalReason | null = null,
  beside?: (changing: Change) => Promise<void>,
): Promise<void> {
  return decide(office, kinds, viewer, id, 'refused', reason, beside)
}

/** By whoever has proposed it. @throws Refusal `not-found`, `proposal-closed` */
export function withdrawProposal(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  id: string,
): Promise<void> {
  return decide(office, kinds, viewer, id, 'withdrawn')
}
