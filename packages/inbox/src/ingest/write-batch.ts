import {
  insertRows,
  newId,
  prepared,
  publishSql,
  publishValues,
  sealJson,
  type Transaction,
} from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import { waitingSql } from '../conversations/waiting.ts'
import { oweNotices } from '../privacy-notice/owe-notices.ts'
import { writeRecognised } from '../requests/recognised.ts'
import { openAgain } from '../retention/open-again.ts'
import { additionalData } from '../stored/additional-data.ts'
import type { Batch } from './batch.ts'
import type { Conversation } from './conversations.ts'
import type { Reactions } from './reactions.ts'
import { writeChannelNews } from './write-channel.ts'
import { writeContacts } from './write-contacts.ts'
import { writeMessages } from './write-messages.ts'
import { writeSearch } from './write-search.ts'

async function writeConversations(client: PoolClient, changed: readonly Conversation[]): Promise<void> {
  const made = changed.filter((one) => one.isNew)
  await insertRows(
    client,
    'conversation',
    {
      id: 'uuid',
      channel_id: 'uuid',
      contact_id: 'uuid',
      team_id: 'uuid',
      key_id: 'uuid',
      opened_at: 'timestamptz',
      last_inbound_at: 'timestamptz',
      window_shut_at: 'timestamptz',
      waiting_since: 'timestamptz',
      unread_count: 'int',
      last_message_id: 'uuid',
      last_message_at: 'timestamptz',
    },
    made.map((one) => [
      one.id,
      one.channelId,
      one.contactId,
      one.teamId,
      one.keyId,
      one.openedAt,
      one.lastInboundAt,
      one.windowShutAt,
      one.waitingSince,
      one.unread,
      one.lastMessageId,
      one.lastMessageAt,
    ]),
  )
  const known = changed.filter((one) => !one.isNew)
  if (known.length === 0) return
  await openAgain(
    client,
    known.filter((one) => one.reopened).map((one) => one.id),
  )
  await client.query(
    prepared(
      `update conversation c set last_inbound_at = u.last_inbound_at, window_shut_at = u.window_shut_at,
        waiting_since = u.waiting_since, unread_count = c.unread_count + u.unread, last_message_id = u.last_message_id,
        last_message_at = u.last_message_at
      from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::int[], $6::uuid[], $7::timestamptz[])
        as u(id, last_inbound_at, window_shut_at, waiting_since, unread, last_message_id, last_message_at)
      where c.id = u.id`,
      [
        known.map((one) => one.id),
        known.map((one) => one.lastInboundAt),
        known.map((one) => one.windowShutAt),
        known.map((one) => one.waitingSince),
        known.map((one) => one.unread),
        known.map((one) => one.lastMessageId),
        known.map((one) => one.lastMessageAt),
      ],
    ),
  )
}

async function writeReactions(client: PoolClient, reactions: Reactions, at: Date): Promise<void> {
  const { added, replaced } = reactions.changes()
  if (replaced.length > 0) {
    await client.query('update reaction set replaced_at = $2 where id = any($1::uuid[])', [replaced, at])
  }
  await insertRows(
    client,
    'reaction',
    {
      id: 'uuid',
      message_id: 'uuid',
      sender: 'text',
      emoji_sealed: 'bytea',
      at: 'timestamptz',
      replaced_at: 'timestamptz',
      provider_id_mac: 'bytea',
    },
    added.map(({ reaction, emojiSealed }) => [
      reaction.id,
      reaction.messageId,
      'citizen',
      emojiSealed,
      reaction.at,
      reaction.replaced ? at : null,
      reaction.providerIdMac,
    ]),
  )
}

function writeAttachments(client: PoolClient, batch: Batch): Promise<void> {
  return insertRows(
    client,
    'attachment',
    {
      id: 'uuid',
      conversation_id: 'uuid',
      message_id: 'uuid',
      kind: 'text',
      state: 'text',
      media_type: 'text',
      file_name_sealed: 'bytea',
      source_sealed: 'bytea',
      sealed_with: 'text',
      deadline_at: 'timestamptz',
      next_try_at: 'timestamptz',
      created_at: 'timestamptz',
    },
    batch.attachments.map((one) => [
      one.id,
      one.conversationId,
      one.messageId,
      one.kind,
      one.state,
      one.mediaType,
      one.fileNameSealed,
      one.sourceSealed,
      'own',
      one.deadlineAt,
      one.state === 'pending' ? one.createdAt : null,
      one.createdAt,
    ]),
  )
}

function writeEarlyItems(client: PoolClient, { early, inbox }: Batch): Promise<void> {
  const { intake } = inbox.keys
  return insertRows(
    client,
    'early_arrival',
    {
      id: 'uuid',
      channel_id: 'uuid',
      target_mac: 'bytea',
      kind: 'text',
      key_id: 'uuid',
      event_sealed: 'bytea',
      arrived_at: 'timestamptz',
    },
    early
      .rest()
      .map((one) => [
        newId(one.receivedAt),
        one.channelId,
        one.targetMac,
        one.kind,
        intake.id,
        sealJson(intake.bytes, additionalData.early(one.channelId, one.targetMac), one.event),
        one.receivedAt,
      ]),
  )
}

/**
 * Locks the people of whom something is changed or to whom something is added, before any of it is written. Whoever opens a matter again holds its
 * person: waiting for them after a new matter was inserted would be a deadlock, because the index has one open matter a person.
 * @throws Error when one has been condemned since they were read: read again, whoever writes is a stranger
 */
async function lockPeople(
  client: PoolClient,
  people: Batch['people'],
  changed: readonly Conversation[],
): Promise<void> {
  const { contacts, merges, newIdentities } = people.changes()
  const ids = new Set([
    ...changed.flatMap((one) => (one.isNew ? one.contactId : [])),
    ...contacts.map(({ id }) => id),
    ...merges.flatMap(({ from, into }) => [from.id, into.id]),
    ...newIdentities.map(({ contact }) => contact.id),
  ])
  // Who is written by this batch is nobody else's to condemn.
  for (const { id, isNew } of contacts) if (isNew) ids.delete(id)
  if (ids.size === 0) return
  const { rows } = await client.query<{ condemned: boolean }>(
    prepared(
      'select condemned_by is not null as condemned from contact where id = any($1::uuid[]) order by id for key share',
      [[...ids]],
    ),
  )
  if (rows.some(({ condemned }) => condemned)) throw new Error('A person was condemned while they wrote')
}

/** Writes what a batch has collected: a fixed number of statements. Live events are last, because they hold a lock until commit. */
export async function writeBatch(
  client: PoolClient,
  batch: Batch,
  afterCommit: Transaction['afterCommit'],
): Promise<void> {
  const { people, conversations, messages, reactions, at } = batch
  const { newKeys, conversations: changed, unsettled } = conversations.changes()
  await lockPeople(client, people, changed)
  await insertRows(
    client,
    'data_key',
    { id: 'uuid', purpose: 'text', wrapped: 'bytea', kek_id: 'text' },
    [...people.changes().newKeys, ...newKeys, ...batch.attachments.map(({ key }) => key)].map(({ row }) => [
      row.id,
      row.purpose,
      row.wrapped,
      row.kekId,
    ]),
  )
  await writeContacts(client, people, batch.inbox.keys, at)
  await writeConversations(client, changed)
  await writeMessages(client, messages, at)
  if (unsettled.length > 0) await client.query(prepared(waitingSql, [unsettled]))
  await writeReactions(client, reactions, at)
  await writeAttachments(client, batch)
  await writeSearch(client, batch, afterCommit)
  await writeEarlyItems(client, batch)
  await writeRecognised(client, batch.requests, at)
  await oweNotices(client, batch.owed, at)
  await writeChannelNews(client, batch)
  const liveEvents = batch.liveEvents.all()
  if (liveEvents.length > 0) await client.query(prepared(publishSql, publishValues(liveEvents, at)))
}
