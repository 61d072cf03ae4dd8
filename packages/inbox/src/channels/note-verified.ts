import { change } from '../announce.ts'
import type { Office } from '../office.ts'

/** The provider has shaken hands with the channel's verify token: it knows our address and we know its word. */
export function noteVerified(office: Office, channelId: string): Promise<void> {
  return change(office, async ({ tx, announce }) => {
    await tx.channel.update({ where: { id: channelId }, data: { verifiedAt: office.now() } })
    announce({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
  })
}
