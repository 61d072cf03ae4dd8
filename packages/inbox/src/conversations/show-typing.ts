import { asViewer, conversationFor, type Viewer } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'
import { windowIsOpen } from './service-window.ts'
import { tellCitizenRead } from './tell-citizen-read.ts'

/**
 * Shows the citizen that somebody is writing, for at most 25 seconds. The provider takes that for having read everything, so it
 * happens only where the channel sends read receipts. Nobody waits for it. @throws Refusal `not-found`
 */
export async function showTyping(inbox: Inbox, viewer: Viewer, conversationId: string): Promise<void> {
  const conversation = await asViewer(inbox, viewer, ({ tx }) => conversationFor(tx, viewer, conversationId))
  if (conversation.state !== 'open' || !windowIsOpen(conversation, inbox.now())) return
  void tellCitizenRead(inbox, conversation, { typing: true })
}
