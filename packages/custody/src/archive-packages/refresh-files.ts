import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { partsOfPlace, placeIn } from '@buergerdraht/contract'
import { transactionOn } from '@buergerdraht/office'
import {
  checkEntry,
  type ErasureEvidence,
  type ErasureStatement,
  encodeErasure,
  formatProofFile,
  LogUnusable,
  openLogToRead,
} from '@buergerdraht/records'
import { ledgersOf } from '../broken-ledger/broken-ledger.ts'
import type { Archive } from './archive.ts'
import { type ArchiveLog, appendPlaced, placeLeaves, signCheckpoint } from './archive-log.ts'
import { rewritePackage } from './rewrite-package.ts'
import { proofFile, readKeptCheckpoint } from './write-package-file.ts'

/** Files that are written anew in one pass. */
const batchSize = 32
const restMs = 10 * 60_000

type Stale = {
  readonly id: string
  readonly leaf_index: string
  /** Erasures that its file shows. */
  readonly shown: number
  readonly stamped: boolean
}

type StoredErasure = {
  readonly number: number
  readonly items: readonly string[]
  readonly rule: string
  readonly on: string
  readonly ledger_entry: number
}

/** What is signed for: that these items of this package went, under which rule and by which entry. */
function statementOf(packageId: string, { items, rule, on, ledger_entry }: StoredErasure): ErasureStatement {
  return {
    format: 'buergerdraht-archive-erasure',
    v: 1,
    package: packageId,
    items: [...items],
    rule: rule as ErasureStatement['rule'],
    on,
    ledger: { seq: partsOfPlace(ledger_entry).seq },
  }
}

async function checkpointSizes(folder: string, ending: 'txt' | 'tsr'): Promise<number[]> {
  if (!existsSync(join(folder, 'checkpoints'))) return []
  const names = await readdir(join(folder, 'checkpoints'))
  const sizes = names.flatMap((name) => (name.endsWith(`.${ending}`) ? [Number.parseInt(name, 10)] : []))
  return sizes.filter(Number.isSafeInteger).toSorted((a, b) => a - b)
}

async function erasuresOf({ client }: ArchiveLog, packageId: string): Promise<StoredErasure[]> {
  const { rows } = await client.query<StoredErasure>(
    'select number, items, rule, on_date::text as on, ledger_entry from archive_erasure where package_id = $1 order by number',
    [packageId],
  )
  return rows
}

/** Statements that have no place in the log yet get one. @returns whether there were any */
async function placeStatements(log: ArchiveLog): Promise<boolean> {
  const { client } = log
  const { rows } = await client.query<StoredErasure & { package_id: string }>(
    `select e.package_id, e.number, e.items, e.rule, e.on_date::text as on, e.ledger_entry from archive_erasure e
     where not exists (select from archive_leaf l where l.package_id = e.package_id and l.erasure = e.number)
     order by e.ledger_entry, e.package_id limit $1`,
    [batchSize],
  )
  if (rows.length === 0) return false
  await transactionOn(client, () =>
    placeLeaves(
      client,
      rows.map((row) => ({
        packageId: row.package_id,
        erasure: row.number,
        data: encodeErasure(statementOf(row.package_id, row)),
      })),
    ),
  )
  await appendPlaced(log)
  return true
}

type EntryEvidence = Pick<ErasureEvidence, 'entry' | 'salt' | 'entryProof'>

/** Entries of the deletion ledgers by their places. Missing: it is not signed yet, or the ledger that it stood in was given up and cannot be read. */
async function ledgerProofs(
  { client }: ArchiveLog,
  folder: string,
  places: readonly number[],
): Promise<ReadonlyMap<number, EntryEvidence>> {
  const found = new Map<number, EntryEvidence>()
  for (const { number, folder: own, isGivenUp } of await ledgersOf(client, folder)) {
    const entries = places.map(partsOfPlace).flatMap(({ ledger, seq }) => (ledger === number ? [seq] : []))
    try {
      for (const [seq, proof] of await proofsIn(own, entries)) found.set(placeIn(number, seq), proof)
    } catch (error) {
      if (!(isGivenUp && error instanceof LogUnusable)) throw error
    }
  }
  return found
}

/** Entries of a ledger with proofs that they are in it, at the first signed checkpoint that has them. */
async function proofsIn(
  folder: string,
  entries: readonly number[],
): Promise<ReadonlyMap<number, EntryEvidence>> {
  const found = new Map<number, EntryEvidence>()
  if (entries.length === 0) return found
  const sizes = await checkpointSizes(folder, 'txt')
  const { log, records, close } = await openLogToRead(folder, new Set(entries))
  try {
    for (const seq of new Set(entries)) {
      const opening = records.get(seq)?.opening
      const size = sizes.find((one) => one > seq && one <= log.size)
      if (opening === undefined || size === undefined) continue
      const checked = checkEntry(opening.entry, seq)
      if ('refused' in checked) continue
      const { bytes } = await readKeptCheckpoint(folder, size)
      const proof = await log.proveInclusion(seq, size)
      found.set(seq, {
        entry: checked.accepted,
        salt: opening.salt,
        entryProof: formatProofFile({ index: seq, proof, checkpoint: bytes }),
      })
    }
  } finally {
    await close()
  }
  return found
}

/** Erasures of a package that its file does not show yet, with their proofs; null: the ledger has not signed one of them. */
async function newErasures(
  log: ArchiveLog,
  packageId: string,
  erasures: readonly StoredErasure[],
  proofs: ReadonlyMap<number, EntryEvidence>,
): Promise<ErasureEvidence[] | null> {
  const checkpoint = await readKeptCheckpoint(log.folder, log.log.size)
  const evidence: ErasureEvidence[] = []
  for (const erasure of erasures) {
    const entry = proofs.get(erasure.ledger_entry)
    const { rows } = await log.client.query<{ index: string }>(
      'select index from archive_leaf where package_id = $1 and erasure = $2',
      [packageId, erasure.number],
    )
    if (entry === undefined || rows[0] === undefined) return null
    const statementProof = await proofFile(log.log, Number(rows[0].index), checkpoint)
    evidence.push({ statement: statementOf(packageId, erasure), statementProof, ...entry })
  }
  return evidence
}

/**
 * Writes packages anew of which there is more to show: erasures, with their statements in the log and their entries in the deletion ledger, or a time stamp
 * over a checkpoint that has them. Each is read again before the database says so. Killed anywhere, the next call goes on. Only whoever leads calls it.
 * @param resting packages that did not verify when they were written anew, and until when they are left alone
 * @returns how many were written
 */
export async function refreshFiles(
  archive: Archive,
  log: ArchiveLog,
  resting: Map<string, number>,
): Promise<number> {
  const { inbox, ledgerFolder, folder } = archive
  if (await placeStatements(log)) await signCheckpoint(log, inbox.now())
  const stamped = (await checkpointSizes(folder, 'tsr')).at(-1) ?? 0
  const { rows: stale } = await log.client.query<Stale>(
    `select p.id, p.leaf_index, f.erasures as shown, f.stamped from archive_package p join archive_file f on f.package_id = p.id
     where (f.erasures < (select count(*) from archive_erasure e where e.package_id = p.id) or not f.stamped and p.leaf_index < $1)
       and p.id <> all($3::uuid[]) order by p.leaf_index limit $2`,
    [stamped, batchSize, [...resting].flatMap(([id, until]) => (until > Date.now() ? [id] : []))],
  )
  if (stale.length === 0) return 0
  const erasures = new Map<string, StoredErasure[]>()
  for (const { id, shown } of stale)
    erasures.set(
      id,
      (await erasuresOf(log, id)).filter(({ number }) => number > shown),
    )
  const entries = [...erasures.values()].flat().map(({ ledger_entry }) => ledger_entry)
  const proofs = await ledgerProofs(log, ledgerFolder, entries)
  let written = 0
  for (const { id, leaf_index, stamped: isStamped } of stale) {
    try {
      const added = await newErasures(log, id, erasures.get(id) ?? [], proofs)
      const checkpoint =
        !isStamped && Number(leaf_index) < stamped ? await readKeptCheckpoint(folder, stamped) : undefined
      if (checkpoint === undefined && (added ?? []).length === 0) continue
      await rewritePackage(archive, log, id, {
        ...(checkpoint && { checkpoint }),
        ...(added && { erasures: added }),
      })
      written += 1
    } catch (error) {
      inbox.log.error({ package: id, error }, 'archive.not-written-anew')
      resting.set(id, Date.now() + restMs)
    }
  }
  return written
}
