import { prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import type { Batch } from './batch.ts'
import type { Item, OwnChannel } from './item.ts'
import { findContacts, loadContacts } from './load-contacts.ts'
import { addMessages, findMessages, loadReactions } from './load-messages.ts'

type ConversationRow = {
  id: string
  channel_id: string
  contact_id: string
  team_id: string
  key_id: string
  state: string
  last_inbound_at: Date | null
  window_shut_at: Date | null
  waiting_since: Date | null
  last_message_id: string | null
  last_message_at: Date
  opened_at: Date
  condemned: boolean
  restricted: boolean
}

/** Locked until commit, in one order, so that nobody closes or hands over a conversation while a message is put into it. */
async function loadConversations(
  client: PoolClient,
  { conversations }: Batch,
  inbox: Pick<Inbox, 'keys'>,
  contactIds: readonly string[],
  ids: readonly string[],
): Promise<void> {
  if (contactIds.length === 0 && ids.length === 0) return
  const { rows } = await client.query<ConversationRow>(
    prepared(
      `select id, channel_id, contact_id, team_id, key_id, state, last_inbound_at, window_shut_at, waiting_since,
        last_message_id, last_message_at, opened_at, condemned_by is not null as condemned,
        restricted_at is not null as restricted
      from conversation where id in (
        select id from conversation where contact_id = any($1::uuid[]) and state = 'open' union select unnest($2::uuid[]))
      order by id for no key update`,
      [contactIds, ids],
    ),
  )
  const keys = await inbox.keys.getMany(rows.map((row) => row.key_id))
  for (const row of rows) {
    const stored = {
      id: row.id,
      channelId: row.channel_id,
      teamId: row.team_id,
      keyId: row.key_id,
      // What is condemned is as good as destroyed: nothing is added to it, and what comes opens a matter of its own.
      key: row.condemned ? null : (keys.get(row.key_id) ?? null),
      contactId: row.contact_id,
      lastInboundAt: row.last_inbound_at,
      windowShutAt: row.window_shut_at,
      waitingSince: row.waiting_since,
      lastMessageId: row.last_message_id,
      lastMessageAt: row.last_message_at,
      openedAt: row.opened_at,
      isOpen: row.state === 'open',
      isRestricted: row.restricted,
    }
    conversations.addStored(stored)
  }
}

/** The channels that items belong to. */
export async function loadChannels(
  client: PoolClient,
  items: readonly Item[],
): Promise<ReadonlyMap<string, OwnChannel>> {
  const { rows } = await client.query<OwnChannel>(
    prepared('select id, team_id as "teamId" from channel where id = any($1::uuid[])', [
      [...new Set(items.map((item) => item.channelId))],
    ]),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Reads what a batch of items needs to know: a fixed number of queries, however many items there are. */
export async function loadBatch(
  client: PoolClient,
  inbox: Pick<Inbox, 'keys'>,
  batch: Batch,
  items: readonly Item[],
): Promise<void> {
  const ledTo = await findContacts(client, batch, items)
  const messageRows = await findMessages(client, batch, items)
  const senders = [...new Set(ledTo.map((one) => one.contact_id))]
  // A failure, even one that only now counts, may say something about the person that the message went to, and brings back their matter.
  const failed = items.some(({ event }) => event.type === 'status' && event.status === 'failed')
  const recipients = messageRows.flatMap((row) =>
    row.direction === 'outbound' && (failed || row.failed_at !== null) ? [row.contact_id] : [],
  )
  const concerned = [...new Set([...senders, ...recipients])]
  await loadContacts(client, batch, inbox, concerned, ledTo)
  const spokenOf = [...new Set(messageRows.map((row) => row.conversation_id))]
  await loadConversations(client, batch, inbox, concerned, spokenOf)
  addMessages(batch, messageRows)
  await loadReactions(client, batch, items)
}
