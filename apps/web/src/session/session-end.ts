import type { Session } from '../api.ts'

const minuteMs = 60_000
/** WCAG 2.2, 2.2.1 wants twenty seconds at least. */
const warnBeforeMs = 2 * minuteMs
/** The server notes use at most once a minute: it may count from so much earlier than this page. */
const noteMs = minuteMs

export type Ending = { readonly at: number; readonly canStay: boolean }

/** What ends the session first, if it does so soon. */
export function endingSoon(session: Session, usedAt: number, now: number): Ending | null {
  const absolute = Date.parse(session.expiresAt)
  const idle = usedAt + session.idleMinutes * minuteMs - noteMs
  const at = Math.min(absolute, idle)
  return at - now > warnBeforeMs ? null : { at, canStay: idle < absolute }
}
