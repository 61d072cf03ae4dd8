import type { BspEvent, Sender } from '@buergerdraht/bsp'
import { openJson, prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { additionalData, type StoredProfile } from '../stored/additional-data.ts'
import {
  type Batch,
  type ChannelState,
  type ContactState,
  type ConversationState,
  emptyBatch,
  type IdentityKind,
  type Item,
  identityKey,
  messageOf,
  providerMac,
} from './batch.ts'
import { identitiesOf } from './contact-of.ts'

function sendersOf(event: BspEvent): Sender[] {
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

/** Provider ids that an event is, or speaks of. */
function providerIdsOf(event: BspEvent): string[] {
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

type ConversationRow = {
  id: string
  channel_id: string
  contact_id: string
  team_id: string
  key_id: string
  last_inbound_at: Date | null
  window_shut_at: Date | null
  waiting_since: Date | null
  last_message_id: string | null
  last_message_at: Date
  opened_at: Date
}

async function loadContacts(client: PoolClient, batch: Batch, items: readonly Item[]): Promise<void> {
  const { keys } = batch.inbox
  const wanted = new Map<string, { channelId: string; kind: IdentityKind; mac: Buffer }>()
  for (const { channelId, event } of items) {
    for (const sender of sendersOf(event)) {
      for (const { kind, mac } of identitiesOf(keys.lookup.identity, sender)) {
        wanted.set(identityKey(channelId, kind, mac), { channelId, kind, mac: Buffer.from(mac, 'hex') })
      }
    }
  }
  if (wanted.size === 0) return
  const looked = [...wanted.values()]
  // One index look-up an identity, whatever the planner believes about the sizes.
  const known = await client.query<{ contact_id: string }>(
    prepared(
      `select distinct i.contact_id from unnest($1::uuid[], $2::text[], $3::bytea[]) as w(channel_id, kind, mac)
      cross join lateral (select contact_id from contact_identity where channel_id = w.channel_id and kind = w.kind
        and value_mac = w.mac and ended_at is null limit 1) i`,
      [looked.map((one) => one.channelId), looked.map((one) => one.kind), looked.map((one) => one.mac)],
    ),
  )
  if (known.rows.length === 0) return
  const contactIds = known.rows.map((row) => row.contact_id)
  const { rows } = await client.query<{
    contact_id: string
    channel_id: string
    key_id: string
    profile_sealed: Buffer | null
    identity_notice: string | null
  }>(
    prepared(
      `select id as contact_id, channel_id, key_id, profile_sealed, identity_notice from contact where id = any($1::uuid[])`,
      [contactIds],
    ),
  )
  const identities = await client.query<{ id: string; contact_id: string; kind: IdentityKind; mac: Buffer }>(
    prepared(
      `select id, contact_id, kind, value_mac as mac from contact_identity where contact_id = any($1::uuid[]) and ended_at is null`,
      [contactIds],
    ),
  )
  const contactKeys = await keys.getMany(rows.map((row) => row.key_id))
  for (const row of rows) {
    const key = contactKeys.get(row.key_id)
    // Its key is destroyed: this contact has been erased and is only waiting for its rows to go.
    if (key === undefined) continue
    const contact: ContactState = {
      id: row.contact_id,
      channelId: row.channel_id,
      keyId: row.key_id,
      key,
      profile:
        row.profile_sealed === null
          ? { name: null, username: null }
          : openJson<StoredProfile>(key, additionalData.profile(row.contact_id), row.profile_sealed),
      identities: new Map(),
      openConversation: null,
      notice: row.identity_notice,
      isNew: false,
      changed: false,
    }
    batch.contacts.set(contact.id, contact)
  }
  for (const { id, contact_id, kind, mac } of identities.rows) {
    const contact = batch.contacts.get(contact_id)
    if (contact === undefined) continue
    const hex = mac.toString('hex')
    contact.identities.set(kind, { id, mac: hex })
    batch.contactByIdentity.set(identityKey(contact.channelId, kind, hex), contact)
  }
  await loadOpenConversations(client, batch)
}

/** Locked until commit, in one order, so that nobody closes or hands over a conversation while a message is put into it. */
async function loadOpenConversations(client: PoolClient, batch: Batch): Promise<void> {
  if (batch.contacts.size === 0) return
  const { rows } = await client.query<ConversationRow>(
    prepared(
      `select id, channel_id, contact_id, team_id, key_id, last_inbound_at, window_shut_at, waiting_since,
        last_message_id, last_message_at, opened_at
      from conversation where contact_id = any($1::uuid[]) and state = 'open' order by id for update`,
      [[...batch.contacts.keys()]],
    ),
  )
  const keys = await batch.inbox.keys.getMany(rows.map((row) => row.key_id))
  for (const row of rows) {
    const contact = batch.contacts.get(row.contact_id)
    const key = keys.get(row.key_id)
    if (contact === undefined || key === undefined) continue
    const conversation: ConversationState = {
      id: row.id,
      channelId: row.channel_id,
      teamId: row.team_id,
      keyId: row.key_id,
      key,
      contactId: row.contact_id,
      lastInboundAt: row.last_inbound_at,
      windowShutAt: row.window_shut_at,
      waitingSince: row.waiting_since,
      unread: 0,
      lastMessageId: row.last_message_id,
      lastMessageAt: row.last_message_at,
      openedAt: row.opened_at,
      isNew: false,
      changed: false,
    }
    contact.openConversation = conversation
    batch.conversations.set(conversation.id, conversation)
    batch.conversationKeys.set(row.key_id, key)
  }
}

async function loadMessages(client: PoolClient, batch: Batch, items: readonly Item[]): Promise<void> {
  const wanted = new Map<string, { channelId: string; mac: string }>()
  const ownIds = new Set<string>()
  const wantsContent = new Set<string>()
  for (const { channelId, event } of items) {
    for (const providerId of providerIdsOf(event)) {
      const mac = providerMac(batch, channelId, providerId)
      wanted.set(mac, { channelId, mac })
    }
    if (event.type === 'edit') wantsContent.add(providerMac(batch, channelId, event.originalProviderId))
    if (event.type === 'status' && event.ownId !== null && uuidPattern.test(event.ownId))
      ownIds.add(event.ownId)
  }
  if (wanted.size === 0) return
  const looked = [...wanted.values()]
  const { rows } = await client.query(
    prepared(
      `select m.id, m.channel_id, m.conversation_id, c.contact_id, c.team_id, c.key_id, m.direction, m.kind, m.provider_id_mac,
        case when m.provider_id_mac = any($4::text[]) then m.content_sealed
             when m.content_sealed is null then null else ''::bytea end as content_sealed,
        m.sent_at, m.edited_at, m.revoked_at, m.send_state, m.status_sent_at, m.delivered_at, m.read_at, m.played_at, m.failed_at,
        m.error_code, m.price_category
      from message m join conversation c on c.id = m.conversation_id
      where m.id in (
        select m2.id from unnest($1::uuid[], $2::text[]) as w(channel_id, mac)
          join message m2 on m2.channel_id = w.channel_id and m2.provider_id_mac = w.mac
        union all select unnest($3::uuid[]))`,
      [looked.map((one) => one.channelId), looked.map((one) => one.mac), [...ownIds], [...wantsContent]],
    ),
  )
  const keys = await batch.inbox.keys.getMany(rows.map((row) => row.key_id as string))
  for (const [id, key] of keys) batch.conversationKeys.set(id, key)
  for (const row of rows) {
    const message = {
      id: row.id as string,
      channelId: row.channel_id as string,
      conversationId: row.conversation_id as string,
      contactId: row.contact_id as string,
      teamId: row.team_id as string,
      keyId: row.key_id as string,
      direction: row.direction as 'inbound' | 'outbound',
      kind: row.kind as string,
      providerIdMac: row.provider_id_mac as string | null,
      providerId: null,
      contentSealed: row.content_sealed as Buffer | null,
      sentAt: row.sent_at as Date,
      editedAt: row.edited_at as Date | null,
      revokedAt: row.revoked_at as Date | null,
      sendState: row.send_state as string | null,
      statusSentAt: row.status_sent_at as Date | null,
      deliveredAt: row.delivered_at as Date | null,
      readAt: row.read_at as Date | null,
      playedAt: row.played_at as Date | null,
      failedAt: row.failed_at as Date | null,
      errorCode: row.error_code as string | null,
      priceCategory: row.price_category as string | null,
      isNew: false,
      changed: false,
    }
    batch.messagesById.set(message.id, message)
    if (message.providerIdMac !== null) batch.messages.set(message.providerIdMac, message)
  }
}

async function loadReactions(client: PoolClient, batch: Batch, items: readonly Item[]): Promise<void> {
  const targets = items.flatMap(({ channelId, event }) =>
    event.type === 'reaction' ? (messageOf(batch, channelId, event.targetProviderId)?.id ?? []) : [],
  )
  if (targets.length === 0) return
  const { rows } = await client.query<{
    id: string
    message_id: string
    at: Date
    provider_id_mac: string | null
    replaced: boolean
  }>(
    `select id, message_id, at, provider_id_mac, replaced_at is not null as replaced from reaction
     where message_id = any($1::uuid[]) and sender = 'citizen'`,
    [targets],
  )
  for (const row of rows) {
    const ofMessage = batch.reactions.get(row.message_id) ?? []
    ofMessage.push({
      id: row.id,
      messageId: row.message_id,
      at: row.at,
      providerIdMac: row.provider_id_mac,
      replaced: row.replaced,
    })
    batch.reactions.set(row.message_id, ofMessage)
  }
}

/** Reads what a batch of items needs to know: a fixed number of queries, however many items there are. */
export async function loadBatch(
  client: PoolClient,
  inbox: Inbox,
  items: readonly Item[],
  at: Date,
): Promise<Batch> {
  const batch = emptyBatch(inbox, at)
  const channelIds = [...new Set(items.map((item) => item.channelId))]
  const { rows } = await client.query<ChannelState>(
    prepared(
      `select id, team_id as "teamId", phone_number_id as "phoneNumberId", waba_id as "wabaId" from channel
      where id = any($1::uuid[])`,
      [channelIds],
    ),
  )
  for (const row of rows) batch.channels.set(row.id, row)
  await loadContacts(client, batch, items)
  await loadMessages(client, batch, items)
  await loadReactions(client, batch, items)
  return batch
}
