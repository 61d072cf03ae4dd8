import type { NoteKey } from '../log/note-key.ts'
import type { AlgorithmCalendar } from '../time/algorithm-calendar.ts'
import type { Certificate } from '../time/certificate.ts'

/** What a verifier brings along and believes before it reads anything. Nothing of it comes from what is verified. */
export type Trust = {
  /** Public keys of logs and witnesses. A log's key counts only for the log whose origin is its name. */
  keys: readonly NoteKey[]
  /** How many different witnesses must have cosigned; 0 when left out. */
  witnesses?: number
  /** Roots of time-stamping authorities; without any, time stamps are reported and not checked. */
  roots?: readonly Certificate[]
  /** Whether a package, or the newest checkpoint of a ledger, must have a time stamp that holds. */
  requireTimeStamp?: boolean
  /** Until when algorithms are trusted; the built-in one when left out. */
  calendar?: AlgorithmCalendar
  /** Now, to say what has lapsed and what lies in the future. Left out: not asked. */
  on?: Date
}

/** Two clocks are never quite the same: so much later than "now" is not the future yet. */
const clockTolerance = 5 * 60_000

export function isFuture(at: Date, { on }: Trust): boolean {
  return on !== undefined && at.getTime() > on.getTime() + clockTolerance
}
