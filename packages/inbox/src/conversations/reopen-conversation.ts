import { type ConversationRead, Refusal } from '@buergerdraht/contract'
import { asViewer, conversationFor, recordAct, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { openAgain } from '../retention/open-again.ts'
import { lockMatters } from './bring-back.ts'
import { readConversation } from './read-conversation.ts'
import { addSystemLine } from './system-line.ts'
import { settleWaiting } from './waiting.ts'

/**
 * Opens a closed matter again, with who did it and why in its thread; whoever had no answer waits again since their own time. Not while
 * the person has another matter open: what they write next would have two places. Open already: nothing happens.
 * @throws Refusal `not-found`, `other-conversation-open`, `conversation-restricted`
 */
export async function reopenConversation(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
  { reason }: { readonly reason?: string | undefined } = {},
): Promise<ConversationRead> {
  await asViewer(inbox, viewer, async (changing) => {
    const { tx, client, publish } = changing
    const { keyId } = await conversationFor(tx, viewer, id)
    const key = await inbox.keys.get(keyId)
    const { other } = await lockMatters(tx, id)
    const conversation = await conversationFor(tx, viewer, id)
    if (conversation.state === 'open') return
    const { teamId } = conversation
    if (conversation.restrictedAt !== null) throw new Refusal('conversation-restricted')
    if (other !== null) throw new Refusal('other-conversation-open')
    await openAgain(client, [id])
    await settleWaiting(tx, id)
    const line = { event: 'reopened', by: viewer.displayName, at: inbox.now() } as const
    await addSystemLine(changing, conversation, key, reason === undefined ? line : { ...line, reason })
    await recordAct(tx, line.at, viewer, {
      act: 'conversation-reopened',
      object: { kind: 'conversation', id },
    })
    publish({ type: 'conversation.changed', teamId, conversationId: id, messageId: null })
  })
  return readConversation(inbox, viewer, id)
}
