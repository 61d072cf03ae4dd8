import { Refusal } from '@buergerdraht/contract'
import { asViewer, conversationFor, lockConversationFor, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { tellCitizenRead } from './tell-citizen-read.ts'
import { laterStatement, settleWaiting } from './waiting.ts'

/**
 * Everything up to this statement, by arrival, has been seen here; what arrived after it stays unread. The citizen is told afterwards,
 * where the channel says so, and nobody waits for that. @throws Refusal `not-found`
 */
export async function markRead(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  upTo: string,
): Promise<void> {
  const read = await asViewer(inbox, viewer, async ({ tx, publish }) => {
    const conversation = await conversationFor(tx, viewer, conversationId)
    const said = await tx.message.findFirst({
      where: { conversationId, OR: [{ id: upTo }, { statementId: upTo }] },
      select: { id: true },
    })
    if (said === null) throw new Refusal('not-found')
    if (conversation.unreadCount === 0) return null
    const { readUpTo, teamId } = await lockConversationFor(tx, viewer, conversationId)
    await tx.conversation.update({
      where: { id: conversationId },
      data: { readUpTo: laterStatement(readUpTo, upTo.toLowerCase()) },
    })
    if (!(await settleWaiting(tx, conversationId))) return conversation
    publish({ type: 'conversation.changed', teamId, conversationId, messageId: null })
    return conversation
  })
  if (read !== null) void tellCitizenRead(inbox, read, { upTo, typing: false })
}
