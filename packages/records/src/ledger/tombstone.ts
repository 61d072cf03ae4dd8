import { createHash, type Hash } from 'node:crypto'
import { addMonths, type LocalDate, parseLocalDate } from '../law/instant.ts'
import type { Checked } from '../law/person.ts'

const domain = 'bc-tomb-v1'
const saltDomain = 'bc-salt-v1'
export const tombstoneBytes = 32
const secretBytes = 32
const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/**
 * The tombstone of a deleted object: SHA-256("bc-tomb-v1" || the 16 bytes of its UUID). It recognises the object when a
 * restored backup brings it back, and says nothing to anybody else, because a version 4 UUID has 122 random bits. Other
 * versions carry time and can be guessed; they are refused.
 *
 * @returns 32 bytes, or `undefined` when the id is no lower-case version 4 UUID.
 */
export function tombstone(objectId: string): Uint8Array | undefined {
  if (!uuidV4.test(objectId)) return undefined
  return createHash('sha256')
    .update(domain, 'ascii')
    .update(Buffer.from(objectId.replaceAll('-', ''), 'hex'))
    .digest()
}

/**
 * The tombstones of one month, in the order of their ledger entries (`from`…`to` count from 0). A segment lives apart from
 * the ledger, because it is destroyed: a hash of an object is not anonymous for ever.
 */
export type TombstoneSegment = {
  readonly month: string
  /** 32 random bytes, drawn when the segment begins and destroyed with it: see `tombstoneSalt`. */
  readonly secret: Uint8Array
  readonly tombstones: readonly Uint8Array[]
}

export type SegmentFault = 'NOT_A_SEGMENT' | 'TORN'

/**
 * The salt of a ledger entry that has tombstones: SHA-256("bc-salt-v1" || secret || seq, 8 bytes || tombstones). Through it
 * the entry's commitment (`entryCommitment`), and so the signed tree, fixes which objects went, while the entry itself
 * holds no trace of them. Without the secret nobody can try ids against the salt, so nothing of them is left when the
 * segment has been destroyed.
 *
 * @param tombstones those of the entry's range, in order.
 */
export function tombstoneSalt(
  secret: Uint8Array,
  seq: number,
  tombstones: readonly Uint8Array[],
): Uint8Array {
  const hash = saltHash(secret, seq)
  for (const each of tombstones) hash.update(each)
  return hash.digest()
}

/** The same for tombstones that are not all in memory: they go into this hash, in order and in pieces of any length. */
export function saltHash(secret: Uint8Array, seq: number): Hash {
  if (secret.length !== secretBytes) throw new RangeError('A segment has a secret of 32 bytes')
  const number = Buffer.alloc(8)
  number.writeBigUInt64BE(BigInt(seq))
  return createHash('sha256').update(saltDomain, 'ascii').update(secret).update(number)
}

/** File form: the line `bc-tombstones-v1 2026-11`, the secret, then 32 bytes each. Appending needs no rewriting. */
export function writeSegment({ month, secret, tombstones }: TombstoneSegment): Uint8Array {
  if (secret.length !== secretBytes) throw new RangeError('A segment has a secret of 32 bytes')
  return Buffer.concat([Buffer.from(headerOf(month), 'ascii'), secret, ...tombstones])
}

/** Reads a segment. A last record that is cut off is reported and never guessed. */
export function readSegment(bytes: Uint8Array): Checked<TombstoneSegment, SegmentFault> {
  const head = readSegmentHead(bytes.subarray(0, segmentHeadBytes), bytes.length)
  if (!('accepted' in head)) return head
  const { month, secret, count } = head.accepted
  const records = bytes.subarray(segmentHeadBytes)
  const tombstones = Array.from({ length: count }, (_, at) =>
    records.slice(at * tombstoneBytes, (at + 1) * tombstoneBytes),
  )
  return { accepted: { month, secret, tombstones } }
}

/** What a segment says before its first tombstone, and by its length how many it has. `bytes` are its first `segmentHeadBytes`. */
export function readSegmentHead(
  bytes: Uint8Array,
  length: number,
): Checked<Pick<TombstoneSegment, 'month' | 'secret'> & { count: number }, SegmentFault> {
  const header = Buffer.from(bytes.subarray(0, headerBytes)).toString('latin1')
  const month = header.slice(headerPrefix.length, -1)
  if (header !== headerOf(month) || parseLocalDate(`${month}-01`) === undefined)
    return { refused: 'NOT_A_SEGMENT' }
  const secret = bytes.slice(headerBytes, segmentHeadBytes)
  const count = (length - segmentHeadBytes) / tombstoneBytes
  if (secret.length !== secretBytes || !Number.isInteger(count)) return { refused: 'TORN' }
  return { accepted: { month, secret, count } }
}

const headerPrefix = 'bc-tombstones-v1 '
const headerBytes = headerPrefix.length + '2026-11\n'.length
/** Where the first tombstone stands. */
export const segmentHeadBytes = headerBytes + secretBytes

function headerOf(month: string): string {
  return `${headerPrefix}${month}\n`
}

/**
 * The objects of a database that should be gone: those whose tombstone is in a live segment. After a restore the service
 * stays closed until this answers none. Memory grows with the tombstones, not with the objects.
 *
 * @throws RangeError at an id that cannot have a tombstone: passing over it would report that nothing came back.
 */
export function* stillThere(
  objectIds: Iterable<string>,
  segments: readonly TombstoneSegment[],
): Generator<string> {
  const dead = new Set(
    segments.flatMap((segment) => segment.tombstones.map((each) => Buffer.from(each).toString('hex'))),
  )
  for (const id of objectIds) {
    const hash = tombstone(id)
    if (hash === undefined)
      throw new RangeError('An id is no lower-case version 4 UUID: it cannot have a tombstone.')
    if (dead.has(Buffer.from(hash).toString('hex'))) yield id
  }
}

/**
 * Whether a segment has done its service: every backup that still exists was made after the month in which its objects
 * were deleted, so none can contain them.
 *
 * @param oldestBackupOn the day the oldest backup still existing was begun; `null` when there is none.
 */
export function mayDestroySegment(month: string, oldestBackupOn: LocalDate | null): boolean {
  const first = parseLocalDate(`${month}-01`)
  if (first === undefined) return false
  return oldestBackupOn === null || oldestBackupOn >= addMonths(first, 1)
}
