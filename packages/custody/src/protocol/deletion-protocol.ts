import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  type OfficeContext,
  recordActOn,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { europeBerlin, parseInstant } from '@buergerdraht/records'
import { ledgersOf, readAllEntries } from '../broken-ledger/broken-ledger.ts'
import { protocolTemplate } from './protocol-template.ts'
import {
  countsOf,
  type DeleteEntry,
  lostRowOf,
  type PlacedDeletion,
  type ProtocolRow,
  rowOf,
  titleOf,
} from './protocol-words.ts'
import { typeset } from './typeset.ts'

/** Some two hundred pages. */
const maxPdfRows = 3000

/** One run, or what was deleted on the days from one to another, both inclusive and in the town hall. */
export type Selection = { readonly runId: string } | { readonly from: string; readonly to: string }

type Chosen = {
  readonly subject: string
  readonly from: number
  readonly has: (placed: PlacedDeletion) => boolean
  /** Places that have to be there; none: whatever is there. */
  readonly wanted: ReadonlySet<number>
}

/** What of the ledger is meant. Of a run the database says the places, and nothing else. @throws Refusal `not-found` */
async function chosen(office: OfficeContext, viewer: Viewer, selection: Selection): Promise<Chosen> {
  if ('from' in selection) {
    const { from, to } = selection
    return {
      subject: `Löschungen vom ${from} bis ${to}`,
      from: 0,
      wanted: new Set(),
      has: ({ entry: { at } }) => {
        const instant = parseInstant(`${at.slice(0, 16)}:00Z`)
        if (instant === undefined) throw new Error('An entry has a moment')
        const on = europeBerlin.localDate(instant)
        return from <= on && on <= to
      },
    }
  }
  const { rows } = await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, () =>
      changing.client.query<{ ledger_entries: number[] }>(
        'select ledger_entries from deletion_run where id = $1',
        [selection.runId],
      ),
    ),
  )
  const [run] = rows
  if (run === undefined) throw new Refusal('not-found')
  const places = new Set(run.ledger_entries)
  return {
    subject: `Löschlauf ${selection.runId}`,
    // Nothing lies before the first; of a run without entries nothing is read.
    from: places.size === 0 ? Number.POSITIVE_INFINITY : Math.min(...places),
    wanted: places,
    has: ({ place }) => places.has(place),
  }
}

async function* entriesOf(
  { pool }: Pick<OfficeContext, 'pool'>,
  folder: string,
  { from, has }: Chosen,
): AsyncGenerator<PlacedDeletion> {
  if (from === Number.POSITIVE_INFINITY) return
  for await (const { place, entry } of readAllEntries(pool, folder, from))
    if (entry?.type === 'DELETE' && has({ place, entry })) yield { place, entry }
}

const columns = {
  seq: 'Nr.',
  at: 'Zeitpunkt',
  cluster: 'Datenart',
  rule: 'Regel',
  class: 'Löschklasse',
  objects: 'Gelöscht',
  ground: 'Rechtsgrund',
  archive: 'Archiv',
  approvals: 'Beteiligt',
  residueUntil: 'Rest in Sicherungen bis',
} as const satisfies Readonly<Record<keyof ProtocolRow, string>>

function csvLine(row: ProtocolRow): string {
  return `${(Object.keys(columns) as (keyof ProtocolRow)[]).map((name) => row[name]).join(';')}\r\n`
}

/** Every field is a number, a date or a word of ours: none holds a semicolon, a quotation mark, or begins as a formula. */
async function* csvOf(entries: AsyncIterable<PlacedDeletion>, what: Chosen): AsyncGenerator<string> {
  yield `\uFEFF${Object.values(columns).join(';')}\r\n`
  const lost = new Set(what.wanted)
  for await (const placed of entries) {
    lost.delete(placed.place)
    yield csvLine(rowOf(placed))
  }
  for (const place of lost) yield csvLine(lostRowOf(place))
}

function totalsOf(entries: readonly DeleteEntry[]) {
  const totals = new Map<string, { cluster: string; kind: string; count: number }>()
  for (const entry of entries)
    for (const [kind, n] of countsOf(entry)) {
      const key = `${entry.cluster} ${kind}`
      const total = totals.get(key) ?? { cluster: titleOf(entry.cluster), kind, count: 0 }
      totals.set(key, { ...total, count: total.count + n })
    }
  return [...totals.values()].toSorted((a, b) => (a.cluster + a.kind).localeCompare(b.cluster + b.kind, 'de'))
}

/** The newest signed checkpoint; each lies under the size that it is of. */
async function newestCheckpoint(folder: string): Promise<string> {
  if (!existsSync(join(folder, 'checkpoints'))) return ''
  const names = await readdir(join(folder, 'checkpoints'))
  const newest = names.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).at(-1)
  return newest === undefined ? '' : readFile(join(folder, 'checkpoints', newest), 'utf8')
}

/** Of each ledger of which something can be read. */
async function newestCheckpoints({ pool }: Pick<OfficeContext, 'pool'>, folder: string): Promise<string> {
  const ledgers = await ledgersOf(pool, folder)
  return (await Promise.all(ledgers.map((one) => newestCheckpoint(one.folder)))).filter(Boolean).join('\n')
}

async function pdfOf(office: OfficeContext, folder: string, what: Chosen): Promise<Uint8Array> {
  const placed: PlacedDeletion[] = []
  for await (const entry of entriesOf(office, folder, what)) {
    if (placed.length === maxPdfRows) throw new Refusal('protocol-too-long')
    placed.push(entry)
  }
  const found = new Set(placed.map(({ place }) => place))
  const lost = [...what.wanted].filter((place) => !found.has(place))
  const made = europeBerlin.localDate(asInstant(office.now()))
  const [year, month, day] = made.split('-').map(Number)
  const data = {
    subject: what.subject,
    made: { year, month, day, text: made },
    rows: [...placed.map(rowOf), ...lost.map(lostRowOf)],
    totals: totalsOf(placed.map(({ entry }) => entry)),
    checkpoint: await newestCheckpoints(office, folder),
  }
  return typeset({ template: protocolTemplate, data: JSON.stringify(data) })
}

/**
 * The Löschprotokoll of a run or a period, from the deletion ledger alone: it can name nobody. CSV is streamed, whatever its length.
 * @throws Refusal `not-allowed`, `not-found`, `protocol-too-long`; LogUnusable
 */
export async function deletionProtocol(
  office: OfficeContext,
  folder: string,
  viewer: Viewer,
  format: 'pdf' | 'csv',
  selection: Selection,
): Promise<Uint8Array | AsyncIterable<string>> {
  requireMay(viewer, 'see-deletion-runs')
  const what = await chosen(office, viewer, selection)
  await recordActOn(office.pool, office.now(), viewer, {
    act: 'protocol-exported',
    ...('runId' in selection ? { object: { kind: 'deletion-run', id: selection.runId } as const } : {}),
    facts: { format },
  })
  return format === 'csv' ? csvOf(entriesOf(office, folder, what), what) : pdfOf(office, folder, what)
}
