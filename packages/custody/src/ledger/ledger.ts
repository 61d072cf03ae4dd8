import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { keepSignedCheckpoint, type LogKey } from '@buergerdraht/office'
import {
  checkEntry,
  entryCommitment,
  type LedgerEntry,
  leafHash,
  type MerkleLog,
  openLog,
  saltBytes,
  tombstoneAlgorithms,
  tombstoneSalt,
} from '@buergerdraht/records'
import { type Applied, LedgerUnusable } from './judge-ledger.ts'
import { readEntries } from './read-entries.ts'
import { newSegment, readSegments, type SegmentKey, tombstoneOf, writeTombstones } from './segments.ts'

type DeleteEntry = Extract<LedgerEntry, { type: 'DELETE' }>

/** A deletion before it has its place, and the objects that it destroys: as many as `objects` counts. */
export type Deletion = Pick<
  DeleteEntry,
  'cluster' | 'rule' | 'class' | 'ground' | 'objects' | 'archive' | 'approvals' | 'targets' | 'residueUntil'
> & { readonly ids: readonly string[] }

/** What became of what an earlier entry has asked a processor to delete. */
export type ProcessorReport = Pick<
  Extract<LedgerEntry, { type: 'PROCESSOR_DONE' }>,
  'of' | 'processor' | 'state' | 'residueUntil'
>

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

/** The deletion ledger, open for writing. One process at a time, under the lock `destroying`. */
export class Ledger {
  readonly folder: string
  readonly #log: MerkleLog
  readonly #key: LogKey
  readonly #segments: Map<string, SegmentKey>
  /** How many tombstones of each month entries speak of. */
  readonly #counted: Map<string, number>
  readonly #close: () => Promise<void>
  #signedSize: number | null = null

  private constructor(parts: {
    folder: string
    log: MerkleLog
    key: LogKey
    segments: Map<string, SegmentKey>
    counted: Map<string, number>
    close: () => Promise<void>
  }) {
    this.folder = parts.folder
    this.#log = parts.log
    this.#key = parts.key
    this.#segments = parts.segments
    this.#counted = parts.counted
    this.#close = parts.close
  }

  /**
   * Opens the ledger in a folder, and makes it with a first checkpoint where there has been none.
   * @param applied what this database has carried out: a ledger that is gone, shorter or another is not opened and signed. Null: nothing yet
   * @throws LogUnusable, LedgerUnusable
   */
  static async open(folder: string, key: LogKey, applied: Applied | null): Promise<Ledger> {
    if (applied !== null && !existsSync(join(folder, 'log'))) throw new LedgerUnusable(folder, 'missing', [])
    const { log, close } = await openLog(folder)
    try {
      if (applied !== null) {
        if (log.size < applied.size) throw new LedgerUnusable(folder, 'behind', [])
        if (!applied.root.equals(await log.rootAt(applied.size)))
          throw new LedgerUnusable(folder, 'inconsistent', [])
      }
      const segments: Map<string, SegmentKey> = await readSegments(folder)
      const counted = new Map<string, number>()
      for await (const { entry } of readEntries(folder, 0)) {
        if (entry === undefined || !('tombstones' in entry)) continue
        const { segment, to } = entry.tombstones
        counted.set(segment, Math.max(counted.get(segment) ?? 0, to + 1))
      }
      const ledger = new Ledger({ folder, log, key, segments, counted, close })
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

  rootAt(size: number): Promise<Uint8Array> {
    return this.#log.rootAt(size)
  }

  /**
   * Enters deletions, one flush for all. When it resolves they are durable, with the tombstones of their objects, and MUST be carried out.
   * When it rejects they may or may not be there: open the ledger again, and carry out what it has.
   */
  async append(deletions: readonly Deletion[], at: Date): Promise<LedgerEntry[]> {
    const month = at.toISOString().slice(0, 7)
    const segment = this.#segments.get(month) ?? newSegment(month)
    const begin = this.#counted.get(month) ?? 0
    let from = begin
    const tombstones: Uint8Array[] = []
    const records = deletions.map(({ ids, ...facts }, n) => {
      const own = ids.map((id) => tombstoneOf(id, segment))
      const seq = this.#log.size + n
      const range = {
        alg: tombstoneAlgorithms[segment.version],
        segment: month,
        from,
        to: from + ids.length - 1,
      }
      const fields = { v: 1, seq, type: 'DELETE', at: momentOf(at), ...facts, tombstones: range }
      const entry = checked(fields, seq)
      from += ids.length
      for (const one of own) tombstones.push(one)
      return { entry, record: recordOf(entry, tombstoneSalt(segment.secret, seq, own)) }
    })
    await writeTombstones(this.folder, segment, begin, tombstones)
    this.#segments.set(month, segment)
    await this.#log.append(records.map(({ record }) => record))
    this.#counted.set(month, from)
    return records.map(({ entry }) => entry)
  }

  /** Enters what processors have done, one flush for all; durable when it resolves, and MUST be noted in the database then. */
  async appendReports(reports: readonly ProcessorReport[], at: Date): Promise<LedgerEntry[]> {
    const entries = reports.map((report, n) => {
      const seq = this.#log.size + n
      return checked({ v: 1, seq, type: 'PROCESSOR_DONE', at: momentOf(at), ...report }, seq)
    })
    await this.#log.append(entries.map((entry) => recordOf(entry, randomBytes(saltBytes))))
    return entries
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
