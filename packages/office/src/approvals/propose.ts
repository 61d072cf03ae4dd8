import { randomUUID } from 'node:crypto'
import { type ProposalKindName, type ProposalPayload, Refusal } from '@buergerdraht/contract'
import { withOwnRights } from '../access/as-viewer.ts'
import type { Viewer } from '../access/viewer.ts'
import { recordActOn } from '../audit/record-act.ts'
import type { Change } from '../database/publish.ts'
import type { OfficeContext } from '../office-context.ts'
import { sealJson } from '../sealing/sealing.ts'
import { closeProposals } from './close-proposals.ts'
import { kindOf, type ProposalKinds } from './proposal-kind.ts'

type Asking = Pick<OfficeContext, 'keys' | 'now'>

/** Days for which a proposal waits. */
const proposalDays = 7
const dayMs = 24 * 60 * 60 * 1000

export function secretPlace(id: string): string {
  return `proposal:${id}`
}

/**
 * What waits for the same object makes way where its time is over, the state it was made for is gone, or the same person proposes anew.
 * @throws Refusal `proposal-open`
 */
async function makeWay(
  { keys, now }: Asking,
  { client }: Change,
  name: ProposalKindName,
  objectId: string | null,
  basis: string,
  proposer: string,
): Promise<void> {
  const { rows } = await client.query<{
    id: string
    basis: string
    proposed_by: string
    expires_at: Date
    key_id: string | null
  }>(
    `select id, basis, proposed_by, expires_at, key_id from proposal
     where kind = $1 and object_id is not distinct from $2 and state = 'open' for update`,
    [name, objectId],
  )
  for (const open of rows) {
    const isOver = open.expires_at <= now() || open.basis !== basis
    if (!isOver && open.proposed_by !== proposer) throw new Refusal('proposal-open')
    await closeProposals(keys, client, [open], isOver ? 'expired' : 'withdrawn', { by: null, at: now() })
  }
}

/**
 * Proposes something, in the transaction that it belongs to; it waits seven days for a second person. The kind's `check` has been asked before.
 * @param secret what the second person does not see and whoever applies it needs: sealed under a key of its own, which is destroyed with the
 *   decision; null: nothing
 * @returns the proposal's id
 * @throws Refusal `proposal-open`, and what the kind refuses
 */
export function propose<K extends ProposalKindName>(
  { keys, now }: Asking,
  kinds: ProposalKinds,
  changing: Change,
  viewer: Viewer,
  name: K,
  payload: ProposalPayload<K>,
  secret: object | null = null,
): Promise<string> {
  return withOwnRights(changing, async () => {
    const { client } = changing
    const { kind } = kindOf(kinds, name, payload)
    const object = kind.object(payload)
    const basis = await kind.basis(changing, payload)
    await makeWay({ keys, now }, changing, name, object?.id ?? null, basis, viewer.accountId)
    const id = randomUUID()
    const key = secret === null ? null : keys.make('proposal')
    if (key !== null) {
      const { row } = key
      await client.query('insert into data_key (id, purpose, wrapped, kek_id) values ($1, $2, $3, $4)', [
        row.id,
        row.purpose,
        row.wrapped,
        row.kekId,
      ])
    }
    await client.query(
      `insert into proposal (id, kind, payload, key_id, secret_sealed, object_id, concerns_id, basis, proposed_by, proposed_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id,
        name,
        JSON.stringify(payload),
        key?.id ?? null,
        key === null ? null : sealJson(key.bytes, secretPlace(id), secret),
        object?.id ?? null,
        kind.concerns(payload),
        basis,
        viewer.accountId,
        now(),
        new Date(now().getTime() + proposalDays * dayMs),
      ],
    )
    await recordActOn(client, now(), viewer, {
      act: 'proposed',
      ...(object === null ? {} : { object }),
      facts: { ...kind.facts(payload), kind: name, proposal: id },
    })
    return id
  })
}
