import { change, prepared } from '@buergerdraht/office'
import { bringBack, lockMatters } from '../conversations/bring-back.ts'
import type { Inbox } from '../inbox.ts'

/** A lease that is so old belongs to a process that has died; a living one gives up after half a minute. */
const leaseLifeMs = 2 * 60 * 1000
const maxRows = 500

export type SweptReplies = {
  /** Messages whose outcome nobody can know any more. */
  readonly uncertain: number
  /** Conversations with something to send that were reminded of. */
  readonly reminded: number
}

/** Nobody will hear any more what became of a message whose sender has died. Whether that is so. */
function giveUp(
  inbox: Inbox,
  { id, conversationId }: { readonly id: string; readonly conversationId: string },
  leasedBefore: Date,
): Promise<boolean> {
  return change(inbox, async (changing) => {
    const matters = await lockMatters(changing.tx, conversationId)
    const { count } = await changing.tx.message.updateMany({
      where: { id, sendState: 'sending', leasedAt: { lt: leasedBefore } },
      data: { sendState: 'unknown', errorCode: 'no-answer' },
    })
    if (count === 0) return false
    const { teamId } = matters.matter
    changing.publish({ type: 'message.changed', teamId, conversationId, messageId: id })
    await bringBack(inbox, changing, matters, id, 'outcome-unknown')
    return true
  })
}

/**
 * Finds what got lost on the way: a message leased by a process that died is `unknown` from now on and MUST NOT be sent again by
 * itself; a reaction is queued again, because setting it twice shows it once; what is queued without a reminder gets one.
 */
export async function sweepReplies(inbox: Inbox): Promise<SweptReplies> {
  const now = inbox.now()
  const leasedBefore = new Date(now.getTime() - leaseLifeMs)
  const orphaned = await inbox.prisma.message.findMany({
    where: { sendState: 'sending', leasedAt: { lt: leasedBefore } },
    select: { id: true, conversationId: true },
    take: maxRows,
  })
  let uncertain = 0
  for (const one of orphaned) if (await giveUp(inbox, one, leasedBefore)) uncertain += 1
  await inbox.prisma.reaction.updateMany({
    where: { sendState: 'sending', leasedAt: { lt: leasedBefore } },
    data: { sendState: 'queued' },
  })
  // Both conditions on the state: the first one is what the partial index stands for.
  const { rows } = await inbox.pool.query<{ conversation_id: string }>(
    prepared(
      `select m.conversation_id from message m join channel ch on ch.id = m.channel_id
        where m.send_state in ('queued', 'sending') and m.send_state = 'queued' and ch.state = 'enabled'
          and (m.not_before_at is null or m.not_before_at <= $1)
      union
      select m.conversation_id from reaction r join message m on m.id = r.message_id join channel ch on ch.id = m.channel_id
        where r.send_state in ('queued', 'sending') and r.send_state = 'queued' and r.replaced_at is null
          and ch.state = 'enabled' and (r.not_before_at is null or r.not_before_at <= $1)
      limit ${maxRows}`,
      [now],
    ),
  )
  for (const { conversation_id } of rows) {
    await inbox.remind({ job: 'send-replies', conversationId: conversation_id })
  }
  return { uncertain, reminded: rows.length }
}
