import { change, lockUntilCommit } from '@buergerdraht/office'
import { endNotices } from '../channels/end-notices.ts'
import type { Inbox } from '../inbox.ts'

/**
 * 360dialog blocks a number's media for 30 minutes after 20 error answers within 60. We stop well before:
 * what may still go wrong is counted with what did, so that no number of workers can get past the limit
 * together.
 */
const windowMs = 60 * 60 * 1000
const restMs = 30 * 60 * 1000
const opensAfter = 10
const maxAtRisk = 16
const fullMs = 5_000

export type Admission =
  /** Ask the provider; tell {@link settle} how it went. */
  { readonly riskId: bigint } | { readonly notBefore: Date }

type BreakerOffice = Pick<Inbox, 'prisma' | 'pool' | 'now' | 'notify'>

/**
 * Asks for leave to request a file from a channel's provider. A fault is booked in advance, for `riskMs` from
 * now: when the worker is killed, it counts as one then.
 */
export function admit(inbox: BreakerOffice, channelId: string, riskMs: number): Promise<Admission> {
  return change(inbox, async ({ tx, client }) => {
    const now = inbox.now()
    await lockUntilCommit(client, 'mediaBreaker', channelId)
    const channel = await tx.channel.findUnique({
      where: { id: channelId },
      select: { mediaRestsUntil: true },
    })
    const restsUntil = channel?.mediaRestsUntil ?? null
    if (restsUntil !== null && restsUntil > now) return { notBefore: restsUntil }
    const since = new Date(now.getTime() - windowMs)
    await tx.mediaFault.deleteMany({ where: { channelId, at: { lte: since } } })
    const atRisk = await tx.mediaFault.count({ where: { channelId } })
    if (atRisk >= maxAtRisk) return { notBefore: new Date(now.getTime() + fullMs) }
    const { id } = await tx.mediaFault.create({
      data: { channelId, at: new Date(now.getTime() + riskMs) },
      select: { id: true },
    })
    return { riskId: id }
  })
}

/**
 * Says how a request went that was admitted. With too many faults the channel rests and the administrators
 * hear of it.
 */
export async function settle(inbox: Inbox, channelId: string, riskId: bigint, fault: boolean): Promise<void> {
  const now = inbox.now()
  if (!fault) {
    await change(inbox, async (changing) => {
      await changing.tx.mediaFault.deleteMany({ where: { id: riskId } })
      // Files come again: what was told of it is over.
      await endNotices(changing, channelId, 'file-fetched', now)
    })
    return
  }
  await change(inbox, async ({ tx, publish }) => {
    await tx.mediaFault.updateMany({ where: { id: riskId }, data: { at: now } })
    const faults = await tx.mediaFault.count({
      where: { channelId, at: { lte: now, gt: new Date(now.getTime() - windowMs) } },
    })
    if (faults < opensAfter) return
    const mediaRestsUntil = new Date(now.getTime() + restMs)
    await tx.channel.updateMany({ where: { id: channelId }, data: { mediaRestsUntil } })
    await tx.$executeRaw`insert into channel_notice (channel_id, code, first_at, last_at)
      values (${channelId}::uuid, 'media-breaker-open', ${now}, ${now})
      on conflict (channel_id, code, detail) where dismissed_at is null
      do update set count = channel_notice.count + 1, last_at = excluded.last_at`
    publish({ type: 'channel.changed', teamId: null, conversationId: null, messageId: null })
  })
}
