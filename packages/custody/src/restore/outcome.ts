import type { LedgerEntry } from '@buergerdraht/records'

/** Where an entry is counted: as what was set or decided again, as what people have to decide anew, or nowhere, because there is nothing to do. */
export type Outcome = 'holds' | 'restrictions' | 'decisions' | 'anew' | null

/** Nobody whom this database knows, twice: who decided stands in what the backup did not have, and the ledger has roles alone. */
export const persons = [
  '00000000-0000-0000-0000-000000000000',
  '00000000-0000-0000-0000-000000000001',
] as const

/** When it was entered, to the minute. */
export function momentOf({ at }: Pick<LedgerEntry, 'at'>): Date {
  return new Date(`${at.slice(0, 16)}:00Z`)
}
