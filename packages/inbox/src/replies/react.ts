import { type Message, Refusal } from '@buergerdraht/contract'
import { conversationFor, lockConversationFor, messageFor } from '../access.ts'
import { change } from '../announce.ts'
import { readMessage } from '../messages/list-messages.ts'
import { newId } from '../new-id.ts'
import type { Office } from '../office.ts'
import { places } from '../places.ts'
import { open, seal } from '../sealing.ts'
import type { Viewer } from '../viewer.ts'
import { isQuotable, requireSendable } from './sendable.ts'

/**
 * Reacts to a message of the citizen, or takes the reaction back (null). There is one current reaction of the office a message; the
 * intent is durable when this resolves, and asking again for what already is changes nothing.
 * @throws Refusal `not-found`, `not-quotable`, `window-closed`, `conversation-closed`, `channel-stopped`
 */
export async function react(
  office: Office,
  viewer: Viewer,
  conversationId: string,
  messageId: string,
  emoji: string | null,
): Promise<Message> {
  const { keyId } = await conversationFor(office.prisma, viewer, conversationId)
  const key = await office.keys.get(keyId)
  await change(office, async ({ tx, announce, afterCommit }) => {
    const conversation = await lockConversationFor(tx, viewer, conversationId)
    const { message } = await messageFor(tx, viewer, conversationId, messageId)
    if (message.direction !== 'inbound' || !isQuotable(message)) throw new Refusal('not-quotable')
    const current = await tx.reaction.findFirst({ where: { messageId, sender: 'office', replacedAt: null } })
    const shown =
      current === null || current.emojiSealed === null
        ? null
        : open(key, places.emoji(current.id), current.emojiSealed).toString('utf8')
    if (shown === emoji) return
    const now = office.now()
    await requireSendable(tx, conversation, now, { template: false })
    if (current !== null) {
      await tx.reaction.update({
        where: { id: current.id },
        // One that has not gone out will not: its successor says what is meant.
        data: { replacedAt: now, ...(current.sendState === 'queued' ? { sendState: 'failed' } : {}) },
      })
    }
    const id = newId(now)
    await tx.reaction.create({
      data: {
        id,
        messageId,
        sender: 'office',
        emojiSealed: emoji === null ? null : Uint8Array.from(seal(key, places.emoji(id), emoji)),
        at: now,
        authorId: viewer.accountId,
        sendState: 'queued',
      },
    })
    announce({ type: 'message.changed', teamId: conversation.teamId, conversationId, messageId })
    afterCommit(() => office.remind({ job: 'send-replies', conversationId }))
  })
  return readMessage(office, viewer, conversationId, messageId)
}
