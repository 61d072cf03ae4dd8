import type { Sender } from '@buergerdraht/bsp'
import { openJson, prepared } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Inbox } from '../inbox.ts'
import { additionalData, type StoredProfile } from '../stored/additional-data.ts'
import type { Batch } from './batch.ts'
import { type IdentityKind, identityKey } from './identity.ts'
import { credibleTime, type Item, type OwnChannel } from './item.ts'
import type { StoredMessage } from './messages.ts'

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

function sentAtOf({ event, receivedAt }: Item): Date {
  return credibleTime('sentAt' in event ? event.sentAt : null, receivedAt)
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A contact that an identity leads to now, or led to when something was sent that is older than its replacement. */
type LedTo = { contact_id: string; kind: IdentityKind; mac: Buffer; replaced_at: Date | null }

async function findContacts(client: PoolClient, { people }: Batch, items: readonly Item[]): Promise<LedTo[]> {
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

async function loadContacts(
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
  }>(
    prepared(
      'select id, channel_id, key_id, profile_sealed, identity_notice from contact where id = any($1::uuid[])',
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
    // Its key is destroyed: this contact has been erased and is only waiting for its rows to go.
    if (key === undefined) continue
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
        last_message_id, last_message_at, opened_at
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
      key: keys.get(row.key_id) ?? null,
      contactId: row.contact_id,
      lastInboundAt: row.last_inbound_at,
      windowShutAt: row.window_shut_at,
      waitingSince: row.waiting_since,
      lastMessageId: row.last_message_id,
      lastMessageAt: row.last_message_at,
      openedAt: row.opened_at,
      isOpen: row.state === 'open',
    }
    conversations.addStored(stored)
  }
}

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

async function findMessages(
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

function addMessages({ conversations, messages }: Batch, rows: readonly MessageRow[]): void {
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

async function loadReactions(client: PoolClient, { messages, reactions }: Batch, items: readonly Item[]) {
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
