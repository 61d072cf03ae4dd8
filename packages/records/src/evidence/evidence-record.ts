import {
  childrenOf,
  contentOf,
  type Der,
  NotDer,
  readObjectIdentifier,
  requireDer,
  tags,
  writeDer,
  writeObjectIdentifier,
} from '../time/der.ts'
import { type DigestAlgorithm, digestAlgorithmOf, objectIdentifierOf } from '../time/digest-algorithm.ts'
import type { ReducedHashTree } from './hash-tree.ts'

/** One time stamp over a hash, with the way from the hash to the stamp. RFC 4998 section 4.1. */
export type ArchiveTimeStamp = { algorithm: DigestAlgorithm; reduced?: ReducedHashTree; token: Uint8Array }

/** Renewals of time stamps, oldest first, all under one hash function; a new hash function begins a new chain. */
export type EvidenceChain = ArchiveTimeStamp[]

/** An evidence record, version 1. RFC 4998 section 3.1. Crypto and encryption information are not used. */
export type EvidenceRecord = { chains: EvidenceChain[] }

const nullValue = Uint8Array.of(0x05, 0x00)

export function encodeEvidenceRecord({ chains }: EvidenceRecord): Uint8Array {
  const algorithms = new Set(chains.flatMap((chain) => chain.map(({ algorithm }) => algorithm)))
  const identifiers = [...algorithms].map((name) => writeDer(tags.sequence, algorithmFields(name)))
  return writeDer(
    tags.sequence,
    writeDer(tags.integer, Uint8Array.of(1)),
    writeDer(tags.sequence, ...identifiers),
    encodeSequence(chains),
  )
}

/** The ArchiveTimeStampSequence as a renewal of the hash tree covers it. RFC 4998 section 5.2. */
export function encodeSequence(chains: readonly EvidenceChain[]): Uint8Array {
  return writeDer(tags.sequence, ...chains.map((chain) => writeDer(tags.sequence, ...chain.map(encodeStamp))))
}

/**
 * Reads an evidence record. What it reads it writes back byte by byte the same, or it refuses: the renewals hash these
 * bytes. @throws NotDer
 */
export function parseEvidenceRecord(bytes: Uint8Array): EvidenceRecord {
  const [version, algorithms, sequence, extra] = childrenOf(requireDer(bytes), tags.sequence)
  if (Buffer.compare(contentOf(version, tags.integer), Uint8Array.of(1)) !== 0)
    throw new NotDer('Not version 1')
  if (sequence === undefined || extra !== undefined)
    throw new NotDer('The record has fields that are not used here')
  const chains = childrenOf(sequence, tags.sequence).map((chain) =>
    childrenOf(chain, tags.sequence).map(parseStamp),
  )
  if (chains.length === 0 || chains.some((chain) => chain.length === 0)) throw new NotDer('A chain is empty')
  const record = { chains }
  const identifiers = childrenOf(algorithms, tags.sequence)
  const known = identifiers.map((each) =>
    digestAlgorithmOf(readObjectIdentifier(childrenOf(each, tags.sequence)[0])),
  )
  if (known.includes(undefined)) throw new NotDer('The record names an unknown hash function')
  if (Buffer.compare(encodeEvidenceRecord(record), bytes) !== 0)
    throw new NotDer('The record is written another way')
  return record
}

function encodeStamp({ algorithm, reduced, token }: ArchiveTimeStamp): Uint8Array {
  const lists = reduced?.map((list) =>
    writeDer(tags.sequence, ...list.map((hash) => writeDer(tags.octetString, hash))),
  )
  return writeDer(
    tags.sequence,
    writeDer(tags.context(0), algorithmFields(algorithm)),
    ...(lists === undefined ? [] : [writeDer(tags.context(2), ...lists)]),
    token,
  )
}

function parseStamp(stamp: Der): ArchiveTimeStamp {
  const fields = childrenOf(stamp, tags.sequence)
  const [named, token] = [fields.shift(), fields.pop()]
  const algorithm = digestAlgorithmOf(readObjectIdentifier(childrenOf(named, tags.context(0))[0]))
  if (algorithm === undefined || token === undefined)
    throw new NotDer('A time stamp has no known hash function')
  const [tree, extra] = fields
  if (extra !== undefined) throw new NotDer('A time stamp has attributes that are not used here')
  if (tree === undefined) return { algorithm, token: token.raw }
  const lists = childrenOf(tree, tags.context(2)).map((list) => childrenOf(list, tags.sequence))
  return {
    algorithm,
    token: token.raw,
    reduced: lists.map((list) => list.map((hash) => contentOf(hash, tags.octetString))),
  }
}

/** The fields of an AlgorithmIdentifier with NULL parameters, as Debian's and Bouncy Castle's writers put them. */
function algorithmFields(name: DigestAlgorithm): Uint8Array {
  return Buffer.concat([writeObjectIdentifier(objectIdentifierOf(name)), nullValue])
}
