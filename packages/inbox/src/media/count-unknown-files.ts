import { stat } from 'node:fs/promises'
import { noteOffice } from '../channels/office-notice.ts'
import type { Inbox } from '../inbox.ts'
import { storedFiles } from './media-store.ts'

/** Somebody may be about to write its row. */
const youngForMs = 60 * 60 * 1000

async function isYoung(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs < youngForMs
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true
    throw error
  }
}

/**
 * Counts the files that no row of this database names, tells the log and the administrators, and removes none: an older backup, a
 * wrong address or a folder of another office look just like this.
 * @returns how many
 */
export async function countUnknownFiles(
  inbox: Pick<Inbox, 'mediaDir' | 'pool' | 'now' | 'log'>,
): Promise<number> {
  let files = 0
  let unknown = 0
  for await (const some of storedFiles(inbox)) {
    const { rows } = await inbox.pool.query<{ id: string }>(
      `select id from attachment where id = any($1::uuid[])
       union all select attachment_id from media_removal where attachment_id = any($1::uuid[])`,
      [[...new Set(some.map(({ attachmentId }) => attachmentId))]],
    )
    const known = new Set(rows.map(({ id }) => id))
    files += some.length
    for (const { attachmentId, path } of some) {
      if (!known.has(attachmentId) && !(await isYoung(path))) unknown += 1
    }
  }
  if (unknown > 0) inbox.log.warn({ files, unknown }, 'media unknown to the database')
  await noteOffice(inbox, 'unknown-media', unknown)
  return unknown
}
