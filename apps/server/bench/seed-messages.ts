import {
  additionalData,
  buildIndex,
  onClient,
  providerIdMac,
  SearchIndex,
  type StoredContent,
  sealProviderId,
  storeEntries,
} from '@buergerdraht/inbox'
import { insertRows, newId, seal, sealJson, transactionOn } from '@buergerdraht/office'
import { benchSettings } from './bench-settings.ts'
import type { BenchOffice } from './office-processes.ts'

/** A vocabulary in which words are as unevenly common as in real texts (Zipf). */
const syllables = [
  'ba',
  'ren',
  'tung',
  'ver',
  'amt',
  'schule',
  'weg',
  'haus',
  'lich',
  'ge',
  'mel',
  'dorf',
  'platz',
  'be',
  'kar',
  'te',
]
const vocabulary = Array.from({ length: 20_000 }, (_, n) => {
  const parts = [n % 16, (n >> 4) % 16, (n >> 8) % 16, (n >> 12) % 16]
  return parts.map((part) => syllables[part]).join('')
})

/** Numbers that look random and are the same in every run. */
function randomly(seed: number) {
  let state = seed
  return (): number => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

function wordOf(random: () => number): string {
  return vocabulary[Math.min(vocabulary.length - 1, Math.floor(vocabulary.length ** random()) - 1)] ?? 'amt'
}

/** The words of rank 1, 200 and 15 000: how common a word is decides how the search must go about it. */
export const probes = {
  common: vocabulary[1] ?? '',
  middling: vocabulary[200] ?? '',
  rare: vocabulary[15_000] ?? '',
}

const perConversation = benchSettings.messagesOfMatter
/** Matters that are written at once: five thousand messages. */
const chunk = Math.max(1, Math.floor(5000 / perConversation))

/**
 * Adds conversations of ten messages each until there are `messages`, encrypted and indexed as ingest does. One in ten
 * conversations is open. Returns the ids of some conversations.
 */
export async function seedMessages(office: BenchOffice, from: number, messages: number): Promise<string[]> {
  const { pool, prisma } = office.database
  const search = new SearchIndex(office.keys)
  await buildIndex({ pool, keys: office.keys, search, now: () => new Date() }, new AbortController().signal)
  const team = await prisma.team.findFirstOrThrow()
  const random = randomly(from + 1)
  const client = await pool.connect()
  const ids: string[] = []
  await client.query('set synchronous_commit = off')
  const now = Date.now()
  for (let done = from; done < messages; done += chunk * perConversation) {
    const conversations = Array.from(
      { length: Math.min(chunk, (messages - done) / perConversation) },
      (_, n) => {
        const openedAt = new Date(now - (messages - done - n * perConversation) * 20_000)
        const contactKey = office.keys.make('contact')
        const key = office.keys.make('conversation')
        return {
          id: newId(openedAt),
          contactId: newId(openedAt),
          contactKey,
          key,
          openedAt,
          name: `${wordOf(random)} ${wordOf(random)}`,
          phone: `49171${String(Math.floor(random() * 1e7)).padStart(7, '0')}`,
          isOpen: n % 10 === 0,
        }
      },
    )
    const rows = conversations.flatMap((conversation) =>
      Array.from({ length: perConversation }, (_, n) => {
        const sentAt = new Date(conversation.openedAt.getTime() + n * 60_000)
        const text = Array.from({ length: 12 }, () => wordOf(random)).join(' ')
        const id = newId(sentAt)
        const content: StoredContent = { content: { kind: 'text', text }, referral: null }
        return {
          id,
          conversation,
          n,
          sentAt,
          text,
          sealed: sealJson(conversation.key.bytes, additionalData.content(id), content),
        }
      }),
    )
    await transactionOn(client, async ({ afterCommit }) => {
      await insertRows(
        client,
        'data_key',
        { id: 'uuid', purpose: 'text', wrapped: 'bytea', kek_id: 'text' },
        conversations.flatMap(({ key, contactKey }) =>
          [key, contactKey].map(({ row }) => [row.id, row.purpose, row.wrapped, row.kekId]),
        ),
      )
      await insertRows(
        client,
        'contact',
        {
          id: 'uuid',
          channel_id: 'uuid',
          key_id: 'uuid',
          profile_sealed: 'bytea',
          shape: 'smallint',
          created_at: 'timestamptz',
        },
        conversations.map((one) => [
          one.contactId,
          office.channelId,
          one.contactKey.id,
          sealJson(one.contactKey.bytes, additionalData.profile(one.contactId), {
            name: one.name,
            username: null,
          }),
          1,
          one.openedAt,
        ]),
      )
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
        conversations.map((one) => {
          const id = newId(one.openedAt)
          const value = seal(one.contactKey.bytes, additionalData.identity(id), one.phone)
          return [
            id,
            office.channelId,
            one.contactId,
            'phone',
            Buffer.from(one.contactId),
            value,
            one.openedAt,
          ]
        }),
      )
      await insertRows(
        client,
        'conversation',
        {
          id: 'uuid',
          channel_id: 'uuid',
          contact_id: 'uuid',
          team_id: 'uuid',
          key_id: 'uuid',
          state: 'text',
          opened_at: 'timestamptz',
          closed_at: 'timestamptz',
          last_inbound_at: 'timestamptz',
          waiting_since: 'timestamptz',
          unread_count: 'int',
          last_message_id: 'uuid',
          last_message_at: 'timestamptz',
        },
        conversations.map((one, n) => {
          const last = rows[n * perConversation + perConversation - 1]
          return [
            one.id,
            office.channelId,
            one.contactId,
            team.id,
            one.key.id,
            one.isOpen ? 'open' : 'closed',
            one.openedAt,
            one.isOpen ? null : one.openedAt,
            last?.sentAt,
            one.isOpen ? one.openedAt : null,
            one.isOpen ? 3 : 0,
            last?.id,
            last?.sentAt,
          ]
        }),
      )
      await insertRows(
        client,
        'message',
        {
          id: 'uuid',
          conversation_id: 'uuid',
          channel_id: 'uuid',
          direction: 'text',
          kind: 'text',
          provider_id_mac: 'bytea',
          provider_id_sealed: 'bytea',
          sent_at: 'timestamptz',
          received_at: 'timestamptz',
          content_sealed: 'bytea',
          send_state: 'text',
        },
        rows.map(({ id, conversation, n, sentAt, sealed }) => [
          id,
          conversation.id,
          office.channelId,
          n % 2 === 0 ? 'inbound' : 'outbound',
          'text',
          providerIdMac(office.keys, office.channelId, id),
          sealProviderId(conversation.key.bytes, id, id),
          sentAt,
          sentAt,
          sealed,
          n % 2 === 0 ? null : 'accepted',
        ]),
      )
      await storeEntries(search, { run: onClient(client), afterCommit }, [
        ...rows.map(({ id, conversation, sentAt, text }) => ({
          id,
          conversationId: conversation.id,
          teamId: team.id,
          at: sentAt,
          text,
        })),
        ...conversations.map(({ id, openedAt, name, phone }) => ({
          id,
          conversationId: id,
          teamId: team.id,
          at: openedAt,
          name,
          phone,
        })),
      ])
    })
    ids.push(...conversations.slice(0, 2).map((one) => one.id))
  }
  await client.query('reset synchronous_commit')
  client.release()
  // As autovacuum would have done by the time a desk has grown to this size.
  await pool.query('vacuum analyze')
  return ids
}
