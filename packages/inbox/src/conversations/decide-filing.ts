import { type ConversationRead, type FilingDecision, Refusal } from '@buergerdraht/contract'
import { asViewer, lockConversationFor, recordAct, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { storeFiling } from '../retention/filing.ts'
import { readConversation } from './read-conversation.ts'

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
  await asViewer(inbox, viewer, async ({ tx, client, publish }) => {
    const { state, closedAt, keyId, teamId } = await lockConversationFor(tx, viewer, id)
    if (state === 'open' || closedAt === null) throw new Refusal('conversation-open')
    const key = await inbox.keys.get(keyId)
    const now = inbox.now()
    await storeFiling(client, { id, closedAt, key }, decision, now)
    await recordAct(tx, now, viewer, {
      act: 'filing-decided',
      object: { kind: 'conversation', id },
      facts: { filing: decision.relevance },
    })
    publish({ type: 'conversation.changed', teamId, conversationId: id, messageId: null })
  })
  return readConversation(inbox, viewer, id)
}
