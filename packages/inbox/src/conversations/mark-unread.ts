import { change, conversationFor, lockConversationFor, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { settleWaiting } from './waiting.ts'

/** The newest that the citizen said counts as unread again, for everybody. Nothing is told the citizen. @throws Refusal `not-found` */
export async function markUnread(inbox: Inbox, viewer: Viewer, conversationId: string): Promise<void> {
  await conversationFor(inbox.prisma, viewer, conversationId)
  await change(inbox, async ({ tx, announce }) => {
    const { unreadCount, teamId } = await lockConversationFor(tx, viewer, conversationId)
    if (unreadCount > 0) return
    const [before] = await tx.$queryRaw<{ id: string }[]>`
      select coalesce(statement_id, id) as id from message
      where conversation_id = ${conversationId}::uuid and direction = 'inbound'
        and (kind <> 'system' or statement_id is not null)
      order by coalesce(statement_id, id) desc offset 1 limit 1`
    await tx.conversation.update({
      where: { id: conversationId },
      data: { readUpTo: before?.id ?? null },
    })
    await settleWaiting(tx, conversationId)
    announce({ type: 'conversation.changed', teamId, conversationId, messageId: null })
  })
}
