import { joinedBytes } from './bytes.ts'
import { tags, writeDer, writeObjectIdentifier } from './der.ts'
import { type DigestAlgorithm, type EndedDigest, objectIdentifierOf } from './digest-algorithm.ts'

/** What is asked of a time-stamping authority (TSA): a hash, never the data. */
export type TimeStampRequest = {
  algorithm: Exclude<DigestAlgorithm, EndedDigest>
  digest: Uint8Array
  /** 8 to 20 random bytes that tie the answer to this question; the caller draws them. */
  nonce: Uint8Array
  /** The policy under which the TSA shall work, as a dotted object identifier; any when left out. */
  policy?: string
}

/** TimeStampReq, version 1, asking for the TSA's certificate in the answer. RFC 3161 section 2.4.1. */
export function encodeTimeStampRequest({ algorithm, digest, nonce, policy }: TimeStampRequest): Uint8Array {
  if (nonce.length < 8 || nonce.length > 20) throw new RangeError('A nonce has 8 to 20 bytes')
  const identifier = writeDer(
    tags.sequence,
    writeObjectIdentifier(objectIdentifierOf(algorithm)),
    writeDer(tags.null),
  )
  return writeDer(
    tags.sequence,
    writeDer(tags.integer, Uint8Array.of(1)),
    writeDer(tags.sequence, identifier, writeDer(tags.octetString, digest)),
    ...(policy === undefined ? [] : [writeObjectIdentifier(policy)]),
    writeDer(tags.integer, positiveInteger(nonce)),
    writeDer(tags.boolean, Uint8Array.of(0xff)),
  )
}

/** The content bytes of a positive INTEGER: shortest form, with a leading zero byte where the sign bit asks for one. */
export function positiveInteger(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => byte !== 0)
  const significant = start < 0 ? Uint8Array.of(0) : bytes.subarray(start)
  return (significant[0] ?? 0) >= 0x80 ? joinedBytes([Uint8Array.of(0), significant]) : significant
}
