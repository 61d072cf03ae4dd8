import { asInstant } from '@buergerdraht/office'
import { addDays, europeBerlin, type LedgerEntry, mayDestroySegment } from '@buergerdraht/records'
import { asideOf, givenUpLedgers } from '../broken-ledger/broken-ledger.ts'
import type { Custody } from '../runs/custody.ts'
import { backupDays } from '../runs/residue.ts'
import { carryOut } from './carry-out.ts'
import { readApplied } from './judge-ledger.ts'
import { destroySegment, keptMonths } from './segments.ts'

type ExpiryEntry = Extract<LedgerEntry, { type: 'BACKUP_EXPIRED' }>

/** Notes that the ledger has it. May be repeated; there is nothing else in the database that it changes. */
export function noteExpiry(custody: Custody, { seq }: ExpiryEntry): Promise<void> {
  return carryOut(custody, seq, async () => {})
}

/**
 * Destroys the tombstones and marks of months that no backup can go back to any more (cluster DA15): backups are kept for {@link backupDays} at most (DA16).
 * Then nothing that leads to an object is left, and a database from an older backup is not opened (`too-old`). Entered first, then destroyed; killed in
 * between, the next call does the rest. Of ledgers that were given up, too: their logs stay as they are. MUST be called only when all of the ledger has been
 * carried out. @returns of how many months
 */
export async function expireSegments(custody: Custody): Promise<number> {
  const { client, ledger, inbox, reached } = custody
  const now = inbox.now()
  // A day more: segments are months of UTC, backups are made by days of the office.
  const oldestBackupOn = addDays(europeBerlin.localDate(asInstant(now)), -backupDays - 1)
  const asides = (await givenUpLedgers(client)).map((one) => asideOf(ledger.folder, one))
  const left = (await Promise.all(asides.map(keptMonths))).flat()
  const over = [...new Set([...ledger.months, ...left])].filter((month) =>
    mayDestroySegment(month, oldestBackupOn),
  )
  if (over.length === 0) return 0
  const unsaid = over.filter((month) => !ledger.expiredMonths.has(month)).slice(0, 120)
  if (unsaid.length > 0) {
    // On the connection that holds the lock: whoever has lost it enters nothing.
    if ((await readApplied(client))?.size !== ledger.size)
      throw new Error('The ledger is entered only when all of it has been carried out')
    const fields = {
      type: 'BACKUP_EXPIRED',
      backup: 'DATA',
      madeOn: addDays(oldestBackupOn, -1),
      segmentsDestroyed: unsaid,
    }
    const entries = await ledger.appendActs([{ fields, ids: [] }], now)
    await reached?.('act-entered')
    for (const entry of entries) if (entry.type === 'BACKUP_EXPIRED') await noteExpiry(custody, entry)
  }
  const said = over.filter((month) => ledger.expiredMonths.has(month))
  for (const month of said) {
    await ledger.destroySegments(month)
    for (const aside of asides)
      for (const kind of ['tombstones', 'marks'] as const) await destroySegment(aside, kind, month)
  }
  return said.length
}
