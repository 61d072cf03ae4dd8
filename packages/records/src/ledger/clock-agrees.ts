import { type Instant, parseInstant } from '../law/instant.ts'
import type { LedgerEntry } from './entry.ts'

/**
 * Whether "now" can be after the last entry of the ledger. A clock that is behind it was set back, and everything that
 * hangs on time (holds, periods, answers) would be judged wrongly: a deletion run MUST NOT begin or go on then. Entries
 * say their minute, so the minute of the entry itself agrees.
 */
export function clockAgrees(now: Instant, last: Pick<LedgerEntry, 'at'> | undefined): boolean {
  if (last === undefined) return true
  const entered = parseInstant(`${last.at.slice(0, 16)}:00Z`)
  return entered !== undefined && entered <= now
}
