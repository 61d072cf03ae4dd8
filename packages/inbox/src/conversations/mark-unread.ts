import { asViewer, lockConversationFor, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { newestStatement, settleWaiting } from './waiting.ts'

/** The newest that the citizen said counts as unread again, for everybody. Nothing is told the citizen. @throws Refusal `not-found` */
export async function markUnread(inbox: Inbox, viewer: Viewer, conversationId: string): Promise<void> {
  await asViewer(inbox, viewer, async ({ tx, publish }) => {
    const { unreadCount, teamId } = await lockConversationFor(tx, viewer, conversationId)
    if (unreadCount > 0) return
    const readUpTo = await newestStatement(tx, conversationId, 1)
    await tx.conversation.update({ where: { id: conversationId }, data: { readUpTo } })
    await settleWaiting(tx, conversationId)
    publish({ type: 'conversation.changed', teamId, conversationId, messageId: null })
  })
}
