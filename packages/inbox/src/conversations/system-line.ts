import { type Change, type ConversationRow, newId, sealJson } from '@buergerdraht/office'
import { additionalData, type StoredContent } from '../stored/additional-data.ts'

/**
 * Writes a line like "Frau Yılmaz hat übernommen" into the thread and publishes it. It is nothing that is sent: order of the list and
 * window stay as they are, and unread too unless it names another matter: that counts as said here, and the caller settles who waits.
 * @returns its id
 */
export async function addSystemLine(
  { tx, publish }: Change,
  conversation: ConversationRow,
  key: Buffer,
  line: {
    readonly event: 'claimed' | 'released' | 'closed' | 'reopened' | 'earlier-matter'
    readonly by?: string
    readonly reason?: string
    readonly at: Date
  } & Pick<StoredContent, 'cause' | 'earlier'>,
): Promise<string> {
  const id = newId(line.at)
  const { event, at, ...more } = line
  const stored: StoredContent = { content: { kind: 'system', event }, referral: null, ...more }
  const counts = line.earlier !== undefined
  await tx.message.create({
    data: {
      id,
      conversationId: conversation.id,
      channelId: conversation.channelId,
      direction: 'inbound',
      kind: 'system',
      sentAt: at,
      receivedAt: at,
      statementId: counts ? id : null,
      contentSealed: Uint8Array.from(sealJson(key, additionalData.content(id), stored)),
    },
  })
  const { teamId, id: conversationId } = conversation
  publish({ type: 'message.stored', teamId, conversationId, messageId: id, inbound: counts })
  return id
}
