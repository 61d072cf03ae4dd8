import { destroyKeys, open, seal } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import type { Contact } from './people.ts'

/** Told once is told: where both have been sent the same version of the privacy notice, what arrived stays. */
async function joinEvidence(client: PoolClient, from: string, into: string): Promise<void> {
  await client.query(
    `delete from privacy_notice_evidence e using (
       select id, row_number() over (partition by version, variant
         order by delivered_at is null, accepted_at is null, message_id is null, owed_at, id) as place
       from privacy_notice_evidence where contact_id = any($1::uuid[])) o where e.id = o.id and o.place > 1`,
    [[from, into]],
  )
  await client.query('update privacy_notice_evidence set contact_id = $2 where contact_id = $1', [from, into])
}

/** The other contact's conversations and identities move, its key is destroyed, its row goes. */
export async function mergeContact(
  client: PoolClient,
  keys: Pick<Inbox['keys'], 'forget'>,
  from: Contact,
  into: Contact,
): Promise<void> {
  await client.query('update conversation set contact_id = $2 where contact_id = $1', [from.id, into.id])
  const { rows } = await client.query<{ id: string; value_sealed: Buffer }>(
    'select id, value_sealed from contact_identity where contact_id = $1',
    [from.id],
  )
  for (const { id, value_sealed } of rows) {
    const value = open(from.key, additionalData.identity(id), value_sealed)
    await client.query('update contact_identity set contact_id = $2, value_sealed = $3 where id = $1', [
      id,
      into.id,
      seal(into.key, additionalData.identity(id), value),
    ])
  }
  await destroyKeys(client, keys, 'contact', [from.keyId])
  await client.query('select holds_follow_merged($1, $2)', [from.id, into.id])
  await joinEvidence(client, from.id, into.id)
  await client.query('update data_subject_request set contact_id = $2 where contact_id = $1', [
    from.id,
    into.id,
  ])
  await client.query('delete from contact where id = $1', [from.id])
}
