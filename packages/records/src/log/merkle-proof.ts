import { consistencySteps, inclusionSteps, type Steps } from './merkle-steps.ts'
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
export function verifyInclusion(...of: Parameters<typeof inclusionSteps>): boolean {
  return followed(inclusionSteps(...of))
}

/** RFC 9162 section 2.1.4.2, and the empty tree, with which every tree is consistent. Never an exception. */
export function verifyConsistency(...of: Parameters<typeof consistencySteps>): boolean {
  return followed(consistencySteps(...of))
}

function followed(steps: Steps): boolean {
  for (let step = steps.next(); ; step = steps.next(nodeHash(step.value.left, step.value.right)))
    if (step.done === true) return step.value
}

function isCount(n: number) {
  return Number.isSafeInteger(n) && n >= 0
}

/** The largest power of two strictly below n, for n > 1: the k of RFC 6962 section 2.1. */
function powerOfTwoBelow(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
