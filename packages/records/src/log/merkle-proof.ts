import { nodeHash } from './merkle-tree.ts'

/** Reads the root of the complete subtree over leaves [index × 2^level, (index + 1) × 2^level). */
export type ReadNode = (level: number, index: number) => Promise<Uint8Array>

/**
 * PATH(index, D[size]): what one needs beside a leaf hash to compute the root. RFC 6962 section 2.1.1.
 * Reads O(log² size) nodes, all of them complete subtrees.
 */
export async function inclusionProof(read: ReadNode, index: number, size: number): Promise<Uint8Array[]> {
  if (!isCount(index) || !isCount(size) || index >= size) throw new RangeError('The leaf is not in the tree')
  const path: Uint8Array[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const split = start + powerOfTwoBelow(end - start)
    if (index < split) {
      path.push(await rangeRoot(read, split, end))
      end = split
    } else {
      path.push(await rangeRoot(read, start, split))
      start = split
    }
  }
  return path.reverse()
}

/**
 * PROOF(first, D[second]): that the tree of `first` leaves is the beginning of the tree of `second` leaves.
 * RFC 6962 section 2.1.2. Empty when the sizes are equal or `first` is 0.
 */
export async function consistencyProof(read: ReadNode, first: number, second: number): Promise<Uint8Array[]> {
  if (!isCount(first) || !isCount(second) || first > second) {
    throw new RangeError('The first size is not a beginning of the second')
  }
  if (first === 0 || first === second) return []
  const path: Uint8Array[] = []
  let start = 0
  let end = second
  let wholeSoFar = true
  while (first < end) {
    const split = start + powerOfTwoBelow(end - start)
    if (first <= split) {
      path.push(await rangeRoot(read, split, end))
      end = split
    } else {
      path.push(await rangeRoot(read, start, split))
      start = split
      wholeSoFar = false
    }
  }
  // The old root itself is left out when it is a subtree of the new tree: the verifier has it.
  if (!wholeSoFar) path.push(await rangeRoot(read, start, end))
  return path.reverse()
}

/** The root over leaves [start, end), where start is a multiple of the largest power of two in the range. */
export async function rangeRoot(read: ReadNode, start: number, end: number): Promise<Uint8Array> {
  const width = end - start
  const level = Math.round(Math.log2(width))
  if (2 ** level === width) return read(level, start / width)
  const split = start + powerOfTwoBelow(width)
  return nodeHash(await rangeRoot(read, start, split), await rangeRoot(read, split, end))
}

/** RFC 9162 section 2.1.3.2. False for any malformed input, never an exception. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false
  let position = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (isOdd(position) || position === last) {
      hash = nodeHash(sibling, hash)
      while (!isOdd(position) && position !== 0) {
        position = half(position)
        last = half(last)
      }
    } else {
      hash = nodeHash(hash, sibling)
    }
    position = half(position)
    last = half(last)
  }
  return last === 0 && sameBytes(hash, root)
}

/** RFC 9162 section 2.1.4.2, and the empty tree, with which every tree is consistent. Never an exception. */
export function verifyConsistency(
  first: number,
  firstRoot: Uint8Array,
  second: number,
  secondRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(first) || !isCount(second) || first > second) return false
  if (first === second) return proof.length === 0 && sameBytes(firstRoot, secondRoot)
  if (first === 0) return proof.length === 0
  const path = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof
  let position = first - 1
  let last = second - 1
  while (isOdd(position)) {
    position = half(position)
    last = half(last)
  }
  const [seed, ...rest] = path
  if (seed === undefined) return false
  let firstHash = seed
  let secondHash = seed
  for (const node of rest) {
    if (last === 0) return false
    if (isOdd(position) || position === last) {
      firstHash = nodeHash(node, firstHash)
      secondHash = nodeHash(node, secondHash)
      while (!isOdd(position) && position !== 0) {
        position = half(position)
        last = half(last)
      }
    } else {
      secondHash = nodeHash(secondHash, node)
    }
    position = half(position)
    last = half(last)
  }
  return last === 0 && sameBytes(firstHash, firstRoot) && sameBytes(secondHash, secondRoot)
}

/** Equality of public values; nothing secret is compared here. */
function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0
}

// Sizes may exceed 2^32, so the bit operators of the language, which cut there, are not used.
function isOdd(n: number) {
  return n % 2 === 1
}
function half(n: number) {
  return Math.floor(n / 2)
}
function isCount(n: number) {
  return Number.isSafeInteger(n) && n >= 0
}

function isPowerOfTwo(n: number): boolean {
  let rest = n
  while (rest > 1 && rest % 2 === 0) rest /= 2
  return rest === 1
}

/** The largest power of two strictly below n, for n > 1: the k of RFC 6962 section 2.1. */
function powerOfTwoBelow(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
