import { partsOfPlace, placeIn } from '@buergerdraht/contract'
import { asInstant } from '@buergerdraht/office'
import { europeBerlin, type LedgerEntry } from '@buergerdraht/records'
import { carryOut } from '../ledger/carry-out.ts'
import { readApplied } from '../ledger/judge-ledger.ts'
import type { Ledger, ProcessorReport } from '../ledger/ledger.ts'
import type { Custody } from '../runs/custody.ts'

export type ProcessorEntry = Extract<LedgerEntry, { type: 'PROCESSOR_DONE' }>

/** One flush for so many. */
const maxReports = 500

/** Of what an entry has asked a processor for everything has ended, on a day that is known, and the ledger does not say so yet. */
const endedSql = `select ledger_entry as of, processor, bool_and(state = 'done') as done,
    case when bool_or(state = 'unnameable') then null else max(residue_until) end as residue from processor_task
  where reported_in is null group by 1, 2 having bool_and(state = 'unnameable' or state in ('done', 'lapsed', 'not-possible') and residue_until is not null)`

type Ended = {
  readonly of: number
  readonly processor: ProcessorReport['processor']
  readonly done: boolean
  /** Null: somebody cannot be asked for, so nobody knows. */
  readonly residue: Date | null
}

/** The place of the entry that a report is about, which may stand in a ledger that was given up. */
function askedAt({ number }: Pick<Ledger, 'number'>, { of, ledgersBack }: ProcessorEntry): number {
  return placeIn(number - (ledgersBack ?? 0), of)
}

/** The same as the ledger says it. */
function saidOf(
  { number }: Pick<Ledger, 'number'>,
  place: number,
): Pick<ProcessorReport, 'of' | 'ledgersBack'> {
  const { ledger, seq } = partsOfPlace(place)
  return ledger === number ? { of: seq } : { of: seq, ledgersBack: number - ledger }
}

/** Whether this database knows of what a report says, and has not noted it. False: it is older than the report. */
export async function knowsReport(
  { client, ledger }: Pick<Custody, 'client' | 'ledger'>,
  entry: ProcessorEntry,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from (${endedSql}) e where e.of = $1 and e.processor = $2`,
    [askedAt(ledger, entry), entry.processor],
  )
  return rowCount === 1
}

/** Notes that the ledger has a report, and that it has been carried out so far, with one commit. May be repeated. */
export async function noteReport({ client, ledger }: Custody, entry: ProcessorEntry): Promise<void> {
  const { seq, processor } = entry
  await carryOut({ client, ledger }, seq, async () => {
    await client.query(
      `update processor_task set reported_in = $1 where ledger_entry = $2 and processor = $3 and reported_in is null
         and (state = 'unnameable' or state in ('done', 'lapsed', 'not-possible') and residue_until is not null)`,
      [ledger.placeOf(seq), askedAt(ledger, entry), processor],
    )
  })
}

/**
 * Enters in the ledger what became of what processors were asked for, once nothing of it is open: done, or failed (refused until it was gone by
 * itself, or not possible there), with the last day on which something rests there, where anybody knows it. Killed in between, `applyWaiting` notes it.
 */
export async function reportProcessors(custody: Custody): Promise<number> {
  const { client, ledger, inbox } = custody
  const { rows } = await client.query<Ended>(`${endedSql} order by 1, 2 limit ${maxReports}`)
  if (rows.length === 0) return 0
  // On the connection that holds the lock: whoever has lost it enters nothing.
  if ((await readApplied(client))?.size !== ledger.size)
    throw new Error('The ledger is entered only when all of it has been carried out')
  const entries = await ledger.appendReports(
    rows.map(({ of, processor, done, residue }) => ({
      ...saidOf(ledger, of),
      processor,
      state: done ? 'done' : 'failed',
      ...(residue !== null && { residueUntil: europeBerlin.localDate(asInstant(residue)) }),
    })),
    inbox.now(),
  )
  await custody.reached?.('reported')
  for (const entry of entries) if (entry.type === 'PROCESSOR_DONE') await noteReport(custody, entry)
  return entries.length
}
