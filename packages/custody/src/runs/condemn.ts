import { shareLock, type Transaction } from '@buergerdraht/office'
import type { ReasonCode } from '@buergerdraht/records'
import type { ObjectKind } from '../destroy/objects.ts'
import type { Deletion } from '../ledger/ledger.ts'

export type Item = { readonly kind: ObjectKind; readonly id: string }

/**
 * Why an object stays: what the law says; it is gone, or condemned by another run; an answer of it is on its way; or it was put into another
 * cluster than the one that was approved; or the approval that the run rests on has ended.
 */
export type StayCode = ReasonCode | 'GONE' | 'BEING_SENT' | 'BEING_SEALED' | 'RECLASSIFIED' | 'APPROVAL_ENDED'

/** What the ledger will say of an object, decided anew with everything locked; or why it has fallen out. */
export type Fate =
  | { readonly item: Item; readonly facts: Facts }
  | { readonly item: Item; readonly fallenOut: StayCode }

export type Facts = Pick<Deletion, 'cluster' | 'rule' | 'class' | 'ground' | 'archive'>

/** Decides about objects that are locked. */
export type Decide = (
  client: Transaction['client'],
  runId: string,
  items: readonly Item[],
) => Promise<readonly Fate[]>

export type Condemned = Item & { readonly facts: Facts }

/**
 * Condemns what may go of these items, and lists why the rest stays. When the transaction is durable, nothing can be added to what is condemned, no
 * hold can reach it, and nobody is shown it: it is destroyed, whatever happens.
 */
export async function condemn(
  { client }: Pick<Transaction, 'client'>,
  runId: string,
  items: readonly Item[],
  decide: Decide,
): Promise<void> {
  const ids = items.map(({ id }) => id)
  // First of all, and until commit. A hold takes the same lock alone and until its commit. So each hold is either committed before this line, and the
  // next statement, which has a snapshot of its own (READ COMMITTED), reads it; or it waits until this is committed, and finds the matter condemned.
  // Before the rows: a restriction takes the lock and then its matters, and neither may wait for the other in a circle.
  await shareLock(client, 'holding')
  await client.query(
    `select 1 from conversation where id = any($1::uuid[])
       or id in (select conversation_id from message where id = any($1::uuid[]))
       or id in (select conversation_id from attachment where id = any($1::uuid[]))
     order by id for update`,
    [ids],
  )
  await client.query('select 1 from contact where id = any($1::uuid[]) order by id for update', [ids])
  await client.query('select 1 from data_subject_request where id = any($1::uuid[]) order by id for update', [
    ids,
  ])
  await client.query(
    'select 1 from privacy_notice_evidence where id = any($1::uuid[]) order by id for update',
    [ids],
  )
  const fates = await decide(client, runId, items)
  for (const fate of fates) {
    if ('fallenOut' in fate)
      await client.query(
        `update deletion_run_item set state = 'fallen-out', reason = $3 where run_id = $1 and object_id = $2`,
        [runId, fate.item.id, fate.fallenOut],
      )
  }
  const doomed = fates.flatMap((fate) => ('facts' in fate ? [fate] : []))
  await client.query(
    `insert into deletion_run_item (run_id, kind, object_id, state, facts)
     select $1, n.kind, n.id, 'condemned', n.facts from unnest($2::text[], $3::uuid[], $4::jsonb[]) as n(kind, id, facts)
     on conflict (run_id, object_id) do update set state = 'condemned', facts = excluded.facts`,
    [
      runId,
      doomed.map(({ item }) => item.kind),
      doomed.map(({ item }) => item.id),
      doomed.map(({ facts }) => JSON.stringify(facts)),
    ],
  )
  const condemned = doomed.map(({ item }) => item.id)
  // One of a person is open at a time: what they write from now on opens another.
  await client.query(
    `update conversation set condemned_by = $1, state = 'closed', closed_at = coalesce(closed_at, now()), waiting_since = null
     where id = any($2::uuid[])`,
    [runId, condemned],
  )
  await client.query(`update contact set condemned_by = $1 where id = any($2::uuid[])`, [runId, condemned])
  // Whoever writes now is somebody new.
  await client.query(
    `update contact_identity set ended_at = coalesce(ended_at, now()), replaced_at = null where contact_id = any($1::uuid[])`,
    [condemned],
  )
}
