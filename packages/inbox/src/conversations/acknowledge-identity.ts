import type { ConversationRead } from '@buergerdraht/contract'
import { asViewer, conversationFor, recordAct, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { readConversation } from './read-conversation.ts'

/** A clerk has looked at what is odd about the person's identity; the notice goes, the lines in the thread stay. @throws Refusal `not-found` */
export async function acknowledgeIdentity(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
): Promise<ConversationRead> {
  await asViewer(inbox, viewer, async ({ tx, publish }) => {
    const { contactId, teamId } = await conversationFor(tx, viewer, id)
    const { count } = await tx.contact.updateMany({
      where: { id: contactId, identityNotice: { not: null } },
      data: { identityNotice: null },
    })
    if (count === 0) return
    await recordAct(tx, inbox.now(), viewer, {
      act: 'identity-acknowledged',
      object: { kind: 'conversation', id },
    })
    publish({ type: 'conversation.changed', teamId, conversationId: id, messageId: null })
  })
  return readConversation(inbox, viewer, id)
}
