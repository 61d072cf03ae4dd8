import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { checkEntry, type LedgerEntry, LogUnusable, readLog } from '@buergerdraht/records'

/**
 * The entries of a ledger from a place on, as they lie on disk. `undefined`: its text has been removed. An end that was cut short was never
 * acknowledged and is left out. @throws LogUnusable LOG_DAMAGED
 */
export async function* readEntries(
  folder: string,
  from: number,
): AsyncGenerator<{ readonly seq: number; readonly entry: LedgerEntry | undefined }> {
  for await (const piece of readLog(createReadStream(join(folder, 'log')))) {
    if (piece.kind === 'damaged') throw new LogUnusable('LOG_DAMAGED', `Leaf ${piece.index} is damaged`)
    if (piece.kind === 'torn') return
    if (piece.index < from) continue
    const { opening } = piece.record
    const checked = opening === undefined ? undefined : checkEntry(opening.entry, piece.index)
    if (checked !== undefined && 'refused' in checked)
      throw new LogUnusable('LOG_DAMAGED', `Leaf ${piece.index} holds no entry of a ledger`)
    yield { seq: piece.index, entry: checked?.accepted }
  }
}
