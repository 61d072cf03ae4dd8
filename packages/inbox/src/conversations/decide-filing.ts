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
import { readConversation } from './read-conversation.ts'

/** Writes and records the decision about a closed matter, in a transaction that has it locked. */
export async function storeClosedFiling(
  inbox: Pick<Inbox, 'keys' | 'now'>,
  { tx, client, publish }: Change,
  viewer: Viewer,
  { id, keyId, teamId }: ConversationRow,
  closedAt: Date,
  decision: FilingDecision,
): Promise<void> {
  const key = await inbox.keys.get(keyId)
  const now = inbox.now()
  await storeFiling(client, { id, closedAt, key }, decision, now)
  await recordAct(tx, now, viewer, {
    act: 'filing-decided',
    object: { kind: 'conversation', id },
    facts: { filing: decision.relevance },
  })
  publish({ type: 'conversation.changed', teamId, conversationId: id, messageId: null })
}

/**
 * Decides anew whether a closed matter belongs to a file, or for the first time where it was closed before that was asked. Its cluster and dates
 * follow, counted from its closing. @throws Refusal `not-found`, `conversation-open`
 */
export async function decideFiling(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
  decision: FilingDecision,
): Promise<ConversationRead> {
  await asViewer(inbox, viewer, async (changing) => {
    const conversation = await lockConversationFor(changing.tx, viewer, id)
    const { state, closedAt } = conversation
    if (state === 'open' || closedAt === null) throw new Refusal('conversation-open')
    await storeClosedFiling(inbox, changing, viewer, conversation, closedAt, decision)
  })
  return readConversation(inbox, viewer, id)
}
