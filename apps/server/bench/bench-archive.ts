import { join } from 'node:path'
import type { SealingArchive } from '@buergerdraht/custody'
import { type Inbox, storePart } from '@buergerdraht/inbox'
import { newId } from '@buergerdraht/office'
import { inboxOf } from './bench-inbox.ts'
import type { BenchOffice } from './office-processes.ts'

/** The archive of a bench, in the process of the bench itself: without documents and without a time-stamping authority. */
export function archiveOf(office: BenchOffice): SealingArchive {
  return {
    inbox: inboxOf(office),
    folder: join(office.folder, 'logs', 'archive'),
    ledgerFolder: join(office.folder, 'logs', 'deletion'),
    archiveDir: join(office.folder, 'archive'),
    timeAuthorities: null,
    authority: 'Stadt Musterstadt',
    render: null,
  }
}

/** Everything is closed, has three messages, and nobody has anything to send in it. */
export async function closeAll({ pool }: BenchOffice['database']): Promise<void> {
  await pool.query(`delete from message where id in (select id from (
    select id, row_number() over (partition by conversation_id order by sent_at) as n from message) m where n > 3)`)
  await pool.query(`update message set send_state = 'accepted' where send_state in ('queued', 'sending')`)
  await pool.query(
    `update conversation set state = 'closed', closed_at = now(), waiting_since = null, unread_count = 0, cluster = 'DA03',
       rule_version = rule_version_in_force('DA03'), waits_for = 'VARIANT'`,
  )
}

/** So many of the matters are filed: the trigger makes them wait. */
export async function file({ pool }: Pick<BenchOffice['database'], 'pool'>, count: number): Promise<void> {
  await pool.query(
    `update conversation set filing = 'HANDOVER_OPEN' where id in (select id from conversation where filing <> 'HANDOVER_OPEN' and state = 'closed'
       and not exists (select from archive_package p where p.conversation_id = conversation.id) order by id limit $1)`,
    [count],
  )
}

/** The first message of each matter. */
export async function firstMessages({
  pool,
}: Pick<Inbox, 'pool'>): Promise<{ id: string; message: string }[]> {
  const { rows } = await pool.query<{ id: string; message: string }>(
    'select distinct on (c.id) c.id, m.id as message from conversation c join message m on m.conversation_id = c.id order by c.id, m.sent_at',
  )
  return rows
}

/** A file of a message, under a key of its own. */
export async function addFile(
  inbox: Inbox,
  { id, message }: { readonly id: string; readonly message: string },
  kind: 'image' | 'video',
  bytes: Uint8Array,
): Promise<void> {
  const key = inbox.keys.make('attachment', newId(new Date()))
  await inbox.pool.query('insert into data_key (id, purpose, wrapped, kek_id) values ($1, $2, $3, $4)', [
    key.row.id,
    key.row.purpose,
    key.row.wrapped,
    key.row.kekId,
  ])
  async function* content() {
    yield bytes
  }
  await storePart(inbox, key.bytes, key.id, 'content', content(), bytes.length)
  await inbox.pool.query(
    `insert into attachment (id, conversation_id, message_id, kind, state, media_type, size_bytes, sealed_with, created_at)
     values ($1, $2, $3, $4, 'ready', $5, $6, 'own', now())`,
    [key.id, id, message, kind, kind === 'image' ? 'image/jpeg' : 'video/mp4', bytes.length],
  )
  await inbox.pool.query('update message set kind = $2 where id = $1', [message, kind])
}
