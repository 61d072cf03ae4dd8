import type { MessageStatus } from '@buergerdraht/contract'

export type StatusFacts = {
  readonly direction: string
  readonly kind: string
  readonly sendState: string | null
  readonly statusSentAt: Date | null
  readonly deliveredAt: Date | null
  readonly readAt: Date | null
  readonly playedAt: Date | null
  readonly failedAt: Date | null
}

function later(a: Date | null, b: Date): boolean {
  return a !== null && a >= b
}

/**
 * The one status that is shown. Statuses arrive in any order, so their provider times are kept side by side and the highest of
 * sent < delivered < read < played counts. A failure is shown unless the message was delivered, read or played at or after it:
 * that proves delivery (a second phone of the same person).
 */
export function messageStatusOf(message: StatusFacts): MessageStatus {
  if (message.direction === 'inbound') return 'received'
  if (message.kind === 'elsewhere') return 'elsewhere'
  const { statusSentAt, deliveredAt, readAt, playedAt, failedAt } = message
  const failed = failedAt ?? (message.sendState === 'failed' ? new Date(0) : null)
  if (failed !== null && !later(deliveredAt, failed) && !later(readAt, failed) && !later(playedAt, failed)) {
    return 'failed'
  }
  if (playedAt !== null) return 'played'
  if (readAt !== null) return 'read'
  if (deliveredAt !== null) return 'delivered'
  if (statusSentAt !== null) return 'sent'
  switch (message.sendState) {
    case 'queued':
    case 'sending':
    case 'unknown':
      return message.sendState
    default:
      return 'accepted'
  }
}
