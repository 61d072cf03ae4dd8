import { change } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'

/** The provider has shaken hands with the channel's verify token: it knows our address and we know its word. */
export function noteVerified(inbox: Inbox, channelId: string): Promise<void> {
  return change(inbox, async ({ tx, publish }) => {
    await tx.channel.update({ where: { id: channelId }, data: { verifiedAt: inbox.now() } })
    publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
  })
}
