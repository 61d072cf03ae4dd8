import { randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import {
  flushFolder,
  type LedgerEntry,
  LogUnusable,
  readSegment,
  segmentHeadBytes,
  type TombstoneSegment,
  tombstone,
  tombstoneBytes,
  writeSegment,
} from '@buergerdraht/records'

/** What a segment needs to have for another object to be recognised by it. */
export type SegmentKey = Pick<TombstoneSegment, 'version' | 'secret' | 'month'>

/**
 * What stands there: tombstones of what was destroyed, or marks of what an entry is about and is still there. Apart, because whatever has a tombstone must
 * not be in any database, and a verifier reads no marks.
 */
export type SegmentKind = 'tombstones' | 'marks'

function folderOf(ledger: string, kind: SegmentKind): string {
  return join(ledger, kind)
}

/** The tombstone of an object of ours. @throws Error at an id that is none of ours: it must not be destroyed without one */
export function tombstoneOf(id: string, segment: SegmentKey): Uint8Array {
  const hash = tombstone(id, segment)
  if (hash === undefined) throw new Error('An object is named by its UUID.')
  return hash
}

/** The segments that are kept, by month. @throws LogUnusable LOG_DAMAGED */
export async function readSegments(
  ledger: string,
  kind: SegmentKind,
): Promise<Map<string, TombstoneSegment>> {
  const kept = new Map<string, TombstoneSegment>()
  for (const month of (await namesIn(folderOf(ledger, kind))).sort())
    kept.set(month, await readMonth(ledger, kind, month))
  return kept
}

async function readMonth(ledger: string, kind: SegmentKind, month: string): Promise<TombstoneSegment> {
  const read = readSegment(await readFile(join(folderOf(ledger, kind), month)))
  if (!('accepted' in read) || read.accepted.month !== month)
    throw new LogUnusable('LOG_DAMAGED', `The segment of ${kind} ${month} is damaged`)
  return read.accepted
}

/** Months of which a ledger keeps segments, of either kind. */
export async function keptMonths(ledger: string): Promise<string[]> {
  const names = [
    ...(await namesIn(folderOf(ledger, 'tombstones'))),
    ...(await namesIn(folderOf(ledger, 'marks'))),
  ]
  return names.filter((name) => /^20\d\d-(?:0[1-9]|1[0-2])$/.test(name))
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/**
 * Writes tombstones behind the first `from` of their month, and begins the segment where there is none. Durable when it resolves. What was
 * behind those is of an append that was cut off before its entry: no entry speaks of it, and it is written over.
 */
export async function writeTombstones(
  ledger: string,
  kind: SegmentKind,
  segment: SegmentKey,
  from: number,
  tombstones: readonly Uint8Array[],
): Promise<void> {
  const folder = folderOf(ledger, kind)
  if ((await mkdir(folder, { recursive: true, mode: 0o750 })) !== undefined) await flushFolder(ledger)
  const path = join(folder, segment.month)
  const isNew = from === 0
  const file = await open(path, isNew ? 'w' : 'r+', 0o640)
  try {
    const end = segmentHeadBytes + from * tombstoneBytes
    if (isNew) await file.write(writeSegment({ ...segment, tombstones: [] }), 0, segmentHeadBytes, 0)
    else await file.truncate(end)
    const bytes = Buffer.concat(tombstones)
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, end + done)
      done += bytesWritten
    }
    await file.sync()
  } finally {
    await file.close()
  }
  if (isNew) await flushFolder(folder)
}

/**
 * Destroys a segment, if it is there. Gone first and overwritten then, through the open file: killed in between, no half of a segment is left to read. On
 * disks that write elsewhere the old bytes stay until the disk needs the room.
 */
export async function destroySegment(ledger: string, kind: SegmentKind, month: string): Promise<void> {
  const folder = folderOf(ledger, kind)
  if (!(await namesIn(folder)).includes(month)) return
  const file = await open(join(folder, month), 'r+')
  try {
    const { size } = await file.stat()
    await unlink(join(folder, month))
    await flushFolder(folder)
    const nothing = Buffer.alloc(Math.min(size, 64 * 1024))
    for (let done = 0; done < size; ) {
      const { bytesWritten } = await file.write(nothing, 0, Math.min(nothing.length, size - done), done)
      done += bytesWritten
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A segment begins with a secret of its own, which is in nothing else. */
export function newSegment(month: string): SegmentKey {
  return { version: 2, month, secret: randomBytes(32) }
}

/** A range as an entry names it. */
export type EntryRange = Extract<LedgerEntry, { type: 'DELETE' }>['tombstones']

/** What an entry speaks of: objects are recognised, never listed. */
export type Recognised = {
  readonly count: number
  recognises(id: string): boolean
}

/** The objects of an entry, as its segment has them. Null: the segment has been destroyed. @throws LogUnusable LOG_DAMAGED */
export async function recognisedBy(
  ledger: string,
  kind: SegmentKind,
  { segment: month, from, to }: EntryRange,
): Promise<Recognised | null> {
  if (!(await namesIn(folderOf(ledger, kind))).includes(month)) return null
  const segment = await readMonth(ledger, kind, month)
  const own = segment.tombstones.slice(from, to + 1).map((hash) => Buffer.from(hash).toString('latin1'))
  const hashes = new Set(own)
  return {
    count: hashes.size,
    recognises: (id) => hashes.has(Buffer.from(tombstoneOf(id, segment)).toString('latin1')),
  }
}
