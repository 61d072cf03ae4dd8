import { destroyKeys } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { deleteMedia } from './media-store.ts'

/** Longer than any upload takes. */
const withoutRowForMs = 24 * 60 * 60 * 1000
const maxRows = 500

/**
 * Names the files of an attachment that has no row yet, before they are written: should it never get one, because the process is
 * killed, they are removed a day later. Durable when it resolves.
 */
export async function removeUnlessStored(inbox: Pick<Inbox, 'pool' | 'now'>, id: string): Promise<void> {
  await inbox.pool.query('insert into media_removal (attachment_id, due_at) values ($1, $2)', [
    id,
    new Date(inbox.now().getTime() + withoutRowForMs),
  ])
}

/** Removes key and files of attachments that have no row any more, or never got one. The removal is durable when it resolves. */
export async function removeMedia(
  inbox: Pick<Inbox, 'mediaDir' | 'pool' | 'keys'>,
  ids: readonly string[],
): Promise<void> {
  await destroyKeys(inbox.pool, inbox.keys, 'attachment', ids)
  await deleteMedia(inbox, ids)
  await inbox.pool.query('delete from media_removal where attachment_id = any($1::uuid[])', [ids])
}

/**
 * Removes the files that `media_removal` names; what has a row after all is kept. Nothing else in the folder is touched: that this
 * database does not know a file says nothing about it. Safe to cut off, to repeat, and to run in several processes.
 * @returns how many attachments lost their files
 */
export async function removeNamedMedia(
  inbox: Pick<Inbox, 'mediaDir' | 'pool' | 'now' | 'keys'>,
): Promise<number> {
  let removed = 0
  for (;;) {
    const { rows } = await inbox.pool.query<{ id: string; stored: boolean }>(
      `select r.attachment_id as id, a.id is not null as stored
       from media_removal r left join attachment a on a.id = r.attachment_id
       where r.due_at is null or r.due_at <= $1 limit ${maxRows}`,
      [inbox.now()],
    )
    const stored = rows.filter((row) => row.stored).map(({ id }) => id)
    const gone = rows.filter((row) => !row.stored).map(({ id }) => id)
    if (gone.length > 0) await removeMedia(inbox, gone)
    // One that was deleted meanwhile has become due at once, and stays.
    await inbox.pool.query(
      'delete from media_removal where attachment_id = any($1::uuid[]) and due_at is not null',
      [stored],
    )
    removed += gone.length
    if (rows.length < maxRows) return removed
  }
}
