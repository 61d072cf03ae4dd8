import type { Cause } from '@buergerdraht/contract'
import { addMessage, bare } from './apply-message.ts'
import type { Batch } from './batch.ts'
import { isReadable } from './conversations.ts'
import type { Message } from './messages.ts'

/**
 * What happens to a message of a closed matter is seen: the matter opens again, with a line that says why. Where the person has another
 * open one, which is where they are answered, the line stands there and counts as said. What is destroyed stays so, and what is
 * restricted closed (Art. 18 GDPR).
 * `conversations/bring-back.ts` does the same for what is found out while sending.
 */
export function bringBack(batch: Batch, message: Message, cause: Cause, at: Date, receivedAt: Date): void {
  const { people, conversations, liveEvents } = batch
  const { conversation } = message
  const contact = people.get(conversation.contactId)
  if (conversation.isOpen || conversation.isRestricted || !isReadable(conversation) || contact === undefined)
    return
  const other = conversations.openOf(contact)
  if (other === null) conversations.reopen(conversation, contact)
  const place = other ?? conversation
  const earlier = { conversationId: conversation.id, messageId: message.id }
  const line = addMessage(batch, place, {
    ...bare,
    providerMessageId: null,
    direction: 'inbound',
    content: { kind: 'system', event: other === null ? 'reopened' : 'earlier-matter' },
    // That it is open again is our own doing; what was said elsewhere was said when it was.
    sentAt: other === null ? receivedAt : at,
    receivedAt,
    line: other === null ? { cause } : { cause, earlier },
  })
  if (other !== null && cause === 'not-delivered') batch.messages.dateBack(line, message)
  conversations.unsettle(place)
  liveEvents.conversation(place)
}
