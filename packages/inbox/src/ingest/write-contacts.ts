import { randomInt } from 'node:crypto'
import { insertRows, open, prepared, seal, sealJson } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import { additionalData } from '../stored/additional-data.ts'
import type { Batch } from './batch.ts'

export async function writeContacts(client: PoolClient, batch: Batch): Promise<void> {
  const contacts = [...batch.contacts.values()]
  await insertRows(
    client,
    'contact',
    {
      id: 'uuid',
      channel_id: 'uuid',
      key_id: 'uuid',
      profile_sealed: 'bytea',
      shape: 'smallint',
      identity_notice: 'text',
      created_at: 'timestamptz',
    },
    contacts
      .filter((contact) => contact.isNew)
      .map((contact) => [
        contact.id,
        contact.channelId,
        contact.keyId,
        sealJson(contact.key, additionalData.profile(contact.id), contact.profile),
        randomInt(8),
        contact.notice,
        batch.at,
      ]),
  )
  const changed = contacts.filter((contact) => contact.changed && !contact.isNew)
  if (changed.length > 0) {
    await client.query(
      prepared(
        `update contact c set profile_sealed = u.profile_sealed, identity_notice = u.notice
        from unnest($1::uuid[], $2::bytea[], $3::text[]) as u(id, profile_sealed, notice) where c.id = u.id`,
        [
          changed.map((contact) => contact.id),
          changed.map((contact) =>
            sealJson(contact.key, additionalData.profile(contact.id), contact.profile),
          ),
          changed.map((contact) => contact.notice),
        ],
      ),
    )
  }
  if (batch.endedIdentities.length > 0) {
    await client.query('update contact_identity set ended_at = $2 where id = any($1::uuid[])', [
      batch.endedIdentities,
      batch.at,
    ])
  }
  await insertRows(
    client,
    'contact_identity',
    {
      id: 'uuid',
      channel_id: 'uuid',
      contact_id: 'uuid',
      kind: 'text',
      value_mac: 'bytea',
      value_sealed: 'bytea',
      since_at: 'timestamptz',
    },
    batch.newIdentities.map(({ id, contact, kind, mac, value, at }) => [
      id,
      contact.channelId,
      contact.id,
      kind,
      Buffer.from(mac, 'hex'),
      seal(contact.key, additionalData.identity(id), value),
      at,
    ]),
  )
}

/** The other contact's conversations and identities move, its key is destroyed, its row goes. */
export async function mergeContacts(client: PoolClient, batch: Batch): Promise<void> {
  for (const { from, to } of batch.merges) {
    await client.query('update conversation set contact_id = $2 where contact_id = $1', [from.id, to.id])
    const { rows } = await client.query<{ id: string; value_sealed: Buffer }>(
      'select id, value_sealed from contact_identity where contact_id = $1',
      [from.id],
    )
    for (const { id, value_sealed } of rows) {
      const value = open(from.key, additionalData.identity(id), value_sealed)
      await client.query('update contact_identity set contact_id = $2, value_sealed = $3 where id = $1', [
        id,
        to.id,
        seal(to.key, additionalData.identity(id), value),
      ])
    }
    await client.query('delete from data_key where id = $1', [from.keyId])
    await client.query('delete from contact where id = $1', [from.id])
    batch.inbox.keys.forget(from.keyId)
  }
}
