import { change, lockConversationFor, messageFor, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { tellCitizenRead } from './tell-citizen-read.ts'

/**
 * Everything up to this message, by arrival, has been seen here; what arrived after it stays unread. The citizen is told afterwards,
 * where the channel says so, and nobody waits for that. @throws Refusal `not-found`
 */
export async function markRead(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  upTo: string,
): Promise<void> {
  const { conversation, message } = await messageFor(inbox.prisma, viewer, conversationId, upTo)
  if (conversation.unreadCount === 0) return
  await change(inbox, async ({ tx, announce }) => {
    const { unreadCount, teamId } = await lockConversationFor(tx, viewer, conversationId)
    // Ids are in the order of arrival.
    const newer = await tx.message.count({
      where: { conversationId, direction: 'inbound', kind: { not: 'system' }, id: { gt: message.id } },
    })
    const unread = Math.min(unreadCount, newer)
    if (unread === unreadCount) return
    await tx.conversation.update({ where: { id: conversationId }, data: { unreadCount: unread } })
    announce({ type: 'conversation.changed', teamId, conversationId, messageId: null })
  })
  void tellCitizenRead(inbox, conversation, { upTo: message.id, typing: false })
}
