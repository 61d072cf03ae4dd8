import type { Conversation } from '@buergerdraht/contract'
import { conversationFor } from '../access.ts'
import { change } from '../announce.ts'
import type { Office } from '../office.ts'
import type { Viewer } from '../viewer.ts'
import { readConversation } from './read-conversation.ts'

/** A clerk has looked at what is odd about the person's identity; the notice goes, the lines in the thread stay. @throws Refusal `not-found` */
export async function acknowledgeIdentity(office: Office, viewer: Viewer, id: string): Promise<Conversation> {
  await change(office, async ({ tx, announce }) => {
    const { contactId, teamId } = await conversationFor(tx, viewer, id)
    const { count } = await tx.contact.updateMany({
      where: { id: contactId, identityNotice: { not: null } },
      data: { identityNotice: null },
    })
    if (count > 0) announce({ type: 'conversation.changed', teamId, conversationId: id, messageId: null })
  })
  return readConversation(office, viewer, id)
}
