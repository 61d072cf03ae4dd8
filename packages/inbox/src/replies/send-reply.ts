import { type Message, Refusal } from '@buergerdraht/contract'
import {
  type AttachmentRow,
  asViewer,
  type ConversationRow,
  lockConversationFor,
  openJson,
  recordAct,
  type Viewer,
} from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import { takeByAnswering } from '../conversations/assign-conversation.ts'
import { answersNothing, newestStatement } from '../conversations/waiting.ts'
import { forgetSentDraft } from '../drafts/draft.ts'
import type { Inbox } from '../inbox.ts'
import { attachmentKeys } from '../media/attachment-key.ts'
import { messageAfterAct } from '../messages/list-messages.ts'
import { additionalData } from '../stored/additional-data.ts'
import { isQuotable, requireSendable } from './may-send.ts'
import { intentOf, type Reply, type StoredReply } from './reply-intent.ts'
import { type PartFile, replyParts } from './reply-parts.ts'
import { mediaOf, type Outgoing, storeOutgoing } from './store-messages.ts'
import { fillTemplate } from './usable-template.ts'

function requireUsable(reply: Reply): void {
  const files = reply.attachments ?? []
  if (new Set(files).size < files.length) {
    throw new Refusal('invalid-input', [{ path: 'attachments', fault: 'named-twice' }])
  }
  if (reply.template !== undefined && (files.length > 0 || (reply.text ?? '') !== '')) {
    throw new Refusal('invalid-input', [{ path: 'template', fault: 'template-alone' }])
  }
}

/** The message that this client id already is. @throws Refusal `client-id-reused` for one that was another intent */
export async function alreadyStored(
  tx: Prisma.TransactionClient,
  conversationId: string,
  key: Buffer,
  clientId: string,
  intent: string,
): Promise<string | null> {
  const known = await tx.message.findUnique({
    where: { conversationId_clientId: { conversationId, clientId } },
    select: { id: true, contentSealed: true },
  })
  if (known === null) return null
  const stored =
    known.contentSealed === null
      ? null
      : openJson<StoredReply>(key, additionalData.content(known.id), known.contentSealed)
  if (stored?.intent !== intent) throw new Refusal('client-id-reused')
  return known.id
}

async function requireQuotable(
  tx: Prisma.TransactionClient,
  conversationId: string,
  replyTo: string | null,
): Promise<void> {
  if (replyTo === null) return
  const quoted = await tx.message.findFirst({ where: { id: replyTo, conversationId } })
  if (quoted === null || !isQuotable(quoted)) throw new Refusal('not-quotable')
}

/** Files that this person uploaded for this conversation and that nothing has been sent with yet, in the order named. */
async function uploadedFiles(
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  conversationId: string,
  ids: readonly string[],
): Promise<(AttachmentRow & PartFile)[]> {
  if (ids.length === 0) return []
  const rows = await tx.attachment.findMany({
    where: {
      id: { in: [...ids] },
      conversationId,
      messageId: null,
      uploadedBy: viewer.accountId,
      state: 'ready',
    },
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => {
    const row = byId.get(id)
    if (row === undefined) throw new Refusal('attachment-not-ready')
    return { ...row, kind: row.kind as PartFile['kind'] }
  })
}

async function outgoingOf(
  inbox: Inbox,
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  conversation: ConversationRow,
  reply: Reply,
): Promise<Outgoing[]> {
  const { template } = reply
  if (template !== undefined) {
    const { content, values } = await fillTemplate(tx, conversation.channelId, template)
    return [
      {
        stored: { content, referral: null, template: { language: template.language, values } },
        attachmentId: null,
        clientId: null,
        replyToId: null,
      },
    ]
  }
  const text = (reply.text ?? '').trim() === '' ? null : (reply.text ?? null)
  const files = await uploadedFiles(tx, viewer, conversation.id, reply.attachments ?? [])
  const keys = await attachmentKeys(inbox.keys, files, conversation.keyId)
  function mediaOfPart(file: AttachmentRow) {
    const key = keys.get(file.id)
    if (key === undefined) throw new Refusal('attachment-not-ready')
    return mediaOf(key, file)
  }
  return replyParts(text, files).map((part) => ({
    stored: {
      content:
        part.file === null
          ? { kind: 'text', text: part.text ?? '' }
          : { kind: part.file.kind, text: part.text, media: mediaOfPart(part.file) },
      referral: null,
    },
    attachmentId: part.file?.id ?? null,
    clientId: null,
    replyToId: null,
  }))
}

/** What a reply answers: nothing that its author had not seen, and nothing that has not been said yet. */
async function seenBy(
  tx: Prisma.TransactionClient,
  conversationId: string,
  { seenUpTo }: Reply,
): Promise<string | null> {
  const newest = await newestStatement(tx, conversationId)
  const seen = seenUpTo?.toLowerCase() ?? newest
  return seen !== null && newest !== null && newest < seen ? newest : seen
}

/** Nobody answers over what a colleague has said meanwhile without having read it. @throws Refusal `answered-meanwhile` */
async function requireNotAnswered(
  tx: Prisma.TransactionClient,
  conversationId: string,
  { accountId }: Viewer,
  seenUpTo: string | undefined,
): Promise<void> {
  if (seenUpTo === undefined) return
  const [answered] = await tx.$queryRaw<{ id: string }[]>`
    select id from message where conversation_id = ${conversationId}::uuid and direction = 'outbound'
      and id > ${seenUpTo}::uuid and author_id is distinct from ${accountId}::uuid and failed_at is null
      and answers_up_to is distinct from ${answersNothing}::uuid limit 1`
  if (answered !== undefined) throw new Refusal('answered-meanwhile')
}

/** Nobody writes into a colleague's matter without knowing whose it is. @throws Refusal `assigned-meanwhile` */
function requireAssignmentSeen(
  { assigneeId }: ConversationRow,
  { accountId }: Viewer,
  { seenAssignee }: Reply,
): void {
  if (seenAssignee === undefined || assigneeId === null || assigneeId === accountId) return
  if (assigneeId !== seenAssignee?.toLowerCase()) throw new Refusal('assigned-meanwhile')
}

/**
 * Stores the intent to answer, exactly once per client id: when it resolves, the reply is durable and will be sent, and asking again
 * with the same id gives the same message. The reply is the first of the messages that it becomes; that one quotes.
 *
 * A reply needs a conversation, and only a citizen opens one: nobody can be written to first.
 * @throws Refusal `not-found`, `window-closed`, `conversation-closed`, `channel-stopped`, `receives-only`, `client-id-reused`, `not-quotable`,
 * `template-not-usable`, `attachment-not-ready`, `answered-meanwhile`, `assigned-meanwhile`, `invalid-input`
 */
export async function sendReply(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  reply: Reply,
): Promise<Message> {
  requireUsable(reply)
  const messageId = await asViewer(inbox, viewer, async (changing) => {
    const { tx } = changing
    const conversation = await lockConversationFor(tx, viewer, conversationId)
    const key = await inbox.keys.get(conversation.keyId)
    const known = await alreadyStored(tx, conversationId, key, reply.clientId, intentOf(reply))
    if (known !== null) return known
    await requireSendable(tx, conversation, inbox.now(), { template: reply.template !== undefined })
    await requireNotAnswered(tx, conversationId, viewer, reply.seenUpTo)
    requireAssignmentSeen(conversation, viewer, reply)
    const replyToId = reply.replyTo ?? null
    await requireQuotable(tx, conversationId, replyToId)
    const [first, ...others] = await outgoingOf(inbox, tx, viewer, conversation, reply)
    if (first === undefined) throw new Refusal('invalid-input')
    const opening: Outgoing = {
      ...first,
      stored: { ...first.stored, intent: intentOf(reply) },
      clientId: reply.clientId,
      replyToId,
    }
    const outgoing = [opening, ...others]
    const by = { authorId: viewer.accountId, answersUpTo: await seenBy(tx, conversationId, reply) }
    await takeByAnswering(inbox, changing, viewer, conversation, key)
    const [id] = await storeOutgoing(inbox, changing, conversation, key, by, outgoing)
    await recordAct(tx, inbox.now(), viewer, {
      act: 'answered',
      object: { kind: 'conversation', id: conversationId },
    })
    await forgetSentDraft(tx, key, { conversationId, accountId: viewer.accountId }, reply)
    return id ?? ''
  })
  return messageAfterAct(inbox, viewer, conversationId, messageId)
}
