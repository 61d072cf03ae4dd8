import { compareBytes, isSameBytes, joinedBytes } from '../time/bytes.ts'
import {
  children,
  childrenOf,
  contentOf,
  type Der,
  NotDer,
  readObjectIdentifier,
  readSmallInteger,
  requireDer,
  tags,
  writeDer,
  writeObjectIdentifier,
} from '../time/der.ts'
import { type DigestAlgorithm, digestAlgorithmOf, objectIdentifierOf } from '../time/digest-algorithm.ts'
import { TimeStampFault } from '../time/time-stamp-fault.ts'
import { parseTimeStampToken } from '../time/time-stamp-token.ts'
import type { ReducedHashTree } from './hash-tree.ts'

/** One time stamp over a hash, with the way from the hash to the stamp. RFC 4998 section 4.1. */
export type ArchiveTimeStamp = {
  /** Undefined for a hash function that is unknown here. */
  algorithm: DigestAlgorithm | undefined
  reduced?: ReducedHashTree
  token: Uint8Array
  /** As it came: renewals hash these bytes. */
  raw: Uint8Array
}

/** Renewals of time stamps, oldest first, all under one hash function; a new hash function begins a new chain. */
export type EvidenceChain = ArchiveTimeStamp[]

/**
 * An evidence record, version 1. RFC 4998 section 3.1. `identifiers` are the hash functions it names, as they came;
 * `cryptoInfos` are kept and not read.
 */
export type EvidenceRecord = {
  chains: EvidenceChain[]
  identifiers: Uint8Array[]
  cryptoInfos?: Uint8Array
  /** True when what was hashed is not the data but a ciphertext of them (section 6.1), which nobody here can judge. */
  isOverEncrypted: boolean
}

export function encodeEvidenceRecord({ chains, identifiers, cryptoInfos }: EvidenceRecord): Uint8Array {
  return writeDer(
    tags.sequence,
    writeDer(tags.integer, Uint8Array.of(1)),
    writeDer(tags.sequence, ...identifiers),
    ...(cryptoInfos === undefined ? [] : [cryptoInfos]),
    encodeSequence(chains),
  )
}

/** The ArchiveTimeStampSequence as a renewal of the hash tree covers it. RFC 4998 section 5.2. */
export function encodeSequence(chains: readonly EvidenceChain[]): Uint8Array {
  return writeDer(
    tags.sequence,
    ...chains.map((chain) => writeDer(tags.sequence, ...chain.map(({ raw }) => raw))),
  )
}

/** A chain more, or a longer last one: the hash functions of its stamps are named where they are not yet. */
export function withChains(
  record: EvidenceRecord | undefined,
  chains: readonly EvidenceChain[],
): EvidenceRecord {
  const identifiers = [...(record?.identifiers ?? [])]
  const named = new Set(
    identifiers.map((raw) => digestAlgorithmOf(childrenOf(requireDer(raw), tags.sequence))),
  )
  for (const { algorithm } of chains.flat()) {
    if (algorithm === undefined || named.has(algorithm)) continue
    named.add(algorithm)
    identifiers.push(writeDer(tags.sequence, algorithmFields(algorithm)))
  }
  const { cryptoInfos, isOverEncrypted = false } = record ?? {}
  return { chains: [...chains], identifiers, isOverEncrypted, ...(cryptoInfos && { cryptoInfos }) }
}

/** A stamp in the one form that is written: its hash function named, lists of hashes ascending, no attributes. */
export function archiveTimeStamp(
  algorithm: DigestAlgorithm,
  token: Uint8Array,
  reduced: ReducedHashTree | undefined,
): ArchiveTimeStamp {
  const lists = reduced?.map((list) =>
    writeDer(tags.sequence, ...list.toSorted(compareBytes).map((hash) => writeDer(tags.octetString, hash))),
  )
  const tree = lists === undefined ? [] : [writeDer(tags.context(2), ...lists)]
  const raw = writeDer(tags.sequence, writeDer(tags.context(0), algorithmFields(algorithm)), ...tree, token)
  return { algorithm, token, raw, ...(reduced !== undefined && { reduced }) }
}

/**
 * Reads an evidence record as anybody may write it: hash functions with NULL or without, one named only in the time
 * stamp, more of them than are used, attributes and crypto information. @throws NotDer
 */
export function parseEvidenceRecord(bytes: Uint8Array): EvidenceRecord {
  const [version, algorithms, ...rest] = childrenOf(requireDer(bytes), tags.sequence)
  if (readSmallInteger(version) !== 1) throw new NotDer('Not version 1')
  function take(tag: number) {
    return rest[0]?.tag === tag ? rest.shift() : undefined
  }
  const [cryptoInfos, encryption, sequence] = [
    take(tags.context(0)),
    take(tags.context(1)),
    take(tags.sequence),
  ]
  if (rest.length > 0) throw new NotDer('The record has an unknown field')
  const chains = childrenOf(sequence, tags.sequence).map((chain) =>
    childrenOf(chain, tags.sequence).map(parseStamp),
  )
  if (chains.length === 0 || chains.some((chain) => chain.length === 0)) throw new NotDer('A chain is empty')
  const identifiers = childrenOf(algorithms, tags.sequence)
  for (const each of identifiers) readObjectIdentifier(childrenOf(each, tags.sequence)[0])
  return {
    chains,
    identifiers: identifiers.map(({ raw }) => raw),
    isOverEncrypted: encryption !== undefined,
    ...(cryptoInfos && { cryptoInfos: cryptoInfos.raw }),
  }
}

/** Whether the record is written exactly as this program writes it; only tokens are not looked into. */
export function isOwnForm(record: EvidenceRecord, bytes: Uint8Array): boolean {
  const anew = record.chains.map((chain) =>
    chain.flatMap(({ algorithm, token, reduced }) =>
      algorithm ? [archiveTimeStamp(algorithm, token, reduced)] : [],
    ),
  )
  return isSameBytes(encodeEvidenceRecord(withChains(undefined, anew)), bytes)
}

function parseStamp(stamp: Der): ArchiveTimeStamp {
  const fields = childrenOf(stamp, tags.sequence)
  function take(tag: number) {
    return fields[0]?.tag === tag ? fields.shift() : undefined
  }
  const [named, , tree, token] = [
    take(tags.context(0)),
    take(tags.context(1)),
    take(tags.context(2)),
    fields.shift(),
  ]
  if (token === undefined || fields.length > 0) throw new NotDer('A time stamp has an unknown field')
  const algorithm = named ? digestAlgorithmOf(children(named)) : algorithmInside(token.raw)
  const base = { algorithm, token: token.raw, raw: stamp.raw }
  if (tree === undefined) return base
  const lists = children(tree).map((list) => childrenOf(list, tags.sequence))
  return { ...base, reduced: lists.map((list) => list.map((hash) => contentOf(hash, tags.octetString))) }
}

/** RFC 4998 section 4.1: left out, the hash function is that of the time stamp. */
function algorithmInside(token: Uint8Array): DigestAlgorithm | undefined {
  try {
    return parseTimeStampToken(token).info.algorithm
  } catch (error) {
    // A token that cannot be read says why when it is checked.
    if (error instanceof TimeStampFault) return undefined
    throw error
  }
}

/** The fields of an AlgorithmIdentifier with NULL parameters, as Debian's and Bouncy Castle's writers put them. */
function algorithmFields(name: DigestAlgorithm): Uint8Array {
  return joinedBytes([writeObjectIdentifier(objectIdentifierOf(name)), writeDer(tags.null)])
}
