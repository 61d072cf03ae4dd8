import {
  readSegmentHead,
  saltHash,
  segmentHeadBytes,
  type TombstoneSegment,
  tombstone,
  tombstoneAlgorithms,
  tombstoneBytes,
} from '../ledger/tombstone.ts'
import { type ByteSource, chunksOf } from './byte-source.ts'
import type { Erasure } from './check-erasure.ts'
import { type Finding, finding } from './finding.ts'

/** A segment as it lies on disk, by the month that its name says. Whoever opens it closes it. */
export type SegmentFile = { month: string; open: () => Promise<ByteSource & { close: () => Promise<void> }> }

/** What an entry says of a segment; its salt says which tombstones they are (`tombstoneSalt`). */
export type TombstoneRange = {
  segment: string
  alg: string
  from: number
  to: number
  salt: Uint8Array
  erasure: Erasure
}

/**
 * Which entry an object's tombstone belongs to. Only entries under a checkpoint count (the caller hands in no others), and only
 * tombstones to which their commitments are bound: whoever can write to the folder can append tombstones, but not explain
 * anything with them. Of a segment only what entries speak of is read, so memory and time do not grow with what somebody
 * appended to it.
 */
export async function readTombstones(
  segments: readonly SegmentFile[],
  ranges: readonly TombstoneRange[],
  add: (finding: Finding) => void,
): Promise<(objectId: string) => Erasure | undefined> {
  const explained: Explained[] = []
  for (const { month, open } of segments) {
    const source = await open()
    try {
      await readSegment(
        source,
        month,
        ranges.filter(({ segment }) => segment === month),
        explained,
        add,
      )
    } finally {
      await source.close()
    }
  }
  return (objectId) => {
    for (const { head, erasures } of explained) {
      const hash = tombstone(objectId, head)
      const erasure = hash && erasures.get(keyOf(hash))
      if (erasure !== undefined) return erasure
    }
    return undefined
  }
}

/** What a segment explains, by tombstone. */
type Explained = {
  head: Pick<TombstoneSegment, 'version' | 'secret'>
  erasures: Map<string, Erasure>
}

async function readSegment(
  source: ByteSource,
  month: string,
  ranges: readonly TombstoneRange[],
  all: Explained[],
  add: (finding: Finding) => void,
): Promise<void> {
  const location = `tombstones/${month}`
  const head = readSegmentHead(Uint8Array.from(await source.read(0, segmentHeadBytes)), source.size)
  if (!('accepted' in head) || head.accepted.month !== month) {
    add(finding('TOMBSTONES_MALFORMED', location))
    return
  }
  const { version, secret, count } = head.accepted
  const erasures = new Map<string, Erasure>()
  all.push({ head: head.accepted, erasures })
  const explained: TombstoneRange[] = []
  for (const range of ranges) {
    const { to, salt, erasure } = range
    if (to >= count) {
      add(finding('TOMBSTONES_SHORT', location, `${erasure.seq}`))
      continue
    }
    const hash = saltHash(secret, erasure.seq)
    for await (const chunk of tombstonesIn(source, range)) hash.update(chunk)
    // The salt fixes the tombstones, the entry how they were made.
    if (range.alg !== tombstoneAlgorithms[version] || Buffer.compare(hash.digest(), salt) !== 0) {
      add(finding('TOMBSTONES_CHANGED', location, `${erasure.seq}`))
      continue
    }
    explained.push(range)
    for await (const chunk of tombstonesIn(source, range)) {
      for (let at = 0; at < chunk.length; at += tombstoneBytes)
        erasures.set(keyOf(chunk.subarray(at, at + tombstoneBytes)), erasure)
    }
  }
  const unexplained = count - lengthOfUnion(explained)
  if (unexplained > 0) add(finding('TOMBSTONES_UNEXPLAINED', location, `${unexplained}`))
}

/** Chunks of whole tombstones: a chunk is a multiple of their length. */
function tombstonesIn(source: ByteSource, { from, to }: TombstoneRange): AsyncGenerator<Uint8Array> {
  return chunksOf(source, segmentHeadBytes + from * tombstoneBytes, (to - from + 1) * tombstoneBytes)
}

function lengthOfUnion(ranges: readonly TombstoneRange[]): number {
  let [length, end] = [0, 0]
  for (const { from, to } of ranges.toSorted((one, other) => one.from - other.from)) {
    length += Math.max(0, to + 1 - Math.max(from, end))
    end = Math.max(end, to + 1)
  }
  return length
}

function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash).toString('latin1')
}
