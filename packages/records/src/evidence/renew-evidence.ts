import { digest } from '#cryptography'
import type { DigestAlgorithm, EndedDigest } from '../time/digest-algorithm.ts'
import {
  type ArchiveTimeStamp,
  archiveTimeStamp,
  type EvidenceChain,
  type EvidenceRecord,
  encodeSequence,
  withChains,
} from './evidence-record.ts'
import type { ReducedHashTree } from './hash-tree.ts'

/** Hash functions that records are made and renewed with. */
type WrittenDigest = Exclude<DigestAlgorithm, EndedDigest>

/**
 * What comes back for a hash that was handed to a TSA: the token over the root, and the way to it when many hashes
 * shared one token (`hashTree`).
 */
export type StampedHash = { token: Uint8Array; reduced?: ReducedHashTree | undefined }

/** A first record for data whose hash under `algorithm` was stamped. RFC 4998 section 4.2. */
export function evidenceRecord(algorithm: WrittenDigest, { token, reduced }: StampedHash): EvidenceRecord {
  return withChains(undefined, [[archiveTimeStamp(algorithm, token, reduced)]])
}

/**
 * The hash to have stamped before the newest token can no longer be checked: that token, under the chain's own hash
 * function. RFC 4998 section 5.2, time-stamp renewal.
 */
export function timeStampRenewalHash(record: EvidenceRecord): Uint8Array {
  const { algorithm, token } = newest(record)
  return digest(algorithm, token)
}

export function renewTimeStamp(record: EvidenceRecord, { token, reduced }: StampedHash): EvidenceRecord {
  const { algorithm } = newest(record)
  const before = record.chains.slice(0, -1)
  const last = record.chains.at(-1) ?? []
  return withChains(record, [...before, [...last, archiveTimeStamp(algorithm, token, reduced)]])
}

/**
 * The hash to have stamped before the hash function weakens: one document and everything proven so far, under a stronger
 * function. RFC 4998 section 5.2, hash-tree renewal: H'(H'(data) || H'(sequence so far)). Of a group of documents each has
 * such a hash, and together they are one group of the new tree.
 */
export function hashTreeRenewalHash(
  chainsSoFar: readonly EvidenceChain[],
  algorithm: DigestAlgorithm,
  dataHash: Uint8Array,
): Uint8Array {
  return digest(algorithm, dataHash, digest(algorithm, encodeSequence(chainsSoFar)))
}

export function renewHashTree(
  record: EvidenceRecord,
  algorithm: WrittenDigest,
  { token, reduced }: StampedHash,
): EvidenceRecord {
  return withChains(record, [...record.chains, [archiveTimeStamp(algorithm, token, reduced)]])
}

/**
 * The record with its newest token replaced by the same one with revocation data kept in it (`GoodTimeStamp.storedWith`).
 * Done before a renewal, because the renewal hashes the token (RFC 4998 section 5.2); nothing renewed yet covers it.
 */
export function keepInNewest(record: EvidenceRecord, token: Uint8Array): EvidenceRecord {
  const { algorithm, reduced } = newest(record)
  const last = record.chains.at(-1)?.slice(0, -1) ?? []
  return withChains(record, [
    ...record.chains.slice(0, -1),
    [...last, archiveTimeStamp(algorithm, token, reduced)],
  ])
}

function newest({ chains }: EvidenceRecord): ArchiveTimeStamp & { algorithm: DigestAlgorithm } {
  const stamp = chains.at(-1)?.at(-1)
  const algorithm = stamp?.algorithm
  if (stamp === undefined || algorithm === undefined)
    throw new RangeError('The record has no time stamp that can be renewed')
  return { ...stamp, algorithm }
}
