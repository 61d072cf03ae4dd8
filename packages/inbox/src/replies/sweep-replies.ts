import { type Announcement, change, prepared } from '@buergerdraht/office'
import type { Inbox } from '../inbox.ts'

/** A claim that is so old belongs to a process that has died; a living one gives up after half a minute. */
const claimLifeMs = 2 * 60 * 1000
const maxRows = 500

type Swept = {
  readonly id: string
  readonly conversation_id: string
  readonly team_id: string
}

export type SweptReplies = {
  /** Messages whose outcome nobody can know any more. */
  readonly uncertain: number
  /** Conversations with something to send that were reminded of. */
  readonly reminded: number
}

/**
 * Finds what got lost on the way: a message claimed by a process that died is `unknown` from now on and MUST NOT be sent again by
 * itself; a reaction is queued again, because setting it twice shows it once; what is queued without a reminder gets one.
 */
export async function sweepReplies(inbox: Inbox): Promise<SweptReplies> {
  const now = inbox.now()
  const claimedBefore = new Date(now.getTime() - claimLifeMs)
  const uncertain = await change(inbox, async ({ tx, announce }) => {
    const swept = await tx.$queryRaw<Swept[]>`
      update message m set send_state = 'unknown', error_code = 'no-answer' from conversation c
      where c.id = m.conversation_id and m.send_state = 'sending' and m.claimed_at < ${claimedBefore}
      returning m.id, m.conversation_id, c.team_id`
    const type: Announcement['type'] = 'message.changed'
    for (const { id, conversation_id, team_id } of swept) {
      announce({ type, teamId: team_id, conversationId: conversation_id, messageId: id })
    }
    await tx.reaction.updateMany({
      where: { sendState: 'sending', claimedAt: { lt: claimedBefore } },
      data: { sendState: 'queued' },
    })
    return swept.length
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
