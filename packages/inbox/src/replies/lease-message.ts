import { type ConversationRow, type MessageRow, prepared } from '@buergerdraht/office'
import pg from 'pg'
import type { Inbox } from '../inbox.ts'

const { DatabaseError } = pg

export type NextInLine = {
  readonly message: MessageRow
  readonly conversation: ConversationRow
}

/**
 * The oldest message of a conversation that is still to be sent. Null: there is none, or one is on its way. It may have to wait: nothing
 * overtakes it.
 */
export async function nextInLine(inbox: Inbox, conversationId: string): Promise<NextInLine | null> {
  const [message] = await inbox.prisma.message.findMany({
    where: { conversationId, sendState: { in: ['queued', 'sending'] } },
    orderBy: { id: 'asc' },
    take: 1,
    include: { conversation: true },
  })
  if (message === undefined || message.sendState === 'sending') return null
  const { conversation, ...row } = message
  return { message: row, conversation }
}

/**
 * Takes a message for sending: of any number of processes exactly one gets it, and none while another message to the same citizen is
 * being sent, while an older one waits, while the number is stopped, or where the office only receives. When it resolves with true, the lease is committed: whatever
 * happens now, this message is not sent by anybody else and not by itself again.
 */
export async function leaseMessage(inbox: Inbox, { id, conversationId }: MessageRow): Promise<boolean> {
  try {
    const { rowCount } = await inbox.pool.query(
      prepared(
        `update message m set send_state = 'sending', leased_at = $3, attempts = m.attempts + 1
        where m.id = $1 and m.send_state = 'queued' and (m.not_before_at is null or m.not_before_at <= $3)
          and exists (select 1 from channel ch where ch.id = m.channel_id and ch.state = 'enabled')
          and not exists (select 1 from office_setting where receives_only)
          and not exists (select 1 from conversation c where c.id = $2 and (c.condemned_by is not null or c.restricted_at is not null))
          and not exists (select 1 from message o where o.conversation_id = $2
            and (o.send_state = 'sending' or (o.send_state = 'queued' and o.id < m.id)))`,
        [id, conversationId, inbox.now()],
      ),
    )
    return rowCount === 1
  } catch (error) {
    // Two that began at the same instant: an index lets one message of a conversation be sent at a time.
    if (error instanceof DatabaseError && error.constraint === 'message_one_sending') return false
    throw error
  }
}
