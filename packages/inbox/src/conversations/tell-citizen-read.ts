import { channelCredentialsOf } from '../channels/credentials.ts'
import type { Inbox } from '../inbox.ts'
import { openProviderId } from '../stored/provider-id.ts'
import { officeSettings } from './office-setting.ts'

const patienceMs = 10_000

/**
 * Blue ticks, and with `typing` "is writing …", for everything up to the newest of the citizen's messages that is not after `upTo`
 * (the newest of all without it). Only where the channel wants them and the office sends at all. Best effort: when it fails, nothing is lost and nobody is told.
 */
export async function tellCitizenRead(
  inbox: Inbox,
  conversation: { readonly id: string; readonly channelId: string; readonly keyId: string },
  options: { readonly upTo?: string; readonly typing: boolean },
): Promise<void> {
  try {
    const channel = await channelCredentialsOf(inbox, conversation.channelId)
    if (channel === null || !channel.readReceipts || channel.state !== 'enabled') return
    if ((await officeSettings(inbox.prisma)).receivesOnly) return
    const message = await inbox.prisma.message.findFirst({
      where: {
        conversationId: conversation.id,
        direction: 'inbound',
        providerIdSealed: { not: null },
        kind: { not: 'system' },
        ...(options.upTo === undefined ? {} : { id: { lte: options.upTo } }),
      },
      orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
      select: { id: true, providerIdSealed: true },
    })
    if (message === null || message.providerIdSealed === null) return
    const key = await inbox.keys.get(conversation.keyId)
    const signal = AbortSignal.timeout(patienceMs)
    const done = await channel.adapter.markRead(
      openProviderId(key, message.id, message.providerIdSealed),
      options.typing,
      channel.credentials,
      signal,
    )
    if (!done) inbox.log.info({ channelId: channel.channelId }, 'read receipt not taken')
  } catch (error) {
    inbox.log.warn({ error, channelId: conversation.channelId }, 'read receipt failed')
  }
}
