import type { BspEvent } from '@buergerdraht/bsp'

/** Authentic, but about a number or business account that no channel has, or whose channel the same secret does not vouch for. */
export type ForeignEvent = {
  readonly type: 'foreign'
  readonly code: 'unknown-number' | 'secret-differs'
  readonly path: string
}

/** One thing a webhook said, with the channel that it belongs to. */
export type Item = {
  readonly channelId: string
  readonly event: BspEvent | ForeignEvent
  readonly receivedAt: Date
}

/** The channel an item belongs to, as it is while the batch runs. */
export type OwnChannel = {
  readonly id: string
  readonly teamId: string
}

/** The sender's clock where it is credible: nothing has been sent after it arrived. */
export function credibleTime(sentAt: Date | null, receivedAt: Date): Date {
  return sentAt === null || sentAt > receivedAt ? receivedAt : sentAt
}
