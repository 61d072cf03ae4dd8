import type { Candidate } from '@buergerdraht/contract'
import { asInstant } from '@buergerdraht/office'
import {
  closedUndecided,
  type Filing,
  type SignalCode,
  type SignalDetail,
  signalSentences,
  silentAndOpen,
} from '@buergerdraht/records'

/** What is known of a matter without reading it: columns of a `conversation c` with its `conversation_signal s`. */
export const metadataSql = `c.id, c.opened_at, c.closed_at, c.last_message_at, c.filing, s.signals,
  (select count(*)::int from message m where m.conversation_id = c.id and m.kind <> 'system') as messages,
  (select count(*)::int from attachment a where a.conversation_id = c.id and a.message_id is not null) as files`

export type MetadataRow = {
  readonly id: string
  readonly opened_at: Date
  readonly closed_at: Date | null
  readonly last_message_at: Date
  readonly filing: Filing
  readonly signals: readonly {
    readonly code: SignalCode
    readonly detail: SignalDetail
    readonly weight: number
  }[]
  readonly messages: number
  readonly files: number
}

/** With why it could go in sentences: what was kept of its content, and what its dates say today. */
export function presentMetadata(
  row: MetadataRow,
  now: Date,
): Omit<Candidate, 'teamId' | 'basis' | 'refusal'> {
  const { id, messages, files, filing } = row
  const closedAt = row.closed_at === null ? null : asInstant(row.closed_at)
  const dated = [
    silentAndOpen({ closedAt, lastMessageAt: asInstant(row.last_message_at) }, asInstant(now)),
    closedUndecided({ closedAt, filing }),
  ].filter((signal) => signal !== null)
  const reasons = [...row.signals, ...dated]
    .map(({ code, detail, weight }) => ({ code, weight, sentence: signalSentences[detail] }))
    .toSorted((one, other) => other.weight - one.weight)
  return {
    id,
    openedAt: row.opened_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    lastMessageAt: row.last_message_at.toISOString(),
    messages,
    files,
    reasons,
    weight: reasons.reduce((sum, { weight }) => sum + weight, 0),
  }
}
