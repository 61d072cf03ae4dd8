import { randomInt } from 'node:crypto'
import { insertRows, prepared, seal, sealJson } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { additionalData } from '../stored/additional-data.ts'
import { mergeContact } from './merge-contacts.ts'
import type { People } from './people.ts'

/** New and changed contacts, contacts that became one, and what leads to them. */
export async function writeContacts(
  client: PoolClient,
  people: People,
  keys: Pick<Inbox['keys'], 'forget'>,
  at: Date,
): Promise<void> {
  const { contacts, merges } = people.changes()
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
        at,
      ]),
  )
  const changed = contacts.filter((contact) => !contact.isNew)
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
  for (const { from, into } of merges) await mergeContact(client, keys, from, into)
  await writeIdentities(client, people, at)
}

async function writeIdentities(client: PoolClient, people: People, at: Date): Promise<void> {
  const { ended, newIdentities } = people.changes()
  if (ended.size > 0) {
    await client.query(
      `update contact_identity i set ended_at = $3, replaced_at = u.replaced_at
       from unnest($1::uuid[], $2::timestamptz[]) as u(id, replaced_at) where i.id = u.id`,
      [[...ended.keys()], [...ended.values()].map(({ replacedAt }) => replacedAt), at],
    )
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
      ended_at: 'timestamptz',
      replaced_at: 'timestamptz',
    },
    newIdentities.map(({ id, contact, kind, mac, value, since }) => [
      id,
      contact.channelId,
      contact.id,
      kind,
      Buffer.from(mac, 'hex'),
      seal(contact.key, additionalData.identity(id), value),
      since,
      ended.has(id) ? at : null,
      ended.get(id)?.replacedAt ?? null,
    ]),
  )
}
