import { type Conversation, Refusal } from '@buergerdraht/contract'
import { conversationFor, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { presentConversations } from './present-conversations.ts'

/** One conversation as the desk shows it. @throws Refusal `not-found` */
export async function readConversation(inbox: Inbox, viewer: Viewer, id: string): Promise<Conversation> {
  const { id: known } = await conversationFor(inbox.prisma, viewer, id)
  const [conversation] = await presentConversations(inbox, [known])
  if (conversation === undefined) throw new Refusal('not-found')
  return conversation
}
