import { canonicalJson, type LedgerEntry } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import type { Custody } from '../runs/custody.ts'
import { carryOut } from './carry-out.ts'
import { readApplied } from './judge-ledger.ts'
import { recognisedBy } from './segments.ts'

/** What the ledger tells besides deletions: decisions, which a restored database is told of. Of requests and hand-overs the database itself places them. */
const actTypes = [
  'HOLD_SET',
  'HOLD_RELEASE',
  'RESTRICT',
  'UNRESTRICT',
  'RULE_CHANGE',
  'RULES_SIGNED',
  'ARCHIVE_OFFER',
  'ARCHIVE_DECISION',
  'ARCHIVE_AGREEMENT',
  'FILING_PLAN',
  'REQUEST',
  'HAND_OVER',
  'ARCHIVE_WITHDRAWAL',
] as const
type ActType = (typeof actTypes)[number]
export type ActEntry = Extract<LedgerEntry, { type: ActType }>

type Without<Entry, Names extends PropertyKey> = Entry extends unknown ? Omit<Entry, Names> : never
/** The entry without its place, its moment and its marks. */
export type LedgerAct = Without<ActEntry, 'v' | 'seq' | 'at' | 'marks' | symbol>

/** One flush for so many. */
const maxActs = 200

export function isAct(entry: LedgerEntry): entry is ActEntry {
  return (actTypes as readonly string[]).includes(entry.type)
}

/**
 * Places a decision for the ledger, in the transaction that makes it: durable with it, or not at all. The worker that leads enters it within seconds.
 * @param ids what it is about, as many as its `objects` count; they are hashed there and forgotten here
 */
export async function placeAct(
  client: Pick<PoolClient, 'query'>,
  act: LedgerAct,
  ids: readonly string[],
  now: Date,
): Promise<void> {
  await client.query('insert into ledger_act (type, fields, object_ids, placed_at) values ($1, $2, $3, $4)', [
    act.type,
    JSON.stringify(act),
    ids,
    now,
  ])
}

type Row = {
  readonly id: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly object_ids: readonly string[]
}

async function readPlaced(client: PoolClient): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `select id, fields, object_ids from ledger_act order by id limit ${maxActs}`,
  )
  return rows
}

/** With one commit: it stands in the ledger, and this database knows that it does. */
async function note({ client, ledger }: Custody, seq: number, id: string): Promise<void> {
  await carryOut({ client, ledger }, seq, async () => {
    await client.query('delete from ledger_act where id = $1', [id])
  })
}

/**
 * Notes an entry that was made before a process was killed: what it tells is placed here and recognised by its marks.
 * @returns false: nothing placed here is what it tells, so this database is older than the entry
 */
export async function noteAct(custody: Custody, entry: ActEntry): Promise<boolean> {
  const { client, ledger } = custody
  const { v: _v, seq, at: _at, ...told } = entry
  const { marks, ...fields } = 'marks' in told ? told : { ...told, marks: undefined }
  const marked = marks === undefined ? null : await recognisedBy(ledger.folder, 'marks', marks)
  const said = canonicalJson(fields)
  const row = (await readPlaced(client)).find(
    (placed) =>
      canonicalJson(placed.fields) === said &&
      placed.object_ids.length === (marked?.count ?? 0) &&
      placed.object_ids.every((id) => marked?.recognises(id)),
  )
  if (row === undefined) return false
  await note(custody, seq, row.id)
  return true
}

/** Enters what has been placed, one flush for all, and takes it out. Killed in between, `applyWaiting` does the rest. @returns how many */
export async function enterActs(custody: Custody): Promise<number> {
  const { client, ledger, inbox, reached } = custody
  const placed = await readPlaced(client)
  if (placed.length === 0) return 0
  // On the connection that holds the lock: whoever has lost it enters nothing.
  if ((await readApplied(client))?.size !== ledger.size)
    throw new Error('The ledger is entered only when all of it has been carried out')
  const entries = await ledger.appendActs(
    placed.map(({ fields, object_ids }) => ({ fields, ids: object_ids })),
    inbox.now(),
  )
  await reached?.('act-entered')
  for (const [n, { id }] of placed.entries()) {
    const entry = entries[n]
    if (entry !== undefined) await note(custody, entry.seq, id)
  }
  return entries.length
}
