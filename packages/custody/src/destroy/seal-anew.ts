import { additionalData, type Inbox } from '@buergerdraht/inbox'
import { destroyKeys, open, seal } from '@buergerdraht/office'
import type { PoolClient } from 'pg'

type Sealed = { readonly id: string; readonly sealed: Buffer; readonly place: string }

/** Every column that is sealed with a conversation's key: which rows of it a conversation has, and where each value belongs. */
const columns: readonly {
  readonly select: string
  readonly update: string
  readonly place: (row: { id: string; extra: string }) => string
}[] = [
  {
    select: `select id, id::text as extra, content_sealed as sealed from message where conversation_id = $1 and content_sealed is not null`,
    update: `update message t set content_sealed = n.sealed from unnest($1::text[], $2::bytea[], $3::text[]) as n(id, sealed, extra) where t.id = n.id::uuid`,
    place: ({ id }) => additionalData.content(id),
  },
  {
    select: `select id, id::text as extra, provider_id_sealed as sealed from message where conversation_id = $1 and provider_id_sealed is not null`,
    update: `update message t set provider_id_sealed = n.sealed from unnest($1::text[], $2::bytea[], $3::text[]) as n(id, sealed, extra) where t.id = n.id::uuid`,
    place: ({ id }) => additionalData.providerId(id),
  },
  {
    select: `select v.message_id as id, v.version::text as extra, v.content_sealed as sealed from message_version v join message m on m.id = v.message_id
      where m.conversation_id = $1`,
    update: `update message_version t set content_sealed = n.sealed from unnest($1::text[], $2::bytea[], $3::text[]) as n(id, sealed, extra)
      where t.message_id = n.id::uuid and t.version = n.extra::int`,
    place: ({ id }) => additionalData.content(id),
  },
  {
    select: `select r.id, r.id::text as extra, r.emoji_sealed as sealed from reaction r join message m on m.id = r.message_id
      where m.conversation_id = $1 and r.emoji_sealed is not null`,
    update: `update reaction t set emoji_sealed = n.sealed from unnest($1::text[], $2::bytea[], $3::text[]) as n(id, sealed, extra) where t.id = n.id::uuid`,
    place: ({ id }) => additionalData.emoji(id),
  },
  {
    select: `select conversation_id as id, account_id::text as extra, content_sealed as sealed from draft where conversation_id = $1`,
    update: `update draft t set content_sealed = n.sealed from unnest($1::text[], $2::bytea[], $3::text[]) as n(id, sealed, extra)
      where t.conversation_id = n.id::uuid and t.account_id = n.extra::uuid`,
    place: ({ id, extra }) => additionalData.draft(id, extra),
  },
  {
    select: `select id, id::text as extra, content_sealed as sealed from correction where conversation_id = $1`,
    update: `update correction t set content_sealed = n.sealed from unnest($1::text[], $2::bytea[], $3::text[]) as n(id, sealed, extra) where t.id = n.id::uuid`,
    place: ({ id }) => additionalData.correction(id),
  },
  {
    select: `select id, id::text as extra, withdrawal_sealed as sealed from correction where conversation_id = $1 and withdrawal_sealed is not null`,
    update: `update correction t set withdrawal_sealed = n.sealed from unnest($1::text[], $2::bytea[], $3::text[]) as n(id, sealed, extra) where t.id = n.id::uuid`,
    place: ({ id }) => additionalData.correctionWithdrawal(id),
  },
  {
    select: `select id, id::text as extra, file_reference_sealed as sealed from conversation where id = $1 and file_reference_sealed is not null`,
    update: `update conversation t set file_reference_sealed = n.sealed from unnest($1::text[], $2::bytea[], $3::text[]) as n(id, sealed, extra)
      where t.id = n.id::uuid`,
    place: ({ id }) => additionalData.fileReference(id),
  },
]

/**
 * Seals everything of a conversation under a fresh key and destroys the old one, so that what was deleted from it is readable in no copy
 * either. The conversation MUST be locked, and what is to go MUST be gone. Becomes durable with the transaction.
 * @throws Error where files are still sealed with the conversation's key: they would be lost
 */
export async function sealAnew(
  client: PoolClient,
  keys: Inbox['keys'],
  conversationId: string,
): Promise<void> {
  const { rows } = await client.query<{ key_id: string; unmoved: boolean }>(
    `select key_id, exists (select from attachment a where a.conversation_id = c.id and a.sealed_with <> 'own') as unmoved
     from conversation c where id = $1`,
    [conversationId],
  )
  const [conversation] = rows
  if (conversation === undefined) throw new Error('The conversation is not there')
  if (conversation.unmoved)
    throw new Error('Files of the conversation have not been moved to their own keys yet')
  const former = await keys.get(conversation.key_id)
  const fresh = keys.make('conversation')
  const { row } = fresh
  await client.query('insert into data_key (id, purpose, wrapped, kek_id) values ($1, $2, $3, $4)', [
    row.id,
    row.purpose,
    row.wrapped,
    row.kekId,
  ])
  for (const { select, update, place } of columns) {
    const found = await client.query<Sealed & { extra: string }>(select, [conversationId])
    await client.query(update, [
      found.rows.map(({ id }) => id),
      found.rows.map((one) => seal(fresh.bytes, place(one), open(former, place(one), one.sealed))),
      found.rows.map(({ extra }) => extra),
    ])
  }
  await client.query('update conversation set key_id = $2 where id = $1', [conversationId, fresh.id])
  await destroyKeys(client, keys, 'conversation', [conversation.key_id])
}
