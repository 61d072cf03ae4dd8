import type { MessageStatus } from '@buergerdraht/contract'
import type { PoolClient } from 'pg'
import { messageStatusOf } from '../messages/message-status.ts'

/** That somebody was sent a version of the privacy notice, and what became of it. */
export type NoticeGiven = {
  readonly version: number
  /** `easy`: in easy language (Leichte Sprache). */
  readonly variant: 'plain' | 'easy'
  /** When the office handed it on to be sent. */
  readonly sentAt: Date
  readonly status: MessageStatus
  readonly deliveredAt: Date | null
  readonly readAt: Date | null
  readonly ruleVersion: number
  readonly dueAt: Date | null
  readonly waitsFor: string | null
}

type Row = {
  readonly version: number
  readonly variant: 'plain' | 'easy'
  readonly stored_at: Date
  readonly send_state: string
  readonly delivered_at: Date | null
  readonly read_at: Date | null
  readonly failed_at: Date | null
  readonly rule_version: number
  readonly due_at: Date | null
  readonly waits_for: string | null
}

/** What a person was told about their data (Art. 13 GDPR), oldest first; what is only owed to them is not among it. */
export async function noticesGiven(
  client: Pick<PoolClient, 'query'>,
  contactId: string,
): Promise<NoticeGiven[]> {
  const { rows } = await client.query<Row>(
    `select version, variant, stored_at, send_state, delivered_at, read_at, failed_at, rule_version, due_at, waits_for
     from privacy_notice_evidence where contact_id = $1 and stored_at is not null order by stored_at, id`,
    [contactId],
  )
  return rows.map((row) => ({
    version: row.version,
    variant: row.variant,
    sentAt: row.stored_at,
    status: messageStatusOf({
      direction: 'outbound',
      kind: 'text',
      sendState: row.send_state,
      statusSentAt: null,
      deliveredAt: row.delivered_at,
      readAt: row.read_at,
      playedAt: null,
      failedAt: row.failed_at,
    }),
    deliveredAt: row.delivered_at,
    readAt: row.read_at,
    ruleVersion: row.rule_version,
    dueAt: row.due_at,
    waitsFor: row.waits_for,
  }))
}
