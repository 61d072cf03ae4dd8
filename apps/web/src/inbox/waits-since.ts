import type { Conversation } from '../api.ts'

/**
 * Waiting counts from when a message reached us, the row's time from when it was sent. Where these are moments of the
 * same message, so close that nobody was kept from reading it, one of them speaks for both.
 */
export function waitsSince({
  waitingSince,
  lastMessage,
}: Pick<Conversation, 'waitingSince' | 'lastMessage'>): number | null {
  if (waitingSince === null) return null
  const [arrived, sent] = [Date.parse(waitingSince), Date.parse(lastMessage?.sentAt ?? waitingSince)]
  return lastMessage?.direction === 'inbound' && Math.abs(arrived - sent) < 60_000 ? sent : arrived
}
