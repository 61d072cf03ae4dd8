import type { DigestAlgorithm } from '../time/digest-algorithm.ts'

/** Until when a hash function is thought suitable, as a day (UTC) on which it still is. */
export type AlgorithmCalendar = Readonly<Record<DigestAlgorithm, string>>

/**
 * Planning dates, not facts: BSI TR-02102-1 looks about seven years ahead and is renewed every year, and whoever runs
 * the archive compares this table with it and hands in their own. SHA-2 and SHA-3 have no announced end; the dates are
 * the horizon up to which one may plan without looking again.
 */
export const plannedAlgorithmCalendar: AlgorithmCalendar = {
  sha256: '2032-12-31',
  sha384: '2036-12-31',
  sha512: '2036-12-31',
  'sha3-256': '2036-12-31',
  'sha3-384': '2036-12-31',
  'sha3-512': '2036-12-31',
}

export function isSuitable(calendar: AlgorithmCalendar, algorithm: DigestAlgorithm, at: Date): boolean {
  return at.toISOString().slice(0, 10) <= calendar[algorithm]
}

export type Renewal = 'NONE' | 'TIME_STAMP' | 'HASH_TREE'

/**
 * Which renewal a record needs on a day, `leadDays` before it would be too late: a new hash tree when its hash function
 * ends, a new time stamp when the certificates of its newest one end. A new hash tree includes a new time stamp.
 */
export function renewalDue(
  newest: { algorithm: DigestAlgorithm; certificatesEndAt: Date },
  calendar: AlgorithmCalendar,
  on: Date,
  leadDays: number,
): Renewal {
  const horizon = new Date(on.getTime() + leadDays * 86_400_000)
  if (!isSuitable(calendar, newest.algorithm, horizon)) return 'HASH_TREE'
  return newest.certificatesEndAt <= horizon ? 'TIME_STAMP' : 'NONE'
}
