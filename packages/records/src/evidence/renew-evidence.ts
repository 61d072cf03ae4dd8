import { type DigestAlgorithm, digest } from '../time/digest-algorithm.ts'
import {
  type ArchiveTimeStamp,
  type EvidenceChain,
  type EvidenceRecord,
  encodeSequence,
} from './evidence-record.ts'
import type { ReducedHashTree } from './hash-tree.ts'

/**
 * What comes back for a hash that was handed to a TSA: the token over the root, and the way to it when many hashes
 * shared one token (`hashTree`).
 */
export type StampedHash = { token: Uint8Array; reduced?: ReducedHashTree | undefined }

/** A first record for data whose hash under `algorithm` was stamped. RFC 4998 section 4.2. */
export function evidenceRecord(algorithm: DigestAlgorithm, stamped: StampedHash): EvidenceRecord {
  return { chains: [[archiveTimeStamp(algorithm, stamped)]] }
}

/**
 * The hash to have stamped before the newest token can no longer be checked: that token, under the chain's own hash
 * function. RFC 4998 section 5.2, time-stamp renewal.
 */
export function timeStampRenewalHash(record: EvidenceRecord): Uint8Array {
  const { algorithm, token } = newest(record)
  return digest(algorithm, token)
}

export function renewTimeStamp(record: EvidenceRecord, stamped: StampedHash): EvidenceRecord {
  const { algorithm } = newest(record)
  const chains = [...record.chains]
  const last = chains.pop() ?? []
  return { chains: [...chains, [...last, archiveTimeStamp(algorithm, stamped)]] }
}

/**
 * The hash to have stamped before the hash function weakens: the data and everything proven so far, under a stronger
 * function. RFC 4998 section 5.2, hash-tree renewal: H'(H'(data) || H'(sequence so far)).
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
  algorithm: DigestAlgorithm,
  stamped: StampedHash,
): EvidenceRecord {
  return { chains: [...record.chains, [archiveTimeStamp(algorithm, stamped)]] }
}

function newest({ chains }: EvidenceRecord): ArchiveTimeStamp {
  const stamp = chains.at(-1)?.at(-1)
  if (stamp === undefined) throw new RangeError('The record has no time stamp')
  return stamp
}

function archiveTimeStamp(algorithm: DigestAlgorithm, { token, reduced }: StampedHash): ArchiveTimeStamp {
  return { algorithm, token, ...(reduced !== undefined && { reduced }) }
}
