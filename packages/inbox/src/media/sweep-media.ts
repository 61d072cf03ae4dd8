import type { Inbox } from '../inbox.ts'
import { removeMedia } from './media-removal.ts'

const forgottenAfterMs = 60 * 1000
const unusedAfterMs = 24 * 60 * 60 * 1000
const batchSize = 200

/**
 * Reminds of pending attachments whose time has come: retries, deadlines, leases of killed workers, and what
 * no reminder ever came for.
 * @returns how many
 */
export async function sweepMedia(inbox: Inbox): Promise<number> {
  const now = inbox.now()
  const forgottenSince = new Date(now.getTime() - forgottenAfterMs)
  const due = await inbox.prisma.attachment.findMany({
    where: {
      state: 'pending',
      messageId: { not: null },
      OR: [{ nextTryAt: { lte: now } }, { nextTryAt: null, createdAt: { lte: forgottenSince } }],
    },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
    take: batchSize,
  })
  for (const { id } of due) await inbox.remind({ job: 'fetch-media', attachmentId: id })
  return due.length
}

/**
 * Deletes uploads that were not sent within a day and are in nobody's draft, rows first. Those of a condemned matter go with it: the ledger may
 * have counted them; those of a held one stay. @returns how many
 */
export async function dropUnusedUploads(inbox: Inbox): Promise<number> {
  const before = new Date(inbox.now().getTime() - unusedAfterMs)
  const { rows } = await inbox.pool.query<{ id: string }>(
    `delete from attachment a where a.message_id is null and a.created_at <= $1
       and not exists (select 1 from draft d where d.conversation_id = a.conversation_id and a.id = any(d.attachment_ids))
       and not exists (select 1 from conversation c where c.id = a.conversation_id
         and (c.condemned_by is not null or is_held(a.id, c.id, c.contact_id, a.cluster)))
     returning a.id`,
    [before],
  )
  await removeMedia(
    inbox,
    rows.map(({ id }) => id),
  )
  return rows.length
}
