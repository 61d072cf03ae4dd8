import { createHash, createHmac, type Hash } from 'node:crypto'
import { addMonths, type LocalDate, parseLocalDate } from '../law/instant.ts'
import type { Checked } from '../law/person.ts'

const domain = 'bc-tomb-v1'
const saltDomain = 'bc-salt-v1'
export const tombstoneBytes = 32
const secretBytes = 32
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** How the tombstones of a segment are made. Everything new is version 2; version 1 is read for as long as it is kept. */
export type SegmentVersion = 1 | 2

/** How an entry names it: `alg` of its range of tombstones. */
export const tombstoneAlgorithms = { 1: 'sha256', 2: 'hmac-sha256' } as const satisfies Record<
  SegmentVersion,
  string
>

/**
 * The tombstone of a deleted object in a segment. It recognises the object when a restored backup brings it back.
 *
 * Version 2 (`bc-tomb-v2`): HMAC-SHA256 under the segment's secret over the 16 bytes of any UUID. Whoever does not have the secret
 * learns nothing from it, however well ids can be guessed; when the secret is gone, nobody does.
 *
 * Version 1 (`bc-tomb-v1`): SHA-256("bc-tomb-v1" || the 16 bytes of a version 4 UUID). That has 122 random bits; other versions
 * carry time and can be guessed, so they have none.
 *
 * @returns 32 bytes, or `undefined` when the id is no lower-case UUID that the segment takes.
 */
export function tombstone(
  objectId: string,
  { version, secret }: Pick<TombstoneSegment, 'version' | 'secret'>,
): Uint8Array | undefined {
  if (!(version === 1 ? uuidV4 : uuid).test(objectId)) return undefined
  const bytes = Buffer.from(objectId.replaceAll('-', ''), 'hex')
  return version === 1
    ? createHash('sha256').update(domain, 'ascii').update(bytes).digest()
    : createHmac('sha256', secret).update(bytes).digest()
}

/**
 * The tombstones of one month, in the order of their ledger entries (`from`…`to` count from 0). A segment lives apart from
 * the ledger, because it is destroyed: a hash of an object is not anonymous for ever.
 */
export type TombstoneSegment = {
  readonly version: SegmentVersion
  readonly month: string
  /** 32 random bytes, drawn when the segment begins and destroyed with it: see `tombstone` and `tombstoneSalt`. */
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

/** File form: the line `bc-tombstones-v2 2026-11`, the secret, then 32 bytes each. Appending needs no rewriting. */
export function writeSegment({ version, month, secret, tombstones }: TombstoneSegment): Uint8Array {
  if (secret.length !== secretBytes) throw new RangeError('A segment has a secret of 32 bytes')
  return Buffer.concat([Buffer.from(headerOf(version, month), 'ascii'), secret, ...tombstones])
}

/** Reads a segment. A last record that is cut off is reported and never guessed. */
export function readSegment(bytes: Uint8Array): Checked<TombstoneSegment, SegmentFault> {
  const head = readSegmentHead(bytes.subarray(0, segmentHeadBytes), bytes.length)
  if (!('accepted' in head)) return head
  const { version, month, secret, count } = head.accepted
  const records = bytes.subarray(segmentHeadBytes)
  const tombstones = Array.from({ length: count }, (_, at) =>
    records.slice(at * tombstoneBytes, (at + 1) * tombstoneBytes),
  )
  return { accepted: { version, month, secret, tombstones } }
}

/** What a segment says before its first tombstone, and by its length how many it has. `bytes` are its first `segmentHeadBytes`. */
export function readSegmentHead(
  bytes: Uint8Array,
  length: number,
): Checked<Omit<TombstoneSegment, 'tombstones'> & { count: number }, SegmentFault> {
  const header = Buffer.from(bytes.subarray(0, headerBytes)).toString('latin1')
  const month = header.slice(-'2026-11\n'.length, -1)
  const version = ([1, 2] as const).find((one) => header === headerOf(one, month))
  if (version === undefined || parseLocalDate(`${month}-01`) === undefined)
    return { refused: 'NOT_A_SEGMENT' }
  const secret = bytes.slice(headerBytes, segmentHeadBytes)
  const count = (length - segmentHeadBytes) / tombstoneBytes
  if (secret.length !== secretBytes || !Number.isInteger(count)) return { refused: 'TORN' }
  return { accepted: { version, month, secret, count } }
}

const headerBytes = 'bc-tombstones-v2 2026-11\n'.length
/** Where the first tombstone stands. */
export const segmentHeadBytes = headerBytes + secretBytes

function headerOf(version: SegmentVersion, month: string): string {
  return `bc-tombstones-v${version} ${month}\n`
}

/**
 * The objects of a database that should be gone: those whose tombstone is in a live segment. After a restore the service
 * stays closed until this answers none. Memory grows with the tombstones, not with the objects; time with both versions and secrets.
 *
 * @throws RangeError at an id that none of the segments can have a tombstone of: passing over it would report that nothing came back.
 */
export function* stillThere(
  objectIds: Iterable<string>,
  segments: readonly TombstoneSegment[],
): Generator<string> {
  const dead = segments.map((segment) => ({
    segment,
    hashes: new Set(segment.tombstones.map((each) => Buffer.from(each).toString('latin1'))),
  }))
  for (const id of objectIds) {
    const made = dead.flatMap(({ segment, hashes }) => {
      const hash = tombstone(id, segment)
      return hash === undefined ? [] : { hash, hashes }
    })
    if (!uuid.test(id) || (made.length === 0 && segments.length > 0))
      throw new RangeError('An id is no lower-case UUID of which there can be a tombstone.')
    if (made.some(({ hash, hashes }) => hashes.has(Buffer.from(hash).toString('latin1')))) yield id
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
