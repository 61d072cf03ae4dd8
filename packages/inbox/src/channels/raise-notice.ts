import type { ChannelNoticeCode } from '@buergerdraht/contract'
import type { Change } from '@buergerdraht/office'

/**
 * Tells the administrators about a channel. One open notice a matter: the same code and detail again only counts up.
 * @param detail a code word of the provider or a template's name; never free text
 */
export async function raiseNotice(
  { tx, publish }: Change,
  channelId: string,
  code: ChannelNoticeCode,
  detail: string,
  at: Date,
): Promise<void> {
  await tx.$executeRaw`insert into channel_notice (channel_id, code, detail, first_at, last_at)
    values (${channelId}::uuid, ${code}, ${detail}, ${at}, ${at})
    on conflict (channel_id, code, detail) where dismissed_at is null
    do update set count = channel_notice.count + 1, last_at = excluded.last_at`
  publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
}
