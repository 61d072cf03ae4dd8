import { type Message, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  lockConversationFor,
  messageFor,
  newId,
  open,
  recordAct,
  seal,
  type Viewer,
} from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { messageAfterAct } from '../messages/list-messages.ts'
import { additionalData } from '../stored/additional-data.ts'
import { isQuotable, requireSendable } from './may-send.ts'

/**
 * Reacts to a message of the citizen, or takes the reaction back (null). There is one current reaction of the office a message; the
 * intent is durable when this resolves, and asking again for what already is changes nothing.
 * @throws Refusal `not-found`, `not-quotable`, `window-closed`, `conversation-closed`, `channel-stopped`, `receives-only`
 */
export async function react(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  messageId: string,
  emoji: string | null,
): Promise<Message> {
  await asViewer(inbox, viewer, async ({ tx, publish, afterCommit }) => {
    const conversation = await lockConversationFor(tx, viewer, conversationId)
    const key = await inbox.keys.get(conversation.keyId)
    const { message } = await messageFor(tx, viewer, conversationId, messageId)
    if (message.direction !== 'inbound' || !isQuotable(message)) throw new Refusal('not-quotable')
    const current = await tx.reaction.findFirst({ where: { messageId, sender: 'office', replacedAt: null } })
    const shown =
      current === null || current.emojiSealed === null
        ? null
        : open(key, additionalData.emoji(current.id), current.emojiSealed).toString('utf8')
    if (shown === emoji) return
    const now = inbox.now()
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
        emojiSealed: emoji === null ? null : Uint8Array.from(seal(key, additionalData.emoji(id), emoji)),
        at: now,
        authorId: viewer.accountId,
        sendState: 'queued',
      },
    })
    await recordAct(tx, now, viewer, {
      act: 'answered',
      object: { kind: 'conversation', id: conversationId },
      facts: { reaction: true },
    })
    publish({ type: 'message.changed', teamId: conversation.teamId, conversationId, messageId })
    afterCommit(() => inbox.remind({ job: 'send-replies', conversationId }))
  })
  return messageAfterAct(inbox, viewer, conversationId, messageId)
}
