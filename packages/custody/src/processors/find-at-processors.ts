import { additionalData, type Inbox, type StoredMediaSource } from '@buergerdraht/inbox'
import { open, openJson } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Objects } from '../destroy/objects.ts'
import { keptAtProviderMs, youngSince } from '../destroy/young-messages.ts'

type Reading = Pick<Inbox, 'keys' | 'now'>
type Client = Pick<PoolClient, 'query'>

/** What a provider is to be asked to delete, or what it keeps whatever we ask. */
export type AtProcessor = {
  readonly channelId: string
  readonly processor: 'BSP' | 'META_CONTACT_BOOK'
  readonly kind: 'media' | 'messages' | 'contact-entry'
  readonly objects: number
  /** The provider's id; null: there is no way to have it deleted. */
  readonly target: string | null
  /** From when on it is gone there by itself; null: never. */
  readonly residueUntil: Date | null
}

const goneAt = `sent_at + ${keptAtProviderMs} * interval '1 millisecond'`

/** Files by the ids that they came or were uploaded under. Those whose key is gone already cannot be named any more. */
async function mediaOf(
  reading: Reading,
  client: Client,
  young: readonly string[],
  { attachments }: Objects,
): Promise<AtProcessor[]> {
  const { rows } = await client.query<{
    id: string
    channel_id: string
    key_id: string
    sealed: Buffer
    gone_at: Date
  }>(
    `select a.id, m.channel_id, case a.sealed_with when 'conversation' then c.key_id else a.id end as key_id, a.source_sealed as sealed,
       m.${goneAt} as gone_at
     from attachment a join message m on m.id = a.message_id join conversation c on c.id = a.conversation_id
     where (a.message_id = any($1::uuid[]) or a.id = any($2::uuid[])) and m.sent_at > $3 and a.source_sealed is not null`,
    [young, attachments, youngSince(reading)],
  )
  const keys = await reading.keys.getMany(rows.map((row) => row.key_id))
  return rows.flatMap(({ id, channel_id, key_id, sealed, gone_at }) => {
    const key = keys.get(key_id)
    if (key === undefined) return []
    const source = openJson<StoredMediaSource>(key, additionalData.mediaSource(id), sealed)
    const targets = new Set([...(source.id === null ? [] : [source.id]), ...(source.uploads ?? [])])
    return [...targets].map((target) => ({
      channelId: channel_id,
      processor: 'BSP' as const,
      kind: 'media' as const,
      objects: 1,
      target,
      residueUntil: gone_at,
    }))
  })
}

/** Messages as such: no provider has a way to delete them. */
async function messagesOf(
  reading: Reading,
  client: Client,
  young: readonly string[],
): Promise<AtProcessor[]> {
  const { rows } = await client.query<{ channel_id: string; n: number; gone_at: Date }>(
    `select m.channel_id, count(*)::int as n, max(m.${goneAt}) as gone_at from message m
     where m.id = any($1::uuid[]) and m.sent_at > $2 and m.provider_id_mac is not null group by 1`,
    [young, youngSince(reading)],
  )
  return rows.map(({ channel_id, n, gone_at }) => ({
    channelId: channel_id,
    processor: 'BSP',
    kind: 'messages',
    objects: n,
    target: null,
    residueUntil: gone_at,
  }))
}

/** The contact book has people by their BSUID; of whom none was ever said nothing can be asked for. */
async function peopleOf({ keys }: Reading, client: Client, { contacts }: Objects): Promise<AtProcessor[]> {
  const { rows } = await client.query<{
    channel_id: string
    key_id: string
    id: string | null
    sealed: Buffer | null
  }>(
    `select c.channel_id, c.key_id, i.id, i.value_sealed as sealed from contact c
     left join contact_identity i on i.contact_id = c.id and i.kind = 'bsuid' where c.id = any($1::uuid[])`,
    [contacts],
  )
  const found = await keys.getMany(rows.map((row) => row.key_id))
  const people = { processor: 'META_CONTACT_BOOK', kind: 'contact-entry', residueUntil: null } as const
  const unnamed = new Map<string, number>()
  const named: AtProcessor[] = []
  for (const { channel_id, key_id, id, sealed } of rows) {
    const key = found.get(key_id)
    if (key !== undefined && id !== null && sealed !== null) {
      const target = open(key, additionalData.identity(id), sealed).toString('utf8')
      named.push({ ...people, channelId: channel_id, objects: 1, target })
    } else unnamed.set(channel_id, (unnamed.get(channel_id) ?? 0) + 1)
  }
  return [
    ...named,
    ...[...unnamed].map(([channelId, objects]) => ({ ...people, channelId, objects, target: null })),
  ]
}

/**
 * What lies at processors of objects that are about to be destroyed; looked up before, because it needs the keys.
 * @param young the messages of which there can be something
 */
export async function findAtProcessors(
  reading: Reading,
  client: Client,
  objects: Objects,
  young: readonly string[],
): Promise<readonly AtProcessor[]> {
  return [
    ...(await mediaOf(reading, client, young, objects)),
    ...(await messagesOf(reading, client, young)),
    ...(await peopleOf(reading, client, objects)),
  ]
}
