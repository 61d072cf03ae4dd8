import { auditCommitment, checkAuditEntry } from '../audit/audit-entry.ts'
import { entryCommitment, writtenCommitment } from '../ledger/commitment.ts'
import { checkEntry, type LedgerEntry } from '../ledger/entry.ts'
import type { LogRecord } from '../log/log-line.ts'
import { emptyRoot, leafHash, RightEdge } from '../log/merkle-tree.ts'
import { readLog } from '../log/read-log.ts'
import { type ByteSource, chunksOf } from './byte-source.ts'
import { checkCheckpoint } from './check-checkpoint.ts'
import type { Erasure } from './check-erasure.ts'
import { checkResponse, type ProvenTime } from './check-time.ts'
import { readTombstones, type SegmentFile, type TombstoneRange } from './check-tombstones.ts'
import { type Finding, finding } from './finding.ts'
import type { Trust } from './trust.ts'

/** A ledger as it lies on disk, or any other log: its lines, its checkpoints, its live tombstones. */
export type LedgerFolder = {
  log: ByteSource
  /** How its lines are written; as `readLog` reads them when left out. */
  linesOf?: typeof readLog
  checkpoints: { name: string; bytes: Uint8Array; timeStamp?: Uint8Array }[]
  segments: readonly SegmentFile[]
}

export type LedgerAnswer = {
  findings: Finding[]
  /** Whose checkpoints cover it; undefined without a good one. */
  origin: string | undefined
  /** What the ledger proves about an object whose tombstone is still kept. */
  erasedInLedger: (objectId: string) => Erasure | undefined
  /** The time stamp over the newest checkpoint that agrees, when it holds. */
  proven: ProvenTime[]
  /** How many leaves it has. An end that is torn or damaged, and what follows it, does not count. */
  size: number
  /** Its root when it had so many leaves, for each size of a checkpoint and each that was asked for; missing where it never had. */
  roots: ReadonlyMap<number, Uint8Array>
}

/** So many findings of one kind say enough. */
const maxAlike = 100

/**
 * Verifies a log folder, the ledger's or the audit log's: every line, every entry against the closed schema and against its leaf, and
 * the tree against every signed checkpoint. Reads the log once; memory does not grow with the number of entries, except for the ranges
 * of tombstones that are still kept. Never throws for a bad ledger.
 * @param sizes of which the roots are wanted too
 */
export async function verifyLedger(
  folder: LedgerFolder,
  trust: Trust,
  progress?: (bytesDone: number, bytesTotal: number) => void,
  sizes: readonly number[] = [],
): Promise<LedgerAnswer> {
  const checkpoints = folder.checkpoints.map((file) => ({
    ...file,
    ...checkCheckpoint(file.bytes, trust, file.name),
  }))
  const found = limited()
  for (const each of checkpoints.flatMap(({ findings }) => findings)) found.add(each)
  const wanted = new Set([
    ...sizes,
    ...checkpoints.flatMap(({ checkpoint }) => (checkpoint ? [checkpoint.size] : [])),
  ])
  const { roots, size, ranges } = await readEntries(folder, wanted, found.add, progress)

  let covered = -1
  let newest = ''
  let proven: ProvenTime | undefined
  const origins = new Set<string>()
  for (const { name, bytes, timeStamp, checkpoint } of checkpoints) {
    const time = timeStamp && checkResponse(timeStamp, { name, bytes }, trust, name)
    for (const each of time?.findings ?? []) found.add(each)
    if (checkpoint === undefined) continue
    const root = roots.get(checkpoint.size)
    origins.add(checkpoint.origin)
    if (root === undefined) found.add(finding('LEDGER_SHORT', name, `${size} / ${checkpoint.size}`))
    else if (Buffer.compare(root, checkpoint.root) !== 0) found.add(finding('LEDGER_ROOT_DIFFERS', name))
    else if (checkpoint.size > covered) {
      covered = checkpoint.size
      newest = name
      proven = time?.proven
    }
  }
  // Checkpoints of two logs in one folder would let one log vouch for the other.
  if (origins.size > 1) found.add(finding('LEDGER_ROOT_DIFFERS', 'checkpoints', [...origins].join(', ')))
  const [origin] = origins
  if (covered >= 0) found.add(finding('LEDGER_AGREES', newest, `${origin}, ${covered} / ${size}`))
  if (covered < 0) found.add(finding('LEDGER_WITHOUT_CHECKPOINT', 'checkpoints'))
  else if (covered < size) found.add(finding('LEDGER_BEYOND_CHECKPOINT', 'log', `${covered} / ${size}`))
  if (trust.requireTimeStamp === true && proven === undefined)
    found.add(finding('TIME_STAMP_MISSING', newest))
  const counted = ranges.filter(({ erasure }) => erasure.seq < covered)
  const erasedInLedger = await readTombstones(folder.segments, counted, found.add)
  return { findings: found.all, origin, erasedInLedger, proven: proven ? [proven] : [], size, roots }
}

async function readEntries(
  folder: LedgerFolder,
  wanted: ReadonlySet<number>,
  add: (finding: Finding) => void,
  progress?: (bytesDone: number, bytesTotal: number) => void,
): Promise<{ roots: Map<number, Uint8Array>; size: number; ranges: TombstoneRange[] }> {
  const edge = new RightEdge()
  const roots = new Map<number, Uint8Array>([[0, emptyRoot()]])
  const kept = new Set(folder.segments.map(({ month }) => month))
  const ranges: TombstoneRange[] = []
  let pruned = 0
  for await (const piece of (folder.linesOf ?? readLog)(chunksOf(folder.log, 0, folder.log.size))) {
    if (piece.kind === 'torn') add(finding('LEDGER_TORN', `log, byte ${piece.offset}`))
    if (piece.kind === 'damaged')
      add(finding('LEDGER_DAMAGED', `log, byte ${piece.offset}`, `${piece.index}`))
    if (piece.kind !== 'record') break
    const { entry, findings } = checkRecord(piece.record, piece.index)
    for (const each of findings) add(each)
    if (piece.record.opening === undefined) pruned += 1
    if (entry?.type === 'BREAK_GLASS' && entry.broken !== undefined) {
      const { origin, size, fault } = entry.broken
      add(finding('LEDGER_FOLLOWS_BROKEN', 'log, 0', `${origin}, ${size}, ${fault}`))
    }
    const range = entry && deletedRange(entry, piece.record)
    if (range && kept.has(range.segment)) ranges.push(range)
    edge.append(piece.record.leaf)
    if (wanted.has(edge.size)) roots.set(edge.size, edge.root())
    if (piece.index % 4096 === 0) progress?.(piece.end, folder.log.size)
  }
  if (pruned > 0) add(finding('LEDGER_ENTRY_PRUNED', 'log', `${pruned}`))
  return { roots, size: edge.size, ranges }
}

function checkRecord(
  { leaf, opening }: LogRecord,
  index: number,
): { entry?: LedgerEntry; findings: Finding[] } {
  if (opening === undefined) return { findings: [] }
  const location = `log, ${index}`
  if (isAuditEntry(opening.entry)) return { findings: checkAudit(opening, leaf, location) }
  const { written } = opening
  const checked = checkEntry(opening.entry, index, written?.form)
  if (!('accepted' in checked)) {
    return {
      findings: [
        finding('LEDGER_ENTRY_REFUSED', location, [checked.refused, checked.field ?? ''].join(' ').trim()),
      ],
    }
  }
  // As it stands there: its keys are in order already.
  const commitment =
    written === undefined
      ? entryCommitment(opening.entry as LedgerEntry, opening.salt)
      : writtenCommitment(written.text, opening.salt)
  if (Buffer.compare(leafHash(commitment), leaf) !== 0) {
    return { findings: [finding('LEDGER_ENTRY_CHANGED', location)] }
  }
  return { entry: checked.accepted, findings: [] }
}

function isAuditEntry(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && 'log' in entry && entry.log === 'audit'
}

function checkAudit(
  { entry, salt }: NonNullable<LogRecord['opening']>,
  leaf: Uint8Array,
  location: string,
): Finding[] {
  const checked = checkAuditEntry(entry)
  if (!('accepted' in checked)) {
    return [
      finding('LEDGER_ENTRY_REFUSED', location, [checked.refused, checked.field ?? ''].join(' ').trim()),
    ]
  }
  const commitment = auditCommitment(checked.accepted, salt)
  if (Buffer.compare(leafHash(commitment), leaf) === 0) return []
  return [finding('LEDGER_ENTRY_CHANGED', location)]
}

function deletedRange(entry: LedgerEntry, { opening }: LogRecord): TombstoneRange | undefined {
  if ((entry.type !== 'DELETE' && entry.type !== 'KEY_DESTROY') || opening === undefined) return undefined
  const { segment, alg, from, to } = entry.tombstones
  const erasure = { rule: entry.rule, on: entry.at.slice(0, 10), seq: entry.seq }
  return { segment, alg, from, to, salt: opening.salt, erasure }
}

function limited(): { all: Finding[]; add: (finding: Finding) => void } {
  const all: Finding[] = []
  const counts = new Map<string, number>()
  return {
    all,
    add: (each) => {
      const count = (counts.get(each.code) ?? 0) + 1
      counts.set(each.code, count)
      if (count <= maxAlike) all.push(each)
    },
  }
}
