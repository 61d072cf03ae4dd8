import type { Inbox } from '@buergerdraht/inbox'
import {
  asInstant,
  classify,
  columnsOf,
  destroyKeys,
  readRules,
  type Transaction,
  waitForLock,
} from '@buergerdraht/office'
import type { PoolClient } from 'pg'
import { forgetFiles, type LosesFiles } from './files-alone.ts'
import type { Objects } from './objects.ts'
import type { RawTraces } from './raw-traces.ts'
import { sealAnew } from './seal-anew.ts'

/** A provider repeats for a week what it believes was not taken. */
const repeatedForMs = 8 * 24 * 60 * 60 * 1000

/** Everything that ingest locks is locked in its order, so that neither waits for the other in a circle. */
async function lock(client: PoolClient, { conversations, contacts, messages, attachments }: Objects) {
  await client.query(
    `select 1 from conversation where id = any($1::uuid[])
       or id in (select conversation_id from message where id = any($2::uuid[]))
       or id in (select conversation_id from attachment where id = any($3::uuid[]))
     order by id for update`,
    [conversations, messages, attachments],
  )
  await client.query('select 1 from contact where id = any($1::uuid[]) order by id for update', [contacts])
}

/** What search found them by. Beginnings of words that nothing else has go when a run has come to its end ({@link removeLeftoverWords}). */
async function destroySearchEntries(
  client: PoolClient,
  ids: readonly string[],
  conversations: readonly string[],
): Promise<void> {
  await client.query(
    `with gone as (delete from search_entry where conversation_id = any($1::uuid[]) or id = any($2::uuid[]) returning tokens)
     insert into search_leftover (token) select distinct unnest(tokens) from gone on conflict do nothing`,
    [conversations, ids],
  )
}

/** @param changed messages that have lost a file and stay */
async function destroyMessages(
  client: PoolClient,
  keys: Inbox['keys'],
  messages: readonly string[],
  changed: readonly string[],
): Promise<void> {
  if (messages.length === 0 && changed.length === 0) return
  const { rows } = await client.query<{ conversation_id: string }>(
    `with gone as (delete from message where id = any($1::uuid[]) returning conversation_id)
     select conversation_id from gone union select conversation_id from message where id = any($2::uuid[])`,
    [messages, changed],
  )
  for (const conversationId of new Set(rows.map((row) => row.conversation_id))) {
    await sealAnew(client, keys, conversationId)
    await client.query(
      `update conversation c set last_message_id = l.id, last_message_at = coalesce(l.sent_at, c.opened_at)
       from (select 1) as one left join lateral (
         select id, sent_at from message where conversation_id = $1 order by sent_at desc, id desc limit 1) as l on true
       where c.id = $1`,
      [conversationId],
    )
  }
}

/**
 * Whoever has no matter any more is due by the rule for people, and that they were told by its own; writing again begins anew.
 */
async function endRelations(client: PoolClient, { now }: Pick<Inbox, 'now'>, contacts: readonly string[]) {
  const at = now()
  const rules = await readRules(client)
  const ended = { occurred: { RELATION_ENDED: asInstant(at) }, variant: null, parent: null }
  for (const [table, cluster, contact] of [
    ['contact', 'DA06', 'id'],
    ['privacy_notice_evidence', 'DA20', 'contact_id'],
  ] as const) {
    const { ruleVersion, dueAt, waitsFor } = columnsOf(classify(rules, cluster, ended, at))
    await client.query(
      `update ${table} c set relation_ended_at = $2, rule_version = $3, due_at = $4, waits_for = $5 where ${contact} = any($1::uuid[])
         and not exists (select from conversation v where v.contact_id = c.${contact})`,
      [contacts, at, ruleVersion, dueAt, waitsFor],
    )
  }
}

/**
 * Destroys objects with everything that they have left in the database: keys first, then rows. Becomes durable with the transaction. The ledger
 * MUST hold them durably before. Files are named for removal by the trigger of their rows. Objects that are gone already are passed over.
 * @param found what of the intake held them, the messages that are young ({@link findYoung}), and those that stay and lose a file ({@link losingFiles}); looked
 * up before, because it needs the keys
 */
export async function destroyObjects(
  inbox: Pick<Inbox, 'keys' | 'now' | 'search'>,
  transaction: Pick<Transaction, 'client' | 'afterCommit'>,
  objects: Objects,
  found: RawTraces & { readonly young: readonly string[]; readonly losing: readonly LosesFiles[] },
): Promise<void> {
  const { client } = transaction
  const { conversations, contacts, messages, attachments, requests, notices } = objects
  const changed = found.losing.map(({ id }) => id)
  // Before any row is locked: whoever builds the index may have a page of them in hand.
  await waitForLock(client, 'indexing')
  await client.query(`set local lock_timeout = '800ms'`)
  await lock(client, objects)
  await client.query(
    `insert into erased_message (provider_id_mac, erased_at, expires_at)
     select provider_id_mac, $2::timestamptz, $2::timestamptz + $3 * interval '1 millisecond' from message
     where id = any($1::uuid[]) and provider_id_mac is not null and received_at > $2::timestamptz - $3 * interval '1 millisecond' on conflict do nothing`,
    [found.young, inbox.now(), repeatedForMs],
  )
  await client.query(
    `delete from early_arrival a using message m where m.channel_id = a.channel_id and m.provider_id_mac = a.target_mac
       and (m.conversation_id = any($1::uuid[]) or m.id = any($2::uuid[]))`,
    [conversations, messages],
  )
  const keysOf = await client.query<{ key_id: string; of: 'conversation' | 'contact' }>(
    `select key_id, 'conversation' as of from conversation where id = any($1::uuid[])
     union all select key_id, 'contact' from contact where id = any($2::uuid[])`,
    [conversations, contacts],
  )
  for (const purpose of ['conversation', 'contact'] as const) {
    const ids = keysOf.rows.filter((row) => row.of === purpose).map((row) => row.key_id)
    await destroyKeys(client, inbox.keys, purpose, ids)
  }
  // What the same person says in another matter may quote it. Held, that message keeps that it is an answer, by the keyed hash of what it answers: to leave
  // that out would change what is held. What was quoted is none of it, and goes.
  await client.query(
    `with staying as materialized (select id, contact_id, cluster from conversation
       where id <> all($1::uuid[]) and contact_id in (select contact_id from conversation where id = any($1::uuid[])
         union select k.contact_id from message n join conversation k on k.id = n.conversation_id where n.id = any($2::uuid[])))
     update message m set reply_to_id = null,
       reply_to_mac = case when is_held(m.id, c.id, c.contact_id, c.cluster) then coalesce(m.reply_to_mac, q.provider_id_mac) end
     from staying c, message q
     where c.id = m.conversation_id and q.id = m.reply_to_id and (q.conversation_id = any($1::uuid[]) or q.id = any($2::uuid[]))`,
    [conversations, messages],
  )
  await client.query(
    'delete from live_event where conversation_id = any($1::uuid[]) or message_id = any($2::uuid[])',
    [conversations, messages],
  )
  // With it goes the key of each, and its files are named.
  await client.query(
    'delete from attachment where conversation_id = any($1::uuid[]) or id = any($2::uuid[])',
    [conversations, attachments],
  )
  await destroySearchEntries(client, [...messages, ...changed], conversations)
  await forgetFiles(inbox, transaction, changed)
  await destroyMessages(client, inbox.keys, messages, changed)
  // By one statement: left to the foreign key it would be one for each matter.
  await client.query('delete from message where conversation_id = any($1::uuid[])', [conversations])
  const { rows: left } = await client.query<{ contact_id: string }>(
    'delete from conversation where id = any($1::uuid[]) returning contact_id',
    [conversations],
  )
  await endRelations(
    client,
    inbox,
    left.map((row) => row.contact_id),
  )
  await client.query('delete from contact where id = any($1::uuid[])', [contacts])
  // With it go what was blacked out for it and which teams have answered.
  await client.query('delete from data_subject_request where id = any($1::uuid[])', [requests])
  await client.query('delete from privacy_notice_evidence where id = any($1::uuid[])', [notices])
  await client.query('delete from webhook_event where id = any($1::bigint[]) and ingested_at is not null', [
    found.events,
  ])
  await client.query('delete from dead_letter where id = any($1::uuid[])', [found.letters])
  await client.query('delete from deletion_run_item where object_id = any($1::uuid[])', [
    [...conversations, ...contacts, ...messages, ...attachments, ...requests, ...notices],
  ])
}
