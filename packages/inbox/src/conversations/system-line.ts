import type { ConversationRow } from '../access.ts'
import type { Change } from '../announce.ts'
import { newId } from '../new-id.ts'
import { places, type StoredContent } from '../places.ts'
import { sealJson } from '../sealing.ts'

/**
 * Writes a line like "Frau Yılmaz hat übernommen" into the thread and announces it. It is nothing the citizen said and nothing that
 * is sent: order of the list, unread and window stay as they are.
 */
export async function addSystemLine(
  { tx, announce }: Change,
  conversation: ConversationRow,
  key: Buffer,
  line: { readonly event: 'claimed' | 'released' | 'closed'; readonly by: string; readonly at: Date },
): Promise<void> {
  const id = newId(line.at)
  const stored: StoredContent = {
    content: { kind: 'system', event: line.event },
    referral: null,
    by: line.by,
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
      contentSealed: Uint8Array.from(sealJson(key, places.content(id), stored)),
    },
  })
  const { teamId } = conversation
  announce({ type: 'message.stored', teamId, conversationId: conversation.id, messageId: id })
}
