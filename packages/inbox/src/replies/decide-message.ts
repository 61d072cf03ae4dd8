import { type Message, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type Db,
  lockConversationFor,
  type MessageRow,
  messageFor,
  openJson,
  recordAct,
  type Viewer,
} from '@buergerdraht/office'
import { takeByAnswering } from '../conversations/assign-conversation.ts'
import type { Inbox } from '../inbox.ts'
import { copyAttachment } from '../media/copy-attachment.ts'
import { failureOf } from '../messages/failure-reason.ts'
import { messageAfterAct } from '../messages/list-messages.ts'
import { messageStatusOf } from '../messages/message-status.ts'
import { additionalData } from '../stored/additional-data.ts'
import { requireSendable } from './may-send.ts'
import type { StoredReply } from './reply-intent.ts'
import { storeOutgoing } from './store-messages.ts'

export type Decision = {
  readonly decision: 'send-again' | 'leave'
  /** Of the new message; the same one is the same decision. */
  readonly clientId: string
}

/** Only what failed, or what nobody knows about, and what nobody has decided yet. @throws Refusal `not-decidable` */
function requireDecidable(message: MessageRow, again: boolean): void {
  const status = messageStatusOf(message)
  const open = (status === 'failed' || status === 'unknown') && message.settledAt === null
  const hopeless = again && status === 'failed' && !failureOf(message.errorCode).retryable
  if (!open || hopeless) throw new Refusal('not-decidable')
}

async function leave(inbox: Inbox, viewer: Viewer, conversationId: string, messageId: string): Promise<void> {
  return asViewer(inbox, viewer, async ({ tx, publish }) => {
    const { teamId } = await lockConversationFor(tx, viewer, conversationId)
    const { message } = await messageFor(tx, viewer, conversationId, messageId)
    requireDecidable(message, false)
    await tx.message.update({ where: { id: messageId }, data: { settledAt: inbox.now() } })
    publish({ type: 'message.changed', teamId, conversationId, messageId })
  })
}

function storedOf(key: Buffer, { id, contentSealed }: Pick<MessageRow, 'id' | 'contentSealed'>) {
  return contentSealed === null ? null : openJson<StoredReply>(key, additionalData.content(id), contentSealed)
}

/** The message that this decision has already made. @throws Refusal `client-id-reused` for one that is something else */
async function madeBefore(
  db: Db,
  key: Buffer,
  { conversationId, id: messageId }: MessageRow,
  clientId: string,
): Promise<string | null> {
  const known = await db.message.findUnique({
    where: { conversationId_clientId: { conversationId, clientId } },
    select: { id: true, contentSealed: true },
  })
  if (known === null) return null
  if (storedOf(key, known)?.againFor !== messageId) throw new Refusal('client-id-reused')
  return known.id
}

async function sendAgain(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  messageId: string,
  clientId: string,
): Promise<string> {
  const { conversation, message, key, made, original } = await asViewer(inbox, viewer, async ({ tx }) => {
    const { conversation, message } = await messageFor(tx, viewer, conversationId, messageId)
    const key = await inbox.keys.get(conversation.keyId)
    const made = await madeBefore(tx, key, message, clientId)
    const original = await tx.attachment.findFirst({ where: { messageId } })
    return { conversation, message, key, made, original }
  })
  if (made !== null) return made
  requireDecidable(message, true)
  const stored = storedOf(key, message)
  if (stored === null) throw new Refusal('not-decidable')
  // Before the transaction: files are large. A copy that nothing refers to is swept away.
  const copy =
    original === null ? null : await copyAttachment(inbox, conversation.keyId, original, viewer.accountId)
  return asViewer(inbox, viewer, async (changing) => {
    const { tx, publish } = changing
    const locked = await lockConversationFor(tx, viewer, conversationId)
    const madeMeanwhile = await madeBefore(tx, key, message, clientId)
    if (madeMeanwhile !== null) return madeMeanwhile
    requireDecidable(await tx.message.findUniqueOrThrow({ where: { id: messageId } }), true)
    await requireSendable(tx, locked, inbox.now(), { template: message.kind === 'template' })
    await copy?.insert(tx)
    await tx.message.update({ where: { id: messageId }, data: { settledAt: inbox.now() } })
    publish({ type: 'message.changed', teamId: locked.teamId, conversationId, messageId })
    const { intent: _, ...content } = stored
    // It says what the first one was to say: what came after that has no answer yet.
    const by = { authorId: viewer.accountId, answersUpTo: message.answersUpTo ?? message.id }
    await takeByAnswering(inbox, changing, viewer, locked, key)
    const [id] = await storeOutgoing(inbox, changing, locked, key, by, [
      {
        stored: { ...content, againFor: messageId },
        attachmentId: copy?.id ?? null,
        clientId,
        replyToId: message.replyToId,
      },
    ])
    await recordAct(tx, inbox.now(), viewer, {
      act: 'answered',
      object: { kind: 'conversation', id: conversationId },
      facts: { again: true },
    })
    return id ?? messageId
  })
}

/**
 * A clerk decides about a message that failed or whose outcome nobody knows; nobody else does. `send-again` stores a new message with the
 * same content at the end of the conversation and answers with it; `leave` asks no more. Either way the old message stays as it was, and
 * a second decision about it is refused.
 * @throws Refusal `not-found`, `not-decidable`, `window-closed`, `conversation-closed`, `channel-stopped`, `receives-only`, `client-id-reused`
 */
export async function decideMessage(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  messageId: string,
  { decision, clientId }: Decision,
): Promise<Message> {
  if (decision === 'leave') {
    await leave(inbox, viewer, conversationId, messageId)
    return messageAfterAct(inbox, viewer, conversationId, messageId)
  }
  const id = await sendAgain(inbox, viewer, conversationId, messageId, clientId)
  return messageAfterAct(inbox, viewer, conversationId, id)
}
