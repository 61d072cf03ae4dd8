const windowMs = 24 * 60 * 60 * 1000
/** We close a little early: the provider's clock decides, and a message needs its time on the way. */
const marginMs = 5 * 60 * 1000

export type WindowFacts = {
  /** Newest citizen message that opens the window, by WhatsApp's time. */
  readonly lastInboundAt: Date | null
  /** When the provider said that the window is closed. */
  readonly windowShutAt: Date | null
}

/**
 * Until when free text may be sent: 24 hours after the citizen's last message by WhatsApp's time, less five minutes; at once when
 * the provider has said so since that message. Null: the citizen never opened it.
 */
export function windowClosesAt({ lastInboundAt, windowShutAt }: WindowFacts): Date | null {
  if (lastInboundAt === null) return null
  if (windowShutAt !== null && windowShutAt >= lastInboundAt) return windowShutAt
  return new Date(lastInboundAt.getTime() + windowMs - marginMs)
}

export function windowIsOpen(facts: WindowFacts, now: Date): boolean {
  const closesAt = windowClosesAt(facts)
  return closesAt !== null && now < closesAt
}
