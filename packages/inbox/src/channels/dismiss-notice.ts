import { Refusal } from '@buergerdraht/contract'
import { asViewer, requireAdmin, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'

/**
 * The admin has dealt with it; when it happens again, a new notice opens. Dismissing one twice is no fault.
 * @throws Refusal `not-allowed`, `not-found`
 */
export async function dismissNotice(
  inbox: Inbox,
  viewer: Viewer,
  channelId: string,
  noticeId: string,
): Promise<void> {
  requireAdmin(viewer)
  await asViewer(inbox, viewer, async ({ tx, publish }) => {
    const notice = await tx.channelNotice.findFirst({ where: { id: noticeId, channelId } })
    if (notice === null) throw new Refusal('not-found')
    if (notice.dismissedAt !== null) return
    await tx.channelNotice.update({ where: { id: noticeId }, data: { dismissedAt: inbox.now() } })
    publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
  })
}
