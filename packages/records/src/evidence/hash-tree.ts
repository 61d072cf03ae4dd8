import { digest } from '#cryptography'
import { compareBytes, isSameBytes } from '../time/bytes.ts'
import type { DigestAlgorithm } from '../time/digest-algorithm.ts'

/** What leads from one hash to the root: lists of hashes, from the bottom up. RFC 4998 section 4.1. */
export type ReducedHashTree = Uint8Array[][]

/**
 * The hash tree over groups of hashes, so that one time stamp serves them all: a package is one group of documents, a
 * renewed time stamp a group of one (RFC 4998 section 4.2). All groups have one hash, or all have several.
 *
 * The shape is one that every implementation reads alike: the first list of a reduced tree holds a whole group or, for
 * groups of one, the own hash and its siblings together; every later list exactly one hash. So groups of one are paired
 * at the bottom, the last three together where the number is odd; above them an odd node moves up as it is. A sibling's
 * hash becomes provable with the same record, which is why only salted things (manifests with random commitments) may
 * be hashed.
 */
export function hashTree(
  algorithm: DigestAlgorithm,
  groups: readonly (readonly Uint8Array[])[],
): { root: Uint8Array; reduced: (index: number) => ReducedHashTree | undefined } {
  const singles = groups.every((group) => group.length === 1)
  if (groups.length === 0 || groups.some((group) => group.length === 0))
    throw new RangeError('There is nothing to hash')
  if (!singles && groups.some((group) => group.length === 1))
    throw new RangeError('Groups of one and of many are mixed')
  const levels: Uint8Array[][] = [groups.map((group) => joined(algorithm, group))]
  for (let level = levels.at(-1) ?? []; level.length > 1; level = levels.at(-1) ?? []) {
    const isLowest = singles && levels.length === 1
    levels.push(parents(level.length, isLowest).map((range) => joined(algorithm, level.slice(...range))))
  }
  const [root = new Uint8Array(0)] = levels.at(-1) ?? []
  function reduced(index: number) {
    const group = groups[index]
    if (group === undefined) throw new RangeError('There is no such group')
    const above = siblings(levels, index, singles)
    if (!singles) return [group.toSorted(compareBytes), ...above]
    return groups.length === 1 ? undefined : above
  }
  return { root, reduced }
}

/**
 * The root that a reduced tree gives for hashes, or undefined when one of them is not in its first list.
 * RFC 4998 section 4.3.
 */
export function rootOfReduced(
  algorithm: DigestAlgorithm,
  hashes: readonly Uint8Array[],
  reduced: ReducedHashTree,
): Uint8Array | undefined {
  const [first, ...rest] = reduced
  if (first === undefined || hashes.length === 0) return undefined
  if (!hashes.every((hash) => first.some((member) => isSameBytes(member, hash)))) return undefined
  return rest.reduce((below, list) => joined(algorithm, [...list, below]), joined(algorithm, first))
}

/** The hash over hashes in ascending binary order; one alone stays as it is. */
function joined(algorithm: DigestAlgorithm, hashes: readonly Uint8Array[]): Uint8Array {
  const [only] = hashes
  if (only !== undefined && hashes.length === 1) return only
  return digest(algorithm, ...hashes.toSorted(compareBytes))
}

/** The lists on the way up; for groups of one the lowest has the own hash in it. */
function siblings(levels: readonly Uint8Array[][], index: number, singles: boolean): ReducedHashTree {
  const lists: ReducedHashTree = []
  let at = index
  for (const [height, level] of levels.slice(0, -1).entries()) {
    const isLowest = singles && height === 0
    const parent = Math.min(Math.floor(at / 2), parentCount(level.length, isLowest) - 1)
    const [start, end] = childrenOfParent(parent, level.length, isLowest)
    const members = level.slice(start, end).filter((_, member) => isLowest || start + member !== at)
    if (members.length > 0) lists.push(members.toSorted(compareBytes))
    at = parent
  }
  return lists
}

/** Half-open ranges of nodes that share a parent. */
function parents(count: number, isLowest: boolean): [number, number][] {
  const length = parentCount(count, isLowest)
  return Array.from({ length }, (_, at) => childrenOfParent(at, count, isLowest))
}

function parentCount(count: number, isLowest: boolean): number {
  return isLowest ? Math.max(1, Math.floor(count / 2)) : Math.ceil(count / 2)
}

function childrenOfParent(parent: number, count: number, isLowest: boolean): [number, number] {
  return [parent * 2, parent === parentCount(count, isLowest) - 1 ? count : parent * 2 + 2]
}
