import { insertRows, prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import { statedSql } from '../conversations/waiting.ts'
import { sealProviderId } from '../stored/provider-id.ts'
import type { Message, Messages } from './messages.ts'

/** Null where it is not known here, and then known already. */
function sealedProviderId({ id, providerId, conversation }: Message): Buffer | null {
  return providerId === null || conversation.key === null
    ? null
    : sealProviderId(conversation.key, id, providerId)
}

/** New messages, versions of edited ones, and what became of known ones. */
export async function writeMessages(client: PoolClient, messages: Messages, at: Date): Promise<void> {
  const { added, changed, versions, datedBack } = messages.changes()
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
      reply_to_id: 'uuid',
      reply_to_mac: 'bytea',
      forwarded: 'text',
      from_app: 'boolean',
      edited_at: 'timestamptz',
      revoked_at: 'timestamptz',
      statement_id: 'uuid',
      send_state: 'text',
      accepted_at: 'timestamptz',
    },
    added.map(({ message, receivedAt, replyToId, replyToMac, forwarded, fromApp }) => [
      message.id,
      message.conversation.id,
      message.channelId,
      message.direction,
      message.kind,
      message.providerIdMac,
      sealedProviderId(message),
      message.sentAt,
      receivedAt,
      contentOf(message),
      replyToId,
      replyToMac,
      forwarded,
      fromApp,
      message.editedAt,
      message.revokedAt,
      message.statementId,
      message.sendState,
      message.sendState === null ? null : receivedAt,
    ]),
  )
  await insertRows(
    client,
    'message_version',
    { message_id: 'uuid', version: 'int', content_sealed: 'bytea', said_at: 'timestamptz' },
    await withVersionNumbers(client, versions),
  )
  if (changed.length > 0) await writeChanged(client, changed, at)
  if (datedBack.length > 0) {
    await client.query(
      prepared(statedSql, [datedBack.map(({ lineId }) => lineId), datedBack.map(({ lostId }) => lostId)]),
    )
  }
}

async function writeChanged(client: PoolClient, changed: readonly Message[], at: Date): Promise<void> {
  await client.query(
    prepared(
      `update message m set provider_id_mac = coalesce(m.provider_id_mac, u.provider_id_mac),
        provider_id_sealed = coalesce(m.provider_id_sealed, u.provider_id_sealed), kind = u.kind, sent_at = u.sent_at,
        content_sealed = coalesce(u.content_sealed, m.content_sealed), edited_at = u.edited_at, revoked_at = u.revoked_at, statement_id = u.statement_id,
        send_state = case when m.send_state in ('queued', 'sending', 'unknown') then u.send_state else m.send_state end,
        status_sent_at = least(m.status_sent_at, u.status_sent_at), delivered_at = least(m.delivered_at, u.delivered_at),
        read_at = least(m.read_at, u.read_at), played_at = least(m.played_at, u.played_at),
        failed_at = least(m.failed_at, u.failed_at), error_code = coalesce(u.error_code, m.error_code),
        price_category = coalesce(u.price_category, m.price_category),
        accepted_at = case when u.send_state = 'accepted' then coalesce(m.accepted_at, $15) else m.accepted_at end
      from unnest($1::uuid[], $2::bytea[], $3::text[], $4::bytea[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::timestamptz[],
          $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[], $13::text[], $14::text[], $16::timestamptz[], $17::bytea[], $18::uuid[])
        as u(id, provider_id_mac, kind, content_sealed, edited_at, revoked_at, send_state, status_sent_at, delivered_at, read_at,
          played_at, failed_at, error_code, price_category, sent_at, provider_id_sealed, statement_id)
      where m.id = u.id`,
      [
        changed.map((one) => one.id),
        changed.map((one) => one.providerIdMac),
        changed.map((one) => one.kind),
        changed.map(contentOf),
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
        at,
        changed.map((one) => one.sentAt),
        changed.map((one) => sealedProviderId(one)),
        changed.map((one) => one.statementId),
      ],
    ),
  )
}

function contentOf({ content }: Message): Buffer | null {
  return content === 'unread' ? null : content
}

/** Versions count from 1 in the order in which they came. What was said at a time that is known has come before. */
async function withVersionNumbers(
  client: PoolClient,
  versions: ReturnType<Messages['changes']>['versions'],
): Promise<unknown[][]> {
  if (versions.length === 0) return []
  const { rows } = await client.query<{ message_id: string; last: number; said: Date[] }>(
    `select message_id, max(version) as last, array_agg(said_at) as said from message_version
     where message_id = any($1::uuid[]) group by message_id`,
    [versions.map((version) => version.messageId)],
  )
  const known = new Map(
    rows.map(({ message_id, last, said }) => [message_id, { last, said: new Set(said.map(Number)) }]),
  )
  return versions.flatMap(({ messageId, contentSealed, at, late }) => {
    const { last, said } = known.get(messageId) ?? { last: 0, said: new Set<number>() }
    if (late && said.has(at.getTime())) return []
    known.set(messageId, { last: last + 1, said: said.add(at.getTime()) })
    return [[messageId, last + 1, contentSealed, at]]
  })
}
