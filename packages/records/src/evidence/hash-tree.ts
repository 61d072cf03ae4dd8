import { type DigestAlgorithm, digest } from '../time/digest-algorithm.ts'

/** What leads from one hash to the root: lists of hashes, from the bottom up. RFC 4998 section 4.1. */
export type ReducedHashTree = Uint8Array[][]

/**
 * The hash tree over many hashes, so that one time stamp serves them all. RFC 4998 section 4.2.
 *
 * The shape is one that every implementation reads alike: the first list of a reduced tree holds the own hash and its
 * siblings together, every later list exactly one hash. So the lowest level is grouped in pairs, the last three
 * together where the number is odd; above it an odd node moves up as it is. The sibling's hash becomes provable with
 * the same record, which is why only salted things (manifests with random commitments) may be hashed.
 */
export function hashTree(
  algorithm: DigestAlgorithm,
  hashes: readonly Uint8Array[],
): { root: Uint8Array; reduced: (index: number) => ReducedHashTree | undefined } {
  const levels: Uint8Array[][] = [[...hashes]]
  for (let level = levels.at(-1) ?? []; level.length > 1; level = levels.at(-1) ?? []) {
    levels.push(
      groups(level.length, levels.length === 1).map((range) => joined(algorithm, level.slice(...range))),
    )
  }
  const [root] = levels.at(-1) ?? []
  if (root === undefined) throw new RangeError('There is nothing to hash')
  return { root, reduced: (index) => (hashes.length === 1 ? undefined : reducedTree(levels, index)) }
}

/**
 * The root that a reduced tree gives for a hash, or undefined when the hash is not in its first list.
 * RFC 4998 section 4.3.
 */
export function rootOfReduced(
  algorithm: DigestAlgorithm,
  hash: Uint8Array,
  reduced: ReducedHashTree,
): Uint8Array | undefined {
  const [first, ...rest] = reduced
  if (first === undefined || !first.some((member) => Buffer.compare(member, hash) === 0)) return undefined
  return rest.reduce((below, list) => joined(algorithm, [...list, below]), joined(algorithm, first))
}

/** The hash over hashes in ascending binary order; one alone stays as it is. */
function joined(algorithm: DigestAlgorithm, hashes: readonly Uint8Array[]): Uint8Array {
  const [only] = hashes
  if (only !== undefined && hashes.length === 1) return only
  return digest(algorithm, ...hashes.toSorted(Buffer.compare))
}

function reducedTree(levels: readonly Uint8Array[][], index: number): ReducedHashTree {
  const lists: ReducedHashTree = []
  let at = index
  for (const [height, level] of levels.slice(0, -1).entries()) {
    const ranges = groups(level.length, height === 0)
    const group = ranges.findIndex(([start, end]) => start <= at && at < end)
    const [start, end] = ranges[group] ?? [0, 0]
    const members = level.slice(start, end).filter((_, member) => height === 0 || start + member !== at)
    if (members.length > 0) lists.push(members.toSorted(Buffer.compare))
    at = group
  }
  return lists
}

/** Half-open ranges of nodes that share a parent. */
function groups(count: number, lowest: boolean): [number, number][] {
  const parents = lowest ? Math.max(1, Math.floor(count / 2)) : Math.ceil(count / 2)
  return Array.from({ length: parents }, (_, at) => [at * 2, at === parents - 1 ? count : at * 2 + 2])
}
