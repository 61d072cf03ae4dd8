import { Refusal } from '@buergerdraht/contract'
import type { ConversationRow, MessageRow } from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import { officeSettings } from '../conversations/office-setting.ts'
import { windowIsOpen } from '../conversations/service-window.ts'

/**
 * Whether something may be sent in this conversation now. A citizen has opened it, so nobody is ever written to first; the window
 * decides about everything but templates.
 * @throws Refusal `receives-only`, `conversation-closed`, `channel-stopped`, `window-closed`
 */
export async function requireSendable(
  tx: Prisma.TransactionClient,
  conversation: ConversationRow,
  now: Date,
  { template }: { readonly template: boolean },
): Promise<void> {
  if ((await officeSettings(tx)).receivesOnly) throw new Refusal('receives-only')
  if (conversation.state !== 'open') throw new Refusal('conversation-closed')
  const channel = await tx.channel.findUniqueOrThrow({
    where: { id: conversation.channelId },
    select: { state: true },
  })
  if (channel.state !== 'enabled') throw new Refusal('channel-stopped')
  if (!template && !windowIsOpen(conversation, now)) throw new Refusal('window-closed')
}

/** A message that the provider knows and that still is there can be quoted and reacted to. */
export function isQuotable(message: Pick<MessageRow, 'providerIdMac' | 'revokedAt' | 'kind'>): boolean {
  return message.providerIdMac !== null && message.revokedAt === null && message.kind !== 'system'
}
