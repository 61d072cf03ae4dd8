import type { MediaReference } from '@buergerdraht/bsp'
import { type AttachmentRow, type Change, type ConversationRow, newId, sealJson } from '@buergerdraht/office'
import { laterStatement, settleWaiting } from '../conversations/waiting.ts'
import type { Inbox } from '../inbox.ts'
import { presentAttachment } from '../media/present-attachment.ts'
import { contentText } from '../search/findable-text.ts'
import { inTransaction } from '../search/run-sql.ts'
import { storeEntries } from '../search/store-entries.ts'
import { additionalData } from '../stored/additional-data.ts'
import type { StoredReply } from './reply-intent.ts'

/** A message of ours that is to be stored, and then sent where it was not said already. */
export type Outgoing = {
  readonly stored: StoredReply
  readonly attachmentId: string | null
  readonly clientId: string | null
  readonly replyToId: string | null
}

/** @param key of the attachment; the file of a message as its content names it; where it lies at the provider is known once it is sent. */
export function mediaOf(key: Buffer, row: AttachmentRow): MediaReference {
  return {
    kind: row.kind as MediaReference['kind'],
    id: null,
    url: null,
    mediaType: row.mediaType,
    sha256: null,
    fileName: presentAttachment(key, row).fileName,
    animated: false,
  }
}

/**
 * Puts messages of ours into a conversation, in this order, to be sent: rows, files, search, list, live event, reminder.
 * The caller holds the conversation's lock. What the citizen said up to `answersUpTo` has been seen, and is answered once the provider
 * has accepted one of these; what came later stays unread and waiting.
 * @param authorId null: nobody, the office has set that it be said
 * @param noticeVersion it is the privacy notice: no answer, nothing that is searched for or shown as what was said last, and nobody has to decide
 * about it where it fails
 * @param elsewhereAt it was said then in another way: nothing is sent
 * @returns the messages' ids
 */
export async function storeOutgoing(
  inbox: Inbox,
  { tx, publish, afterCommit }: Change,
  conversation: ConversationRow,
  key: Buffer,
  {
    authorId,
    answersUpTo,
    noticeVersion = null,
    elsewhereAt = null,
  }: {
    readonly authorId: string | null
    readonly answersUpTo: string | null
    readonly noticeVersion?: number | null
    readonly elsewhereAt?: Date | null
  },
  outgoing: readonly Outgoing[],
): Promise<string[]> {
  const now = inbox.now()
  const saidAt = elsewhereAt ?? now
  const { id: conversationId, channelId, teamId } = conversation
  const messages = outgoing.map((one) => ({ ...one, id: newId(now) }))
  await tx.message.createMany({
    data: messages.map(({ id, stored, clientId, replyToId }) => ({
      id,
      conversationId,
      channelId,
      direction: 'outbound',
      kind: stored.content.kind,
      sentAt: saidAt,
      receivedAt: now,
      contentSealed: Uint8Array.from(sealJson(key, additionalData.content(id), stored)),
      replyToId,
      clientId,
      authorId,
      answersUpTo,
      sendState: elsewhereAt === null ? 'queued' : null,
      noticeVersion,
      settledAt: noticeVersion === null ? null : now,
    })),
  })
  for (const { id, attachmentId } of messages) {
    if (attachmentId !== null) {
      await tx.attachment.update({ where: { id: attachmentId, messageId: null }, data: { messageId: id } })
    }
  }
  await storeEntries(
    inbox.search,
    { run: inTransaction(tx), afterCommit },
    messages.flatMap(({ id, stored }) =>
      stored.content.kind === 'system' || noticeVersion !== null
        ? []
        : [{ id, conversationId, teamId, at: saidAt, text: contentText(stored.content) }],
    ),
  )
  if (noticeVersion === null)
    await tx.conversation.update({
      where: { id: conversationId },
      data: {
        readUpTo: laterStatement(conversation.readUpTo, answersUpTo),
        ...(elsewhereAt !== null && elsewhereAt < conversation.lastMessageAt
          ? {}
          : {
              lastMessageId: messages.at(-1)?.id ?? conversation.lastMessageId,
              lastMessageAt: new Date(Math.max(saidAt.getTime(), conversation.lastMessageAt.getTime())),
            }),
      },
    })
  await settleWaiting(tx, conversationId)
  for (const { id } of messages) publish({ type: 'message.stored', teamId, conversationId, messageId: id })
  publish({ type: 'conversation.changed', teamId, conversationId, messageId: null })
  if (elsewhereAt === null) afterCommit(() => inbox.remind({ job: 'send-replies', conversationId }))
  return messages.map(({ id }) => id)
}
