import { type AlgorithmCalendar, endedBy } from '../time/algorithm-calendar.ts'
import type { NewestStamp } from './verify-evidence.ts'

export type Renewal = 'NONE' | 'TIME_STAMP' | 'HASH_TREE'

/**
 * Which renewal a record needs on a day, `leadDays` before it would be too late: a new hash tree when its hash function
 * ends, a new time stamp when the certificates of its newest one end or what they are signed with. A new hash tree
 * includes a new time stamp.
 */
export function renewalDue(
  newest: Pick<NewestStamp, 'algorithm' | 'algorithms' | 'certificatesEndAt'>,
  calendar: AlgorithmCalendar,
  on: Date,
  leadDays: number,
): Renewal {
  const horizon = new Date(on.getTime() + leadDays * 86_400_000)
  if (endedBy(calendar, [{ hash: newest.algorithm }], horizon).length > 0) return 'HASH_TREE'
  const isEnding =
    newest.certificatesEndAt <= horizon || endedBy(calendar, newest.algorithms, horizon).length > 0
  return isEnding ? 'TIME_STAMP' : 'NONE'
}

/** Under which hash function a time stamp or record is made on a day: the one that everybody reads, while it does not end within `leadDays`. */
export function hashForRecords(calendar: AlgorithmCalendar, on: Date, leadDays: number): 'sha256' | 'sha512' {
  const horizon = new Date(on.getTime() + leadDays * 86_400_000)
  return endedBy(calendar, [{ hash: 'sha256' }], horizon).length === 0 ? 'sha256' : 'sha512'
}
