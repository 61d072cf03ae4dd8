import { type Channel, type changeChannel as endpoint, Refusal } from '@buergerdraht/contract'
import { asViewer, recordAct, requireAdmin, type Viewer } from '@buergerdraht/office'
import type { Prisma } from '@buergerdraht/prisma'
import type { z } from 'zod'
import type { Inbox } from '../inbox.ts'
import { endNotices } from './end-notices.ts'
import { readChannel } from './list-channels.ts'
import { remindOfQueued } from './remind-of-queued.ts'

type ChannelChange = Pick<z.output<(typeof endpoint)['body']>, 'name' | 'state' | 'readReceipts'>

/** Events that came while the channel was disabled are read now, in their order; nothing that was accepted is lost. */
async function releaseHeldEvents(tx: Prisma.TransactionClient, channelId: string): Promise<void> {
  await tx.$executeRaw`update webhook_event set held = false where channel_id = ${channelId}::uuid and held`
  await tx.$executeRaw`select pg_notify('intake', '')`
}

/**
 * Changes a channel. `enabled` resumes one that was stopped or disabled: what was held is read, what is queued is sent. `disabled` goes on
 * storing what comes, unread. Address and credentials are no one person's to change ({@link proposeAccountChange}).
 * @throws Refusal `not-allowed`, `not-found`, `account-not-proven`
 */
export async function changeChannel(
  inbox: Inbox,
  viewer: Viewer,
  id: string,
  { name, state, readReceipts }: ChannelChange,
): Promise<Channel> {
  requireAdmin(viewer)
  await asViewer(inbox, viewer, async (changing) => {
    const { tx, publish, afterCommit } = changing
    await tx.$queryRaw`select 1 as locked from channel where id = ${id}::uuid for no key update`
    const old = await tx.channel.findUnique({ where: { id }, select: { state: true, accountProvenAt: true } })
    if (old === null) throw new Refusal('not-found')
    if (state === 'enabled' && old.accountProvenAt === null) throw new Refusal('account-not-proven')
    if (name === undefined && state === undefined && readReceipts === undefined) return
    await tx.channel.update({
      where: { id },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(state === undefined ? {} : { state }),
        ...(readReceipts === undefined ? {} : { readReceipts }),
        revision: { increment: 1 },
      },
      select: { id: true },
    })
    await recordAct(tx, inbox.now(), viewer, {
      act: 'channel-changed',
      object: { kind: 'channel', id },
      facts: state === undefined || state === old.state ? {} : { state },
    })
    if (state === 'enabled' && old.state !== 'enabled') {
      await endNotices(changing, id, 'enabled', inbox.now())
      await releaseHeldEvents(tx, id)
      afterCommit(() => remindOfQueued(inbox, id))
    }
    publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
  })
  return readChannel(inbox, viewer, id)
}
