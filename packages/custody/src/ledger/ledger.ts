import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { placeIn } from '@buergerdraht/contract'
import { keepSignedCheckpoint, type LogKey } from '@buergerdraht/office'
import {
  checkEntry,
  clockAgrees,
  entryCommitment,
  instantAt,
  type LedgerEntry,
  leafHash,
  type MerkleLog,
  openLog,
  saltBytes,
  tombstoneAlgorithms,
  tombstoneSalt,
} from '@buergerdraht/records'
import { type Applied, LedgerUnusable } from './judge-ledger.ts'
import { entryIn } from './read-entries.ts'
import {
  destroySegment,
  type EntryRange,
  newSegment,
  readSegments,
  type SegmentKey,
  type SegmentKind,
  tombstoneOf,
  writeTombstones,
} from './segments.ts'

type DeleteEntry = Extract<LedgerEntry, { type: 'DELETE' }>

/** A deletion before it has its place, and the objects that it destroys: as many as `objects` counts. */
export type Deletion = Pick<
  DeleteEntry,
  'cluster' | 'rule' | 'class' | 'ground' | 'objects' | 'archive' | 'approvals' | 'targets' | 'residueUntil'
> & { readonly ids: readonly string[] }

/** What became of what an earlier entry has asked a processor to delete. */
export type ProcessorReport = Pick<
  Extract<LedgerEntry, { type: 'PROCESSOR_DONE' }>,
  'of' | 'ledgersBack' | 'processor' | 'state' | 'residueUntil'
>

/** A decision before it has its place, and what it is about: as many as its `objects` count. */
export type Act = { readonly fields: Readonly<Record<string, unknown>>; readonly ids: readonly string[] }

/** @throws Error where the schema of the ledger does not let it in: a defect */
function checked(entry: object, seq: number): LedgerEntry {
  const found = checkEntry(entry, seq)
  if ('refused' in found)
    throw new Error(`The ledger does not hold that: ${found.refused} ${found.field ?? ''}`)
  return found.accepted
}

function recordOf(entry: LedgerEntry, salt: Uint8Array) {
  return { leaf: leafHash(entryCommitment(entry, salt)), opening: { salt, entry } }
}

function momentOf(at: Date): string {
  return `${at.toISOString().slice(0, 16)}Z`
}

/** The segments of one kind, and how many hashes of each month entries speak of. */
type Kept = { readonly segments: Map<string, SegmentKey>; readonly counted: Map<string, number> }

function count(counted: Map<string, number>, { segment, to }: EntryRange): void {
  counted.set(segment, Math.max(counted.get(segment) ?? 0, to + 1))
}

/** The deletion ledger, open for writing. One process at a time, under the lock `destroying`. */
export class Ledger {
  readonly folder: string
  /** From 0: how many were given up before it. */
  readonly number: number
  readonly #log: MerkleLog
  readonly #key: LogKey
  /** By kind. */
  readonly #kept: Readonly<Record<SegmentKind, Kept>>
  readonly #close: () => Promise<void>
  /** Of which an entry says that they are destroyed. */
  readonly #expired = new Set<string>()
  #signedSize: number | null = null
  /** The latest moment that an entry states. */
  #lastAt: string | undefined

  private constructor(parts: {
    folder: string
    number: number
    log: MerkleLog
    key: LogKey
    kept: Readonly<Record<SegmentKind, Kept>>
    close: () => Promise<void>
  }) {
    this.folder = parts.folder
    this.number = parts.number
    this.#log = parts.log
    this.#key = parts.key
    this.#kept = parts.kept
    this.#close = parts.close
  }

  /**
   * Opens the ledger in a folder, and makes it with a first checkpoint where there has been none.
   * @param applied what this database has carried out: a ledger that is gone, shorter or another is not opened and signed. Null: nothing yet
   * @throws LogUnusable, LedgerUnusable
   */
  static async open(folder: string, key: LogKey, applied: Applied | null): Promise<Ledger> {
    if (applied !== null && !existsSync(join(folder, 'log'))) throw new LedgerUnusable(folder, 'missing', [])
    const counted = {
      tombstones: new Map<string, number>(),
      marks: new Map<string, number>(),
    } as const satisfies Record<SegmentKind, Map<string, number>>
    const expired: string[] = []
    let lastAt: string | undefined
    const { log, close } = await openLog(folder, {
      shown: (record, seq) => {
        const { entry } = entryIn(record, seq)
        if (entry === undefined) return
        if (lastAt === undefined || lastAt < entry.at) lastAt = entry.at
        if ('tombstones' in entry) count(counted.tombstones, entry.tombstones)
        if ('marks' in entry && entry.marks !== undefined) count(counted.marks, entry.marks)
        if (entry.type === 'BACKUP_EXPIRED') expired.push(...entry.segmentsDestroyed)
      },
    })
    try {
      if (applied !== null) {
        if (log.size < applied.size) throw new LedgerUnusable(folder, 'behind', [])
        if (!applied.root.equals(await log.rootAt(applied.size)))
          throw new LedgerUnusable(folder, 'inconsistent', [])
      }
      const kept = {
        tombstones: { segments: await readSegments(folder, 'tombstones'), counted: counted.tombstones },
        marks: { segments: await readSegments(folder, 'marks'), counted: counted.marks },
      } as const satisfies Record<SegmentKind, Kept>
      const ledger = new Ledger({ folder, number: applied?.ledger ?? 0, log, key, kept, close })
      for (const month of expired) ledger.#expired.add(month)
      ledger.#lastAt = lastAt
      await ledger.signCheckpoint()
      return ledger
    } catch (error) {
      await close()
      throw error
    }
  }

  get size(): number {
    return this.#log.size
  }

  /** Months of which segments are kept, of either kind. */
  get months(): readonly string[] {
    const { tombstones, marks } = this.#kept
    return [...new Set([...tombstones.segments.keys(), ...marks.segments.keys()])].sort()
  }

  /** Months of which the ledger says that their segments are destroyed; they may be there still. */
  get expiredMonths(): ReadonlySet<string> {
    return this.#expired
  }

  /** Destroys what is kept of a month of which the ledger says so already. */
  async destroySegments(month: string): Promise<void> {
    if (!this.#expired.has(month)) throw new Error('A segment is destroyed only when the ledger says so')
    for (const kind of ['tombstones', 'marks'] as const) {
      await destroySegment(this.folder, kind, month)
      this.#kept[kind].segments.delete(month)
    }
  }

  /** False: the clock was set back behind what is entered, so that no run MUST begin or go on (holds, periods and answers hang on time). */
  agreesWith(now: Date): boolean {
    const at = instantAt(now.getTime())
    return at !== undefined && clockAgrees(at, this.#lastAt === undefined ? undefined : { at: this.#lastAt })
  }

  #noteTime(entries: readonly LedgerEntry[]): void {
    for (const { at } of entries) if (this.#lastAt === undefined || this.#lastAt < at) this.#lastAt = at
  }

  rootAt(size: number): Promise<Uint8Array> {
    return this.#log.rootAt(size)
  }

  /**
   * Enters deletions, one flush for all. When it resolves they are durable, with the tombstones of their objects, and MUST be carried out.
   * When it rejects they may or may not be there: open the ledger again, and carry out what it has.
   */
  async append(deletions: readonly Deletion[], at: Date): Promise<LedgerEntry[]> {
    return this.#enter(
      'tombstones',
      deletions.map(({ ids, ...fields }) => ({ fields: { type: 'DELETE', ...fields }, ids })),
      at,
    )
  }

  /** Enters decisions with marks of what they are about, one flush for all; durable when it resolves, and MUST be noted in the database then. */
  async appendActs(acts: readonly Act[], at: Date): Promise<LedgerEntry[]> {
    return this.#enter('marks', acts, at)
  }

  async #enter(kind: SegmentKind, acts: readonly Act[], at: Date): Promise<LedgerEntry[]> {
    const { segments, counted } = this.#kept[kind]
    const month = at.toISOString().slice(0, 7)
    const segment = segments.get(month) ?? newSegment(month)
    const begin = counted.get(month) ?? 0
    let from = begin
    const hashes: Uint8Array[] = []
    const records = acts.map(({ ids, fields }, n) => {
      const own = ids.map((id) => tombstoneOf(id, segment))
      const seq = this.#log.size + n
      const alg = tombstoneAlgorithms[segment.version]
      const range = { [kind]: { alg, segment: month, from, to: from + ids.length - 1 } }
      const entry = checked({ v: 1, seq, at: momentOf(at), ...fields, ...(ids.length > 0 && range) }, seq)
      from += ids.length
      for (const one of own) hashes.push(one)
      const salt = kind === 'tombstones' ? tombstoneSalt(segment.secret, seq, own) : randomBytes(saltBytes)
      return { entry, record: recordOf(entry, salt) }
    })
    if (hashes.length > 0) {
      await writeTombstones(this.folder, kind, segment, begin, hashes)
      segments.set(month, segment)
    }
    await this.#log.append(records.map(({ record }) => record))
    counted.set(month, from)
    const entries = records.map(({ entry }) => entry)
    for (const entry of entries)
      if (entry.type === 'BACKUP_EXPIRED')
        for (const month of entry.segmentsDestroyed) this.#expired.add(month)
    this.#noteTime(entries)
    return entries
  }

  /** Enters what processors have done, one flush for all; durable when it resolves, and MUST be noted in the database then. */
  async appendReports(reports: readonly ProcessorReport[], at: Date): Promise<LedgerEntry[]> {
    const entries = reports.map((report, n) => {
      const seq = this.#log.size + n
      return checked({ v: 1, seq, type: 'PROCESSOR_DONE', at: momentOf(at), ...report }, seq)
    })
    await this.#log.append(entries.map((entry) => recordOf(entry, randomBytes(saltBytes))))
    this.#noteTime(entries)
    return entries
  }

  /** Where an entry, or the end behind the last one, stands in the database ({@link placeIn}). */
  placeOf(seq: number): number {
    return placeIn(this.number, seq)
  }

  /** Signs what the ledger is now, if that is not signed yet. Durable when it resolves. */
  async signCheckpoint(): Promise<void> {
    const { size } = this
    if (this.#signedSize === size) return
    await keepSignedCheckpoint(this.folder, this.#log, this.#key)
    this.#signedSize = size
  }

  close(): Promise<void> {
    return this.#close()
  }
}
