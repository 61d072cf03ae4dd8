import { createHash } from 'node:crypto'
import { type ElsewhereWay, type Message, Refusal } from '@buergerdraht/contract'
import { asViewer, lockConversationFor, recordAct, type Viewer } from '@buergerdraht/office'
import { takeByAnswering } from '../conversations/assign-conversation.ts'
import { saidUntil } from '../conversations/waiting.ts'
import type { Inbox } from '../inbox.ts'
import { messageAfterAct } from '../messages/list-messages.ts'
import { alreadyStored } from './send-reply.ts'
import { storeOutgoing } from './store-messages.ts'

/** That a citizen was answered elsewhere than in the chat, as whoever did it says. */
export type ElsewhereAnswer = {
  /** Chosen by the browser; the same one is the same answer, however often it is noted. */
  readonly clientId: string
  readonly way: ElsewhereWay
  /** In which minute; left out: now. */
  readonly at?: string | undefined
  /** What was said, where that is to be kept. */
  readonly text?: string | undefined
  /** The newest statement of the citizen that its author had seen; without it everything that is here. */
  readonly seenUpTo?: string | undefined
}

const minuteMs = 60_000

function intentOf({ way, at, text }: ElsewhereAnswer): string {
  return createHash('sha256')
    .update(JSON.stringify(['elsewhere', way, at ?? null, text ?? null]))
    .digest('base64url')
}

/**
 * People say a minute, phones a second: what was written in that minute was there when it was answered.
 * @throws Refusal `invalid-input`
 */
function lastOfMinute(at: string | undefined, now: Date): Date {
  if (at === undefined) return now
  const begins = Math.floor(Date.parse(at) / minuteMs) * minuteMs
  if (begins > now.getTime()) throw new Refusal('invalid-input', [{ path: 'at', fault: 'in-the-future' }])
  return new Date(Math.min(begins + minuteMs - 1, now.getTime()))
}

/**
 * Notes that the citizen was answered by telephone, letter or otherwise: an answer among the messages of the conversation, which is never sent, kept, found,
 * filed and deleted with them. Whoever waited for it does not any more; what was said after it stays without an answer. To which address or number it went
 * is nowhere asked for. When it resolves it is durable, and asking again with the same id gives the same message.
 * @throws Refusal `not-found`, `conversation-closed`, `client-id-reused`, `invalid-input`
 */
export async function answerElsewhere(
  inbox: Inbox,
  viewer: Viewer,
  conversationId: string,
  answer: ElsewhereAnswer,
): Promise<Message> {
  const { clientId, way, text = null } = answer
  const intent = intentOf(answer)
  const messageId = await asViewer(inbox, viewer, async (changing) => {
    const { tx } = changing
    const conversation = await lockConversationFor(tx, viewer, conversationId)
    const key = await inbox.keys.get(conversation.keyId)
    const known = await alreadyStored(tx, conversationId, key, clientId, intent)
    if (known !== null) return known
    if (conversation.state !== 'open') throw new Refusal('conversation-closed')
    // First, as with every answer: the line that says so stands before it.
    await takeByAnswering(inbox, changing, viewer, conversation, key)
    const now = inbox.now()
    const elsewhereAt = lastOfMinute(answer.at, now)
    const answersUpTo = await saidUntil(
      tx,
      conversationId,
      elsewhereAt,
      answer.seenUpTo?.toLowerCase() ?? null,
    )
    if (answersUpTo === null)
      throw new Refusal('invalid-input', [{ path: 'at', fault: 'before-first-message' }])
    const by = { authorId: viewer.accountId, answersUpTo, elsewhereAt }
    const [id] = await storeOutgoing(inbox, changing, conversation, key, by, [
      {
        stored: { content: { kind: 'elsewhere', way, text }, referral: null, intent },
        attachmentId: null,
        clientId,
        replyToId: null,
      },
    ])
    await recordAct(tx, now, viewer, {
      act: 'answered',
      object: { kind: 'conversation', id: conversationId },
      facts: { elsewhere: way },
    })
    return id ?? ''
  })
  return messageAfterAct(inbox, viewer, conversationId, messageId)
}
