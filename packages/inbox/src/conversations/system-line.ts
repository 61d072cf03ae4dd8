import { type Change, type ConversationRow, newId, sealJson } from '@buergerdraht/office'
import { additionalData, type StoredContent } from '../stored/additional-data.ts'

/**
 * Writes a line like "Frau Yılmaz hat übernommen" into the thread and announces it. It is nothing the citizen said and nothing that
 * is sent: order of the list, unread and window stay as they are.
 */
export async function addSystemLine(
  { tx, announce }: Change,
  conversation: ConversationRow,
  key: Buffer,
  line: {
    readonly event: 'claimed' | 'released' | 'closed' | 'reopened'
    readonly by: string
    readonly reason?: string
    readonly at: Date
  },
): Promise<void> {
  const id = newId(line.at)
  const stored: StoredContent = {
    content: { kind: 'system', event: line.event },
    referral: null,
    by: line.by,
    ...(line.reason === undefined ? {} : { reason: line.reason }),
  }
  await tx.message.create({
    data: {
      id,
      conversationId: conversation.id,
      channelId: conversation.channelId,
      direction: 'inbound',
      kind: 'system',
      sentAt: line.at,
      receivedAt: line.at,
      contentSealed: Uint8Array.from(sealJson(key, additionalData.content(id), stored)),
    },
  })
  const { teamId } = conversation
  announce({ type: 'message.stored', teamId, conversationId: conversation.id, messageId: id })
}
