import type { Sender } from '@buergerdraht/bsp'
import { openJson, prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { additionalData, type StoredProfile } from '../stored/additional-data.ts'
import type { Batch } from './batch.ts'
import { type IdentityKind, identityKey } from './identity.ts'
import { credibleTime, type Item } from './item.ts'

function sendersOf(event: Item['event']): Sender[] {
  switch (event.type) {
    case 'message':
    case 'reaction':
    case 'edit':
    case 'revoke':
    case 'call':
      return [event.sender]
    case 'identity-change':
      return [event.previous, event.current]
    case 'echo':
      return [event.recipient]
    default:
      return []
  }
}

function sentAtOf({ event, receivedAt }: Item): Date {
  return credibleTime('sentAt' in event ? event.sentAt : null, receivedAt)
}

/** A contact that an identity leads to now, or led to when something was sent that is older than its replacement. */
type LedTo = { contact_id: string; kind: IdentityKind; mac: Buffer; replaced_at: Date | null }

export async function findContacts(
  client: PoolClient,
  { people }: Batch,
  items: readonly Item[],
): Promise<LedTo[]> {
  const wanted = new Map<string, { channelId: string; kind: IdentityKind; mac: Buffer; oldest: Date }>()
  for (const item of items) {
    const sentAt = sentAtOf(item)
    for (const { kind, mac } of sendersOf(item.event).flatMap((sender) => people.identitiesOf(sender))) {
      const key = identityKey(item.channelId, kind, mac)
      const known = wanted.get(key)
      const oldest = known !== undefined && known.oldest < sentAt ? known.oldest : sentAt
      wanted.set(key, { channelId: item.channelId, kind, mac: Buffer.from(mac, 'hex'), oldest })
    }
  }
  if (wanted.size === 0) return []
  const looked = [...wanted.values()]
  // Two index look-ups an identity, whatever the planner believes about the sizes.
  const { rows } = await client.query<LedTo>(
    prepared(
      `select i.contact_id, w.kind, w.mac, i.replaced_at
      from unnest($1::uuid[], $2::text[], $3::bytea[], $4::timestamptz[]) as w(channel_id, kind, mac, oldest)
      cross join lateral (
        (select contact_id, null::timestamptz as replaced_at from contact_identity
          where channel_id = w.channel_id and kind = w.kind and value_mac = w.mac and ended_at is null limit 1)
        union all
        select contact_id, replaced_at from contact_identity
          where channel_id = w.channel_id and kind = w.kind and value_mac = w.mac and replaced_at > w.oldest
      ) i`,
      [
        looked.map((one) => one.channelId),
        looked.map((one) => one.kind),
        looked.map((one) => one.mac),
        looked.map((one) => one.oldest),
      ],
    ),
  )
  return rows
}

export async function loadContacts(
  client: PoolClient,
  { people }: Batch,
  inbox: Pick<Inbox, 'keys'>,
  ids: readonly string[],
  ledTo: readonly LedTo[],
): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await client.query<{
    id: string
    channel_id: string
    key_id: string
    profile_sealed: Buffer | null
    identity_notice: string | null
    condemned: boolean
  }>(
    prepared(
      `select id, channel_id, key_id, profile_sealed, identity_notice, condemned_by is not null as condemned
      from contact where id = any($1::uuid[])`,
      [ids],
    ),
  )
  const identities = await client.query<{ id: string; contact_id: string; kind: IdentityKind; mac: Buffer }>(
    prepared(
      'select id, contact_id, kind, value_mac as mac from contact_identity where contact_id = any($1::uuid[]) and ended_at is null',
      [ids],
    ),
  )
  const keys = await inbox.keys.getMany(rows.map((row) => row.key_id))
  for (const row of rows) {
    const key = keys.get(row.key_id)
    // Condemned, or its key is destroyed already: this contact is only waiting for its rows to go.
    if (key === undefined || row.condemned) continue
    people.addStored({
      id: row.id,
      channelId: row.channel_id,
      keyId: row.key_id,
      key,
      profile:
        row.profile_sealed === null
          ? { name: null, username: null }
          : openJson<StoredProfile>(key, additionalData.profile(row.id), row.profile_sealed),
      notice: row.identity_notice,
    })
  }
  for (const { id, contact_id, kind, mac } of identities.rows)
    people.addStoredIdentity(contact_id, kind, id, mac.toString('hex'))
  for (const { contact_id, kind, mac, replaced_at } of ledTo)
    if (replaced_at !== null) people.addFormer(contact_id, kind, mac.toString('hex'), replaced_at)
}
