import { conversationFor } from '../access.ts'
import type { Office } from '../office.ts'
import type { Viewer } from '../viewer.ts'
import { windowIsOpen } from './service-window.ts'
import { tellCitizenRead } from './tell-citizen-read.ts'

/**
 * Shows the citizen that somebody is writing, for at most 25 seconds. The provider takes that for having read everything, so it
 * happens only where the channel sends read receipts. Nobody waits for it. @throws Refusal `not-found`
 */
export async function showTyping(office: Office, viewer: Viewer, conversationId: string): Promise<void> {
  const conversation = await conversationFor(office.prisma, viewer, conversationId)
  if (conversation.state !== 'open' || !windowIsOpen(conversation, office.now())) return
  void tellCitizenRead(office, conversation, { typing: true })
}
