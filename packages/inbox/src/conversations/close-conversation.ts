import { type ConversationRead, type FilingDecision, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  type ConversationRow,
  lockConversationFor,
  recordAct,
  type Viewer,
} from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { storeFiling } from '../retention/filing.ts'
import { storeClosedFiling } from './decide-filing.ts'
import { readConversation } from './read-conversation.ts'
import { addSystemLine } from './system-line.ts'
import { newestStatement } from './waiting.ts'

export type Closing = {
  readonly filing: FilingDecision
  /** The newest statement that whoever closes has seen; without it everything counts as seen. */
  readonly seenUpTo?: string | undefined
}

/** Closes what is open, with the decision, in a transaction that has it locked. @param closedAt from when on its period runs */
async function close(
  inbox: Pick<Inbox, 'keys' | 'now'>,
  changing: Change,
  viewer: Viewer,
  conversation: ConversationRow,
  filing: FilingDecision,
  closedAt: Date,
): Promise<void> {
  const { tx, client, publish } = changing
  const { id, teamId, keyId } = conversation
  const key = await inbox.keys.get(keyId)
  const at = inbox.now()
  await tx.conversation.update({
    where: { id },
    data: {
      state: 'closed',
      closedAt,
      waitingSince: null,
      unreadCount: 0,
      readUpTo: await newestStatement(tx, id),
    },
  })
  await storeFiling(client, { id, closedAt, key }, filing, at)
  await addSystemLine(changing, conversation, key, { event: 'closed', by: viewer.displayName, at })
  await recordAct(tx, at, viewer, {
    act: 'conversation-closed',
    object: { kind: 'conversation', id },
    facts: { filing: filing.relevance },
  })
  publish({ type: 'conversation.changed', teamId, conversationId: id, messageId: null })
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
    const { tx } = changing
    const conversation = await lockConversationFor(tx, viewer, id)
    if (conversation.state !== 'open') throw new Refusal('conversation-closed')
    const newest = await newestStatement(tx, id)
    if (seenUpTo !== undefined && newest !== null && newest > seenUpTo.toLowerCase()) {
      throw new Refusal('unseen-message')
    }
    await close(inbox, changing, viewer, conversation, filing, inbox.now())
  })
  return readConversation(inbox, viewer, id)
}

/**
 * Decides about an old matter of which nobody has noted the end, in a transaction that has it locked: whether it belongs to a file, and, where it was
 * left open, that it ended with its last message. Its period runs from there: that nobody closed it is no reason to keep it longer.
 */
export async function settleOldMatter(
  inbox: Pick<Inbox, 'keys' | 'now'>,
  changing: Change,
  viewer: Viewer,
  conversation: ConversationRow,
  filing: FilingDecision,
): Promise<void> {
  const { closedAt, lastMessageAt } = conversation
  if (closedAt === null) return close(inbox, changing, viewer, conversation, filing, lastMessageAt)
  await storeClosedFiling(inbox, changing, viewer, conversation, closedAt, filing)
}
