import type { AlgorithmCalendar } from '../evidence/algorithm-calendar.ts'
import type { NoteKey } from '../log/note-key.ts'
import type { Certificate } from '../time/certificate.ts'

/** What a verifier brings along and believes before it reads anything. Nothing of it comes from what is verified. */
export type Trust = {
  /** Public keys of logs and witnesses. A log's key counts only for the log whose origin is its name. */
  keys: readonly NoteKey[]
  /** How many different witnesses must have cosigned; 0 when left out. */
  witnesses?: number
  /** Roots of time-stamping authorities; without any, time stamps are reported and not checked. */
  roots?: readonly Certificate[]
  calendar?: AlgorithmCalendar
  /** Today, to say whether a renewal has been forgotten. Left out: not asked. */
  on?: Date
}
