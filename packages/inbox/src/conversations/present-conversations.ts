import type { Conversation } from '@buergerdraht/contract'
import { type Change, open, openJson, prepared } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { messageStatusOf } from '../messages/message-status.ts'
import { previewOf } from '../messages/present-content.ts'
import { additionalData, type StoredContent, type StoredProfile } from '../stored/additional-data.ts'
import { displayNameOf, maskedPhoneOf } from './contact-name.ts'
import { windowClosesAt } from './service-window.ts'
import { isLostSql } from './waiting.ts'

type Row = {
  readonly id: string
  readonly state: Conversation['status']
  readonly key_id: string
  readonly opened_at: Date
  readonly closed_at: Date | null
  readonly last_inbound_at: Date | null
  readonly window_shut_at: Date | null
  readonly waiting_since: Date | null
  readonly unread_count: number
  readonly lost_answers: number
  readonly contact_id: string
  readonly contact_key_id: string
  readonly profile_sealed: Buffer | null
  readonly shape: number
  readonly identity_notice: Conversation['identityNotice']
  readonly phone_id: string | null
  readonly phone_sealed: Buffer | null
  readonly channel_id: string
  readonly channel_name: string
  readonly channel_state: string
  readonly receives_only: boolean
  readonly team_id: string
  readonly team_name: string
  readonly assignee_id: string | null
  readonly assignee_name: string | null
  readonly deputy_name: string | null
  readonly message: LastMessageRow | null
}

type LastMessageRow = {
  readonly id: string
  readonly direction: 'inbound' | 'outbound'
  readonly kind: NonNullable<Conversation['lastMessage']>['kind']
  readonly sentAt: string
  readonly revokedAt: string | null
  readonly sendState: string | null
  readonly statusSentAt: string | null
  readonly deliveredAt: string | null
  readonly readAt: string | null
  readonly playedAt: string | null
  readonly failedAt: string | null
  /** Hexadecimal. */
  readonly contentSealed: string | null
}

/** Everything a list shows of its conversations, by primary keys only: the cost depends on the page, not on the table. */
const rowsQuery = `select c.id, c.state, c.key_id, c.opened_at, c.closed_at, c.last_inbound_at, c.window_shut_at, c.waiting_since,
    c.unread_count, c.contact_id, ct.key_id as contact_key_id, ct.profile_sealed, ct.shape, ct.identity_notice,
    phone.id as phone_id, phone.value_sealed as phone_sealed,
    c.channel_id, ch.name as channel_name, ch.state as channel_state, office.receives_only, c.team_id, t.name as team_name,
    c.assignee_id, a.display_name as assignee_name, d.display_name as deputy_name,
    (select count(*)::int from message l where l.conversation_id = c.id and ${isLostSql('l')}
      and l.failed_at is not null) as lost_answers,
    case when m.id is null then null else json_build_object('id', m.id, 'direction', m.direction, 'kind', m.kind,
      'sentAt', m.sent_at, 'revokedAt', m.revoked_at, 'sendState', m.send_state, 'statusSentAt', m.status_sent_at,
      'deliveredAt', m.delivered_at, 'readAt', m.read_at, 'playedAt', m.played_at, 'failedAt', m.failed_at,
      'contentSealed', encode(m.content_sealed, 'hex')) end as message
  from unnest($1::uuid[]) with ordinality as wanted(id, place)
  join conversation c on c.id = wanted.id
  join contact ct on ct.id = c.contact_id
  join channel ch on ch.id = c.channel_id
  join team t on t.id = c.team_id
  cross join office_setting office
  left join account a on a.id = c.assignee_id
  left join account d on d.id = a.deputy_id and d.disabled_at is null
  left join message m on m.id = c.last_message_id
  left join lateral (
    select i.id, i.value_sealed from contact_identity i
    where i.contact_id = ct.id and i.kind = 'phone' and i.ended_at is null order by i.since_at desc limit 1
  ) as phone on true
  order by wanted.place`

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}

function contactOf(row: Row, key: Buffer | undefined): Conversation['contact'] {
  const profile =
    key === undefined || row.profile_sealed === null
      ? null
      : openJson<StoredProfile>(key, additionalData.profile(row.contact_id), row.profile_sealed)
  const phone =
    key === undefined || row.phone_id === null || row.phone_sealed === null
      ? null
      : open(key, additionalData.identity(row.phone_id), row.phone_sealed).toString('utf8')
  const username = profile?.username ?? null
  return {
    id: row.contact_id,
    displayName: displayNameOf({ name: profile?.name ?? null, username, phone }),
    maskedPhone: maskedPhoneOf(phone),
    username,
    shape: row.shape,
  }
}

/** A line of the list shows less; a long letter need not travel with every row. */
const maxPreviewLength = 300

function lastMessageOf(message: LastMessageRow | null, key: Buffer | undefined): Conversation['lastMessage'] {
  if (message === null) return null
  const { id, direction, kind, contentSealed, sendState } = message
  const revoked = message.revokedAt !== null
  const content =
    key === undefined || contentSealed === null || revoked
      ? null
      : openJson<StoredContent>(key, additionalData.content(id), Buffer.from(contentSealed, 'hex')).content
  return {
    id,
    direction,
    kind,
    event: content?.kind === 'system' ? content.event : null,
    text: (content && previewOf(content)?.slice(0, maxPreviewLength)) ?? null,
    sentAt: new Date(message.sentAt).toISOString(),
    status: messageStatusOf({
      direction,
      kind,
      sendState,
      statusSentAt: dateOf(message.statusSentAt),
      deliveredAt: dateOf(message.deliveredAt),
      readAt: dateOf(message.readAt),
      playedAt: dateOf(message.playedAt),
      failedAt: dateOf(message.failedAt),
    }),
    revoked,
  }
}

/**
 * Conversations in the order of `ids`, as the desk shows them: two queries however many there are. The caller has made sure that
 * the ids may be seen. Of a conversation whose key is destroyed nothing personal is left to show.
 */
export async function presentConversations(
  inbox: Inbox,
  { client }: Change,
  ids: readonly string[],
): Promise<Conversation[]> {
  if (ids.length === 0) return []
  const { rows } = await client.query<Row>(prepared(rowsQuery, [ids]))
  const keys = await inbox.keys.getMany(rows.flatMap((row) => [row.key_id, row.contact_key_id]))
  return rows.map((row) => ({
    id: row.id,
    status: row.state,
    contact: contactOf(row, keys.get(row.contact_key_id)),
    channel: {
      id: row.channel_id,
      name: row.channel_name,
      canSend: row.channel_state === 'enabled' && !row.receives_only,
      receivesOnly: row.receives_only,
    },
    team: { id: row.team_id, name: row.team_name },
    assignee:
      row.assignee_id === null
        ? null
        : { id: row.assignee_id, displayName: row.assignee_name ?? '–', deputy: row.deputy_name },
    unreadCount: row.unread_count,
    lostAnswers: row.lost_answers,
    waitingSince: row.waiting_since?.toISOString() ?? null,
    windowClosesAt:
      windowClosesAt({
        lastInboundAt: row.last_inbound_at,
        windowShutAt: row.window_shut_at,
      })?.toISOString() ?? null,
    lastMessage: lastMessageOf(row.message, keys.get(row.key_id)),
    openedAt: row.opened_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    identityNotice: row.identity_notice,
    hit: null,
  }))
}
