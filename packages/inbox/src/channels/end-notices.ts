import type { ChannelNoticeCode } from '@buergerdraht/contract'
import type { Change } from '@buergerdraht/office'

/** What the administrators were told is over: the cause has ended, and nobody need say so by hand. */
export async function endNotices(
  { tx, publish }: Change,
  channelId: string,
  codes: readonly ChannelNoticeCode[],
  at: Date,
): Promise<void> {
  const { count } = await tx.channelNotice.updateMany({
    where: { channelId, code: { in: [...codes] }, dismissedAt: null },
    data: { dismissedAt: at },
  })
  if (count > 0) publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
}
