import { prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Batch } from './batch.ts'
import type { Item } from './item.ts'
import type { StoredMessage } from './messages.ts'

/** Provider ids that an event is, or speaks of. */
function providerIdsOf(event: Item['event']): string[] {
  switch (event.type) {
    case 'message': {
      const quoted = event.context.replyToProviderId
      return quoted === null ? [event.providerMessageId] : [event.providerMessageId, quoted]
    }
    case 'reaction':
      return [event.targetProviderId]
    case 'edit':
    case 'revoke':
      return [event.originalProviderId]
    case 'status':
    case 'echo':
    case 'call':
    case 'identity-change':
      return [event.providerMessageId]
    default:
      return []
  }
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type MessageRow = {
  id: string
  channel_id: string
  conversation_id: string
  contact_id: string
  direction: 'inbound' | 'outbound'
  kind: string
  provider_id_mac: Buffer | null
  content_sealed: Buffer | null
  has_content: boolean
  sent_at: Date
  edited_at: Date | null
  revoked_at: Date | null
  statement_id: string | null
  send_state: string | null
  status_sent_at: Date | null
  delivered_at: Date | null
  read_at: Date | null
  played_at: Date | null
  failed_at: Date | null
  error_code: string | null
  price_category: string | null
  settled_at: Date | null
}

/** The stored messages that items are or speak of. */
export async function findMessages(
  client: PoolClient,
  { messages }: Batch,
  items: readonly Item[],
): Promise<MessageRow[]> {
  // A provider's id has one mac in a batch.
  const wanted = new Map<Buffer, string>()
  const ownIds = new Set<string>()
  const edited = new Set<Buffer>()
  for (const { channelId, event } of items) {
    for (const providerId of providerIdsOf(event))
      wanted.set(messages.macOf(channelId, providerId), channelId)
    if (event.type === 'edit') edited.add(messages.macOf(channelId, event.originalProviderId))
    if (event.type === 'status' && event.ownId !== null && uuidPattern.test(event.ownId))
      ownIds.add(event.ownId)
  }
  if (wanted.size === 0) return []
  const { rows } = await client.query<MessageRow>(
    prepared(
      `select m.id, m.channel_id, m.conversation_id, c.contact_id, m.direction, m.kind, m.provider_id_mac,
        case when m.provider_id_mac = any($4::bytea[]) then m.content_sealed end as content_sealed,
        m.content_sealed is not null as has_content,
        m.sent_at, m.edited_at, m.revoked_at, m.statement_id, m.send_state, m.status_sent_at, m.delivered_at, m.read_at, m.played_at, m.failed_at,
        m.error_code, m.price_category, m.settled_at
      from message m join conversation c on c.id = m.conversation_id
      where m.id in (
        select m2.id from unnest($1::uuid[], $2::bytea[]) as w(channel_id, mac)
          join message m2 on m2.channel_id = w.channel_id and m2.provider_id_mac = w.mac
        union all select unnest($3::uuid[]))`,
      [[...wanted.values()], [...wanted.keys()], [...ownIds], [...edited]],
    ),
  )
  return rows
}

/** Adds them to the batch, whose conversations are loaded. */
export function addMessages({ conversations, messages }: Batch, rows: readonly MessageRow[]): void {
  for (const row of rows) {
    const conversation = conversations.get(row.conversation_id)
    if (conversation === undefined) continue
    const stored: StoredMessage = {
      id: row.id,
      channelId: row.channel_id,
      conversation,
      direction: row.direction,
      kind: row.kind,
      providerIdMac: row.provider_id_mac,
      content: row.content_sealed ?? (row.has_content ? 'unread' : null),
      sentAt: row.sent_at,
      editedAt: row.edited_at,
      revokedAt: row.revoked_at,
      statementId: row.statement_id,
      sendState: row.send_state,
      statusSentAt: row.status_sent_at,
      deliveredAt: row.delivered_at,
      readAt: row.read_at,
      playedAt: row.played_at,
      failedAt: row.failed_at,
      errorCode: row.error_code,
      priceCategory: row.price_category,
      settledAt: row.settled_at,
    }
    messages.addStored(stored)
  }
}

/** The citizens' reactions to the messages that items react to; the messages are loaded. */
export async function loadReactions(
  client: PoolClient,
  { messages, reactions }: Batch,
  items: readonly Item[],
) {
  const targets = items.flatMap(({ channelId, event }) =>
    event.type === 'reaction' ? (messages.known(channelId, event.targetProviderId)?.id ?? []) : [],
  )
  if (targets.length === 0) return
  const { rows } = await client.query<{
    id: string
    message_id: string
    at: Date
    provider_id_mac: Buffer | null
    replaced: boolean
  }>(
    `select id, message_id, at, provider_id_mac, replaced_at is not null as replaced from reaction
     where message_id = any($1::uuid[]) and sender = 'citizen' order by id`,
    [targets],
  )
  for (const { id, message_id, at, provider_id_mac, replaced } of rows)
    reactions.addStored({ id, messageId: message_id, at, providerIdMac: provider_id_mac, replaced })
}
