import {
  additionalData,
  openProviderId,
  type StoredContent,
  type StoredMediaSource,
  type StoredProfile,
} from '@buergerdraht/inbox'
import { type Keys, open, openJson } from '@buergerdraht/office'
import type { Pool } from 'pg'

type Row = Record<string, unknown>

async function rowsOf(pool: Pool, sql: string): Promise<Row[]> {
  return (await pool.query<Row>(sql)).rows
}

function readable(value: unknown): unknown {
  return value instanceof Date ? value.toISOString() : value
}

/** Only what is set: an outcome is read by people. */
function compact(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null && value !== false && value !== undefined)
      .map(([name, value]) => [name, readable(value)]),
  )
}

/** What is stored now, decrypted and without anything that differs from run to run. */
export async function outcomeOf(pool: Pool, keys: Keys): Promise<Row> {
  const contacts = await rowsOf(
    pool,
    'select id, key_id, profile_sealed, identity_notice from contact order by id',
  )
  const identities = await rowsOf(
    pool,
    'select id, contact_id, kind, value_sealed, ended_at from contact_identity order by id',
  )
  const conversations = await rowsOf(
    pool,
    `select id, contact_id, key_id, state, last_inbound_at, window_shut_at, waiting_since is not null as waiting, unread_count,
       cluster from conversation order by id`,
  )
  const messages = await rowsOf(
    pool,
    `select m.*, q.id as quoted from message m left join message q on q.id = m.reply_to_id order by m.sent_at, m.id`,
  )
  function keyOf(id: unknown): Promise<Buffer> {
    return keys.get(String(id))
  }
  function keyOfConversation(id: unknown): Promise<Buffer> {
    return keyOf(conversations.find((conversation) => conversation['id'] === id)?.['key_id'])
  }
  function place<T extends Row>(list: readonly T[], id: unknown): number {
    return list.findIndex((row) => row['id'] === id)
  }

  const outcome: Row = {}
  function section(name: string, rows: readonly Row[]): void {
    if (rows.length > 0) outcome[name] = rows
  }
  section(
    'contacts',
    await Promise.all(
      contacts.map(async (contact) => {
        const key = await keyOf(contact['key_id'])
        const profile = openJson<StoredProfile>(
          key,
          additionalData.profile(String(contact['id'])),
          contact['profile_sealed'] as Buffer,
        )
        const own = identities.filter((identity) => identity['contact_id'] === contact['id'])
        function value(identity: Row): string {
          return `${identity['kind']} ${open(key, additionalData.identity(String(identity['id'])), identity['value_sealed'] as Buffer)}${identity['ended_at'] === null ? '' : ' (ended)'}`
        }
        return compact({ ...profile, identities: own.map(value).sort(), notice: contact['identity_notice'] })
      }),
    ),
  )
  section(
    'conversations',
    conversations.map(({ id: _, key_id: __, contact_id, ...rest }) =>
      compact({ contact: place(contacts, contact_id), ...rest }),
    ),
  )
  section(
    'messages',
    await Promise.all(
      messages.map(async (message) => {
        const id = String(message['id'])
        const sealed = message['content_sealed'] as Buffer | null
        const key = await keyOfConversation(message['conversation_id'])
        const stored =
          sealed === null ? null : openJson<StoredContent>(key, additionalData.content(id), sealed)
        return compact({
          conversation: place(conversations, message['conversation_id']),
          direction: message['direction'],
          providerId:
            message['provider_id_sealed'] === null
              ? null
              : openProviderId(key, id, message['provider_id_sealed'] as Buffer),
          kind: message['kind'],
          content: stored?.content,
          referral: stored?.referral,
          sentAt: message['sent_at'],
          quotes: message['quoted'] === null ? null : place(messages, message['quoted']),
          quotesUnknown: message['quoted'] === null ? (message['reply_to_mac'] === null ? null : true) : null,
          forwarded: message['forwarded'] === 'no' ? null : message['forwarded'],
          fromApp: message['from_app'],
          editedAt: message['edited_at'],
          revokedAt: message['revoked_at'],
          sendState: message['send_state'],
          statusSentAt: message['status_sent_at'],
          deliveredAt: message['delivered_at'],
          readAt: message['read_at'],
          playedAt: message['played_at'],
          failedAt: message['failed_at'],
          errorCode: message['error_code'],
          priceCategory: message['price_category'],
        })
      }),
    ),
  )
  const reactions = await rowsOf(
    pool,
    `select r.id, r.message_id, r.emoji_sealed, r.replaced_at, m.conversation_id from reaction r join message m on m.id = r.message_id
     order by r.id`,
  )
  section(
    'reactions',
    await Promise.all(
      reactions.map(async (reaction) => {
        const sealed = reaction['emoji_sealed'] as Buffer | null
        const key = await keyOfConversation(reaction['conversation_id'])
        return compact({
          message: place(messages, reaction['message_id']),
          emoji:
            sealed === null
              ? 'taken back'
              : open(key, additionalData.emoji(String(reaction['id'])), sealed).toString(),
          replaced: reaction['replaced_at'] !== null,
        })
      }),
    ),
  )
  const attachments = await rowsOf(
    pool,
    'select id, message_id, conversation_id, kind, state, media_type, source_sealed, sealed_with, deadline_at from attachment order by id',
  )
  section(
    'attachments',
    await Promise.all(
      attachments.map(async ({ id, message_id, conversation_id, source_sealed, sealed_with, ...rest }) => {
        const key = await (sealed_with === 'conversation'
          ? keyOfConversation(conversation_id)
          : keys.get(String(id)))
        const source = openJson<StoredMediaSource>(
          key,
          additionalData.mediaSource(String(id)),
          source_sealed as Buffer,
        )
        const { kind, state, media_type, deadline_at } = rest
        const hasSha = (source.sha256 ?? null) !== null
        return compact({
          message: place(messages, message_id),
          kind,
          state,
          media_type,
          has_sha: hasSha,
          deadline_at,
        })
      }),
    ),
  )
  section(
    'versions',
    (await rowsOf(pool, 'select message_id, version from message_version order by 1, 2')).map(
      ({ message_id, version }) => ({ message: place(messages, message_id), version }),
    ),
  )
  section('early', await rowsOf(pool, 'select kind from early_arrival order by arrived_at'))
  section('deadLetters', await rowsOf(pool, 'select code, path from dead_letter order by path, code'))
  section('counts', await rowsOf(pool, 'select reason, count::int from intake_count order by reason'))
  section(
    'notices',
    await rowsOf(pool, 'select code, detail, count from channel_notice order by code, detail'),
  )
  section(
    'templates',
    (await rowsOf(pool, 'select name, language, state, category, reason from message_template')).map(compact),
  )
  const channels = await rowsOf(
    pool,
    `select state, last_test_at is not null as tested, verified_at is not null as verified from channel
     where phone_number_id = '300000000000001' and (state <> 'enabled' or last_test_at is not null or verified_at is not null)`,
  )
  section('channel', channels.map(compact))
  section(
    'published',
    await rowsOf(
      pool,
      `select type, inbound, count(distinct coalesce(message_id, conversation_id))::int as things, bool_and(team_id is not null) as to_team from live_event
       group by 1, 2 order by 1, 2`,
    ),
  )
  return outcome
}
