import type { PoolClient } from 'pg'
import { announceSql, announceValues } from '../announce.ts'
import { insertRows } from '../insert-rows.ts'
import { newId } from '../new-id.ts'
import { places } from '../places.ts'
import { sealProviderId } from '../provider-id.ts'
import { sealJson } from '../sealing.ts'
import type { Batch, MessageState } from './batch.ts'
import { writeSideEffects } from './write-channel.ts'
import { mergeContacts, writeContacts } from './write-contacts.ts'

const writeConversations = async (client: PoolClient, batch: Batch): Promise<void> => {
  const changed = [...batch.conversations.values()].filter((conversation) => conversation.changed)
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
      waiting_since: 'timestamptz',
      unread_count: 'int',
      last_message_id: 'uuid',
      last_message_at: 'timestamptz',
    },
    changed
      .filter((one) => one.isNew)
      .map((one) => [
        one.id,
        one.channelId,
        one.contactId,
        one.teamId,
        one.keyId,
        one.openedAt,
        one.lastInboundAt,
        one.waitingSince,
        one.unread,
        one.lastMessageId,
        one.lastMessageAt,
      ]),
  )
  const known = changed.filter((one) => !one.isNew)
  if (known.length === 0) return
  await client.query({
    name: 'ingest-update-conversations',
    text: `update conversation c set last_inbound_at = u.last_inbound_at, window_shut_at = u.window_shut_at,
        waiting_since = u.waiting_since, unread_count = c.unread_count + u.unread, last_message_id = u.last_message_id,
        last_message_at = u.last_message_at
      from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::int[], $6::uuid[], $7::timestamptz[])
        as u(id, last_inbound_at, window_shut_at, waiting_since, unread, last_message_id, last_message_at)
      where c.id = u.id`,
    values: [
      known.map((one) => one.id),
      known.map((one) => one.lastInboundAt),
      known.map((one) => one.windowShutAt),
      known.map((one) => one.waitingSince),
      known.map((one) => one.unread),
      known.map((one) => one.lastMessageId),
      known.map((one) => one.lastMessageAt),
    ],
  })
}

/** Null where it is not known here, and then known already. */
const sealedProviderId = (batch: Batch, message: MessageState): Buffer | null => {
  const key = batch.conversationKeys.get(message.keyId)
  return message.providerId === null || key === undefined
    ? null
    : sealProviderId(key, message.id, message.providerId)
}

const writeMessages = async (client: PoolClient, batch: Batch): Promise<void> => {
  await insertRows(
    client,
    'message',
    {
      id: 'uuid',
      conversation_id: 'uuid',
      channel_id: 'uuid',
      direction: 'text',
      kind: 'text',
      provider_id_mac: 'text',
      provider_id_sealed: 'bytea',
      sent_at: 'timestamptz',
      received_at: 'timestamptz',
      content_sealed: 'bytea',
      reply_to_id: 'uuid',
      reply_to_mac: 'text',
      forwarded: 'text',
      from_app: 'boolean',
      edited_at: 'timestamptz',
      revoked_at: 'timestamptz',
      send_state: 'text',
      accepted_at: 'timestamptz',
    },
    batch.newMessages.map(({ state, receivedAt, replyToId, replyToMac, forwarded, fromApp }) => [
      state.id,
      state.conversationId,
      state.channelId,
      state.direction,
      state.kind,
      state.providerIdMac,
      sealedProviderId(batch, state),
      state.sentAt,
      receivedAt,
      state.contentSealed,
      replyToId,
      replyToMac,
      forwarded,
      fromApp,
      state.editedAt,
      state.revokedAt,
      state.sendState,
      state.sendState === null ? null : receivedAt,
    ]),
  )
  await insertRows(
    client,
    'message_version',
    { message_id: 'uuid', version: 'int', content_sealed: 'bytea', replaced_at: 'timestamptz' },
    await withVersionNumbers(client, batch),
  )
  const changed = [...batch.messagesById.values()].filter((message) => message.changed)
  if (changed.length === 0) return
  await client.query({
    name: 'ingest-update-messages',
    text: `update message m set provider_id_mac = coalesce(m.provider_id_mac, u.provider_id_mac),
        provider_id_sealed = coalesce(m.provider_id_sealed, u.provider_id_sealed), kind = u.kind, sent_at = u.sent_at,
        content_sealed = coalesce(u.content_sealed, m.content_sealed), edited_at = u.edited_at, revoked_at = u.revoked_at,
        send_state = case when m.send_state in ('queued', 'sending', 'unknown') then u.send_state else m.send_state end,
        status_sent_at = least(m.status_sent_at, u.status_sent_at), delivered_at = least(m.delivered_at, u.delivered_at),
        read_at = least(m.read_at, u.read_at), played_at = least(m.played_at, u.played_at),
        failed_at = least(m.failed_at, u.failed_at), error_code = coalesce(u.error_code, m.error_code),
        price_category = coalesce(u.price_category, m.price_category),
        accepted_at = case when u.send_state = 'accepted' then coalesce(m.accepted_at, $15) else m.accepted_at end
      from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::timestamptz[],
          $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::text[], $16::timestamptz[], $17::bytea[])
        as u(id, provider_id_mac, kind, content_sealed, edited_at, revoked_at, send_state, status_sent_at, delivered_at, read_at,
          played_at, failed_at, error_code, price_category, sent_at, provider_id_sealed)
      where m.id = u.id`,
    values: [
      changed.map((one) => one.id),
      changed.map((one) => one.providerIdMac),
      changed.map((one) => one.kind),
      changed.map((one) =>
        one.contentSealed === null || one.contentSealed.length === 0 ? null : one.contentSealed,
      ),
      changed.map((one) => one.editedAt),
      changed.map((one) => one.revokedAt),
      changed.map((one) => one.sendState),
      changed.map((one) => one.statusSentAt),
      changed.map((one) => one.deliveredAt),
      changed.map((one) => one.readAt),
      changed.map((one) => one.playedAt),
      changed.map((one) => one.failedAt),
      changed.map((one) => one.errorCode),
      changed.map((one) => one.priceCategory),
      batch.at,
      changed.map((one) => one.sentAt),
      changed.map((one) => sealedProviderId(batch, one)),
    ],
  })
}

/** Versions count from 1 in the order in which they were replaced. */
const withVersionNumbers = async (client: PoolClient, batch: Batch): Promise<unknown[][]> => {
  if (batch.versions.length === 0) return []
  const { rows } = await client.query<{ message_id: string; last: number }>(
    'select message_id, max(version) as last from message_version where message_id = any($1::uuid[]) group by message_id',
    [batch.versions.map((version) => version.messageId)],
  )
  const last = new Map(rows.map((row) => [row.message_id, row.last]))
  return batch.versions.map(({ messageId, contentSealed, at }) => {
    const version = (last.get(messageId) ?? 0) + 1
    last.set(messageId, version)
    return [messageId, version, contentSealed, at]
  })
}

const writeReactions = async (client: PoolClient, batch: Batch): Promise<void> => {
  if (batch.replacedReactions.length > 0) {
    await client.query('update reaction set replaced_at = $2 where id = any($1::uuid[])', [
      batch.replacedReactions,
      batch.at,
    ])
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
      provider_id_mac: 'text',
    },
    batch.newReactions.map(({ state, emojiSealed }) => [
      state.id,
      state.messageId,
      'citizen',
      emojiSealed,
      state.at,
      state.replaced ? batch.at : null,
      state.providerIdMac,
    ]),
  )
}

const writeAttachments = (client: PoolClient, batch: Batch): Promise<void> =>
  insertRows(
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
      claimed_sha256: 'bytea',
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
      one.claimedSha256,
      one.deadlineAt,
      one.state === 'pending' ? one.createdAt : null,
      one.createdAt,
    ]),
  )

const writeSearch = async (client: PoolClient, batch: Batch): Promise<void> => {
  const texts = [...batch.searchTexts.values()]
  if (texts.length === 0) return
  const { tokens, prefixes } = await batch.office.search.tokensOf(texts.map((one) => one.text))
  await insertRows(
    client,
    'search_prefix',
    { prefix: 'bigint', token: 'bigint' },
    // In one order everywhere, so that two processes never wait for each other in a circle.
    prefixes
      .toSorted((a, b) => Number(a.prefix > b.prefix) - Number(a.prefix < b.prefix))
      .map(({ prefix, token }) => [prefix.toString(), token.toString()]),
    'on conflict do nothing',
  )
  const outdated = texts.filter((one) => one.messageId === null || !isNewMessage(batch, one.messageId))
  if (outdated.length > 0) {
    await client.query(
      `delete from search_entry e using unnest($1::uuid[], $2::uuid[]) as o(conversation_id, message_id)
       where e.conversation_id = o.conversation_id and e.message_id is not distinct from o.message_id`,
      [outdated.map((one) => one.conversationId), outdated.map((one) => one.messageId)],
    )
  }
  const found = texts.flatMap((one, n) => {
    const ofText = tokens[n] ?? []
    return ofText.length === 0
      ? []
      : [[newId(batch.at), one.conversationId, one.teamId, one.messageId, one.at, `{${ofText.join(',')}}`]]
  })
  await insertRows(
    client,
    'search_entry',
    {
      id: 'uuid',
      conversation_id: 'uuid',
      team_id: 'uuid',
      message_id: 'uuid',
      at: 'timestamptz',
      tokens: 'bigint[]',
    },
    found,
  )
}

const isNewMessage = (batch: Batch, id: string): boolean => batch.messagesById.get(id)?.isNew ?? false

const writeEarlyArrivals = (client: PoolClient, batch: Batch): Promise<void> => {
  const { intake } = batch.office.keys
  return insertRows(
    client,
    'early_arrival',
    {
      channel_id: 'uuid',
      target_mac: 'text',
      kind: 'text',
      key_id: 'uuid',
      event_sealed: 'bytea',
      arrived_at: 'timestamptz',
    },
    batch.early.map((one) => [
      one.channelId,
      one.targetMac,
      one.kind,
      intake.id,
      sealJson(intake.bytes, places.early(one.channelId), one.event),
      batch.at,
    ]),
  )
}

/** Writes what a batch has collected: a fixed number of statements. The announcement is last, because it holds a lock until commit. */
export const writeBatch = async (client: PoolClient, batch: Batch): Promise<void> => {
  await insertRows(
    client,
    'data_key',
    { id: 'uuid', purpose: 'text', wrapped: 'bytea', kek_id: 'text' },
    batch.newKeys.map(({ row }) => [row.id, row.purpose, row.wrapped, row.kekId]),
  )
  await mergeContacts(client, batch)
  await writeContacts(client, batch)
  await writeConversations(client, batch)
  await writeMessages(client, batch)
  await writeReactions(client, batch)
  await writeAttachments(client, batch)
  await writeSearch(client, batch)
  await writeEarlyArrivals(client, batch)
  await writeSideEffects(client, batch)
  const announcements = [...batch.announcements.values()]
  if (announcements.length > 0) {
    await client.query({
      name: 'announce',
      text: announceSql,
      values: announceValues(announcements, batch.at),
    })
  }
}
