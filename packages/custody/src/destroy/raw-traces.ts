import { additionalData, type Inbox, openProviderId } from '@buergerdraht/inbox'
import { open } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Objects } from './objects.ts'

/** Raw events and dead letters that hold something of what is destroyed. They name no conversation: one has to look into them. */
export type RawTraces = { readonly events: readonly string[]; readonly letters: readonly string[] }

type Reading = Pick<Inbox, 'keys' | 'now' | 'log'>
type Client = Pick<PoolClient, 'query'>

/** The oldest dead letter is a week old, and so is what can be in it. */
const rawLifeMs = 9 * 24 * 60 * 60 * 1000
const pageSize = 200

/** By what they are recognised: the provider's ids of messages, and for people their numbers and names at the provider. */
async function needlesOf(
  { keys, now }: Reading,
  client: Client,
  { contacts }: Objects,
  young: readonly string[],
): Promise<{ needles: readonly string[]; channels: readonly string[] }> {
  const { rows } = await client.query<{ id: string; channel_id: string; key_id: string; sealed: Buffer }>(
    `select m.id, m.channel_id, c.key_id, m.provider_id_sealed as sealed from message m join conversation c on c.id = m.conversation_id
     where m.id = any($1::uuid[]) and m.provider_id_sealed is not null and m.received_at > $2`,
    [young, new Date(now().getTime() - rawLifeMs)],
  )
  const people = await client.query<{ id: string; channel_id: string; key_id: string; sealed: Buffer }>(
    `select i.id, i.channel_id, c.key_id, i.value_sealed as sealed from contact_identity i join contact c on c.id = i.contact_id
     where c.id = any($1::uuid[])`,
    [contacts],
  )
  const found = await keys.getMany([...rows, ...people.rows].map((row) => row.key_id))
  function opened(one: { key_id: string }, read: (key: Buffer) => string): string[] {
    const key = found.get(one.key_id)
    return key === undefined ? [] : [read(key)]
  }
  return {
    needles: [
      ...rows.flatMap((row) => opened(row, (key) => openProviderId(key, row.id, row.sealed))),
      ...people.rows.flatMap((row) =>
        opened(row, (key) => open(key, additionalData.identity(row.id), row.sealed).toString('utf8')),
      ),
    ],
    channels: [...new Set([...rows, ...people.rows].map((row) => row.channel_id))],
  }
}

type Raw = { id: string; channel_id: string; key_id: string; place: Buffer | string; body_sealed: Buffer }

async function holding(
  { keys, log }: Reading,
  needles: readonly string[],
  nextPage: (after: string | null) => Promise<readonly Raw[]>,
  placeOf: (raw: Raw) => string,
): Promise<string[]> {
  const holders: string[] = []
  for (let after: string | null = null; ; ) {
    const page = await nextPage(after)
    const found = await keys.getMany(page.map((raw) => raw.key_id))
    for (const raw of page) {
      const key = found.get(raw.key_id)
      if (key === undefined) continue
      try {
        const body = open(key, placeOf(raw), raw.body_sealed)
        if (needles.some((needle) => body.includes(needle))) holders.push(raw.id)
      } catch {
        log.error({ raw: raw.id }, 'destroy.raw-damaged')
      }
    }
    if (page.length < pageSize) return holders
    after = page.at(-1)?.id ?? null
  }
}

/**
 * What of the intake is to go with these objects: raw events that have been ingested, and dead letters. What still waits to be ingested is new,
 * and opens a matter of its own.
 * @param young the messages of which there can be something
 */
export async function findRawTraces(
  reading: Reading,
  client: Client,
  objects: Objects,
  young: readonly string[],
): Promise<RawTraces> {
  const { needles, channels } = await needlesOf(reading, client, objects, young)
  if (needles.length === 0) return { events: [], letters: [] }
  const events = await holding(
    reading,
    needles,
    async (after) => {
      const { rows } = await client.query<Raw>(
        `select id, channel_id, key_id, content_mac as place, body_sealed from webhook_event
         where channel_id = any($1::uuid[]) and ingested_at is not null and id > $2::bigint order by id limit ${pageSize}`,
        [channels, after ?? 0],
      )
      return rows
    },
    (raw) => additionalData.event(raw.channel_id, raw.place as Buffer),
  )
  const letters = await holding(
    reading,
    needles,
    async (after) => {
      const { rows } = await client.query<Raw>(
        `select id, channel_id, key_id, event_id as place, body_sealed from dead_letter
         where channel_id = any($1::uuid[]) and id > $2::uuid order by id limit ${pageSize}`,
        [channels, after ?? '00000000-0000-0000-0000-000000000000'],
      )
      return rows
    },
    (raw) => additionalData.deadLetter(raw.channel_id, raw.place as string),
  )
  return { events, letters }
}
