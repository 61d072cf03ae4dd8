import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { checkEntry, type LedgerEntry, type LogRecord, LogUnusable, readLog } from '@buergerdraht/records'

/** `undefined`: its text has been removed. */
export type PlacedEntry = { readonly seq: number; readonly entry: LedgerEntry | undefined }

/** The entry at its place. @throws LogUnusable LOG_DAMAGED for what is none */
export function entryIn({ opening }: LogRecord, seq: number): PlacedEntry {
  const checked = opening === undefined ? undefined : checkEntry(opening.entry, seq, opening.written?.form)
  if (checked !== undefined && 'refused' in checked)
    throw new LogUnusable('LOG_DAMAGED', `Leaf ${seq} holds no entry of a ledger`)
  return { seq, entry: checked?.accepted }
}

/**
 * The entries of a ledger from a place on, as they lie on disk. An end that was cut short was never
 * acknowledged and is left out. @throws LogUnusable LOG_DAMAGED
 */
export async function* readEntries(folder: string, from: number): AsyncGenerator<PlacedEntry> {
  for await (const piece of readLog(createReadStream(join(folder, 'log')))) {
    if (piece.kind === 'damaged') throw new LogUnusable('LOG_DAMAGED', `Leaf ${piece.index} is damaged`)
    if (piece.kind === 'torn') return
    if (piece.index < from) continue
    yield entryIn(piece.record, piece.index)
  }
}
