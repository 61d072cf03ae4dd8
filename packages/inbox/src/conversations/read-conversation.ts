import { type Conversation, Refusal } from '@buergerdraht/contract'
import { conversationFor } from '../access.ts'
import type { Office } from '../office.ts'
import type { Viewer } from '../viewer.ts'
import { presentConversations } from './present-conversations.ts'

/** One conversation as the desk shows it. @throws Refusal `not-found` */
export async function readConversation(office: Office, viewer: Viewer, id: string): Promise<Conversation> {
  const { id: known } = await conversationFor(office.prisma, viewer, id)
  const [conversation] = await presentConversations(office, [known])
  if (conversation === undefined) throw new Refusal('not-found')
  return conversation
}
