import { type ConversationRead, type FilingDecision, Refusal } from '@buergerdraht/contract'
import { asViewer, lockConversationFor, recordAct, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { storeFiling } from '../retention/filing.ts'
import { readConversation } from './read-conversation.ts'
import { addSystemLine } from './system-line.ts'
import { newestStatement } from './waiting.ts'

export type Closing = {
  readonly filing: FilingDecision
  /** The newest statement that whoever closes has seen; without it everything counts as seen. */
  readonly seenUpTo?: string | undefined
}

/**
 * Closes the matter: nobody waits any more, the citizen's next message opens a new conversation. Answers that were stored before are
 * still sent. Whether the matter belongs to a file is decided with it, and from that follows when it has to be gone. What was said after `seenUpTo` is not closed unseen. @throws Refusal `not-found`, `conversation-closed`, `unseen-message`
 */
export async function closeConversation(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
  { seenUpTo, filing }: Closing,
): Promise<ConversationRead> {
  await asViewer(inbox, viewer, async (changing) => {
    const { tx, client, publish } = changing
    const conversation = await lockConversationFor(tx, viewer, id)
    const key = await inbox.keys.get(conversation.keyId)
    if (conversation.state !== 'open') throw new Refusal('conversation-closed')
    const newest = await newestStatement(tx, id)
    if (seenUpTo !== undefined && newest !== null && newest > seenUpTo.toLowerCase()) {
      throw new Refusal('unseen-message')
    }
    const at = inbox.now()
    await tx.conversation.update({
      where: { id },
      data: { state: 'closed', closedAt: at, waitingSince: null, unreadCount: 0, readUpTo: newest },
    })
    await storeFiling(client, { id, closedAt: at, key }, filing, at)
    await addSystemLine(changing, conversation, key, { event: 'closed', by: viewer.displayName, at })
    await recordAct(tx, at, viewer, {
      act: 'conversation-closed',
      object: { kind: 'conversation', id },
      facts: { filing: filing.relevance },
    })
    const { teamId } = conversation
    publish({ type: 'conversation.changed', teamId, conversationId: id, messageId: null })
  })
  return readConversation(inbox, viewer, id)
}
