import {
  additionalData,
  contentText,
  type Inbox,
  onClient,
  type StoredContent,
  storeEntries,
} from '@buergerdraht/inbox'
import { openJson, sealJson, type Transaction } from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import type { Objects } from './objects.ts'

/** A message that stays while so many files of it go. */
export type LosesFiles = { readonly id: string; readonly files: number }

/** The messages of files that go alone: neither they nor their matters go. To be asked while the files are there. */
export async function losingFiles(
  client: Pick<PoolClient, 'query'>,
  { conversations, messages, attachments }: Objects,
): Promise<LosesFiles[]> {
  if (attachments.length === 0) return []
  const { rows } = await client.query<LosesFiles>(
    `select message_id as id, count(*)::int as files from attachment
     where id = any($1::uuid[]) and message_id is not null and message_id <> all($2::uuid[]) and conversation_id <> all($3::uuid[])
     group by message_id order by message_id`,
    [attachments, messages, conversations],
  )
  return rows
}

/** What was said stays; what the file was called, how it hashes and where it lay goes. */
function withoutFile(stored: StoredContent): StoredContent {
  const { content } = stored
  if (!('media' in content)) return stored
  const { kind, mediaType, animated } = content.media
  const media = { kind, mediaType, animated, id: null, url: null, sha256: null, fileName: null }
  return { ...stored, content: { ...content, media } }
}

type Row = {
  readonly id: string
  /** Null: what it says now, and not what it said before it was edited. */
  readonly version: number | null
  readonly key_id: string
  readonly conversation_id: string
  readonly team_id: string
  readonly sent_at: Date
  readonly findable: boolean
  readonly sealed: Buffer
}

/**
 * Takes what messages say of their files out of them, and lets them be found by the rest. Their matters are still sealed with the key that this was
 * readable with, and MUST be sealed anew afterwards ({@link sealAnew}); their entries of the search MUST be gone.
 */
export async function forgetFiles(
  { keys, search }: Pick<Inbox, 'keys' | 'search'>,
  { client, afterCommit }: Pick<Transaction, 'client' | 'afterCommit'>,
  messages: readonly string[],
): Promise<void> {
  if (messages.length === 0) return
  const { rows } = await client.query<Row>(
    `select m.id, n.version, c.key_id, c.id as conversation_id, c.team_id, m.sent_at, m.revoked_at is null and n.version is null as findable, n.sealed
     from message m join conversation c on c.id = m.conversation_id cross join lateral (
       select null::int as version, m.content_sealed as sealed
       union all select v.version, v.content_sealed from message_version v where v.message_id = m.id) n
     where m.id = any($1::uuid[]) and n.sealed is not null`,
    [messages],
  )
  const keyOf = await keys.getMany(rows.map(({ key_id }) => key_id))
  const findable = []
  for (const row of rows) {
    const key = keyOf.get(row.key_id)
    if (key === undefined) throw new Error('What stays can be read')
    const place = additionalData.content(row.id)
    const stored = withoutFile(openJson<StoredContent>(key, place, row.sealed))
    const sealed = sealJson(key, place, stored)
    if (row.version === null)
      await client.query('update message set content_sealed = $2 where id = $1', [row.id, sealed])
    else
      await client.query(
        'update message_version set content_sealed = $3 where message_id = $1 and version = $2',
        [row.id, row.version, sealed],
      )
    if (row.findable && stored.content.kind !== 'system')
      findable.push({
        id: row.id,
        conversationId: row.conversation_id,
        teamId: row.team_id,
        at: row.sent_at,
        text: contentText(stored.content),
      })
  }
  await storeEntries(search, { run: onClient(client), afterCommit }, findable)
}
