import { hash } from 'node:crypto'

/** Bytes of a SHA-256 hash; every hash in a log has this length. */
export const hashLength = 32

/** Written over by each hash; there is one thread. */
const node = Buffer.alloc(1 + 2 * hashLength, 0x01)

/** SHA-256. A text of bytes costs a third of what a buffer does, and is one all the same. */
function sha256(bytes: Uint8Array): Uint8Array {
  return Buffer.from(hash('sha256', bytes, 'binary'), 'latin1')
}

/** MTH of one leaf: SHA-256(0x00 || data). RFC 6962 section 2.1. */
export function leafHash(data: Uint8Array): Uint8Array {
  const leaf = Buffer.alloc(1 + data.length)
  leaf.set(data, 1)
  return sha256(leaf)
}

/** An inner node: SHA-256(0x01 || left || right). RFC 6962 section 2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  node.set(left, 1)
  node.set(right, 1 + hashLength)
  return sha256(node)
}

/** The root of a tree without leaves is the hash of nothing. RFC 6962 section 2.1. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array(0))
}

/**
 * The right edge of a growing tree: the roots of its complete subtrees, largest first. It is all that appending needs,
 * so a log of a million leaves costs twenty hashes of memory and, on average, two hash calls a leaf.
 */
export class RightEdge {
  #size = 0
  readonly #complete: Uint8Array[] = []

  get size(): number {
    return this.#size
  }

  /**
   * Adds a leaf and answers the subtree roots it completes: the leaf itself, then each parent it closes. In this order
   * they are the next nodes of the node file (`nodePosition`).
   */
  append(leaf: Uint8Array): Uint8Array[] {
    if (leaf.length !== hashLength) throw new RangeError('A leaf hash has 32 bytes')
    const closed = [leaf]
    let hash = leaf
    for (let index = this.#size; index % 2 === 1; index = Math.floor(index / 2)) {
      const left = this.#complete.pop()
      if (left === undefined) throw new Error('The right edge lost a subtree')
      hash = nodeHash(left, hash)
      closed.push(hash)
    }
    this.#complete.push(hash)
    this.#size += 1
    return closed
  }

  /** An edge that grows on its own, to find out what a batch completes before the batch is durable. */
  copy(): RightEdge {
    const other = new RightEdge()
    other.become(this)
    return other
  }

  become(other: RightEdge): void {
    this.#size = other.#size
    this.#complete.splice(0, Number.POSITIVE_INFINITY, ...other.#complete)
  }

  root(): Uint8Array {
    return (
      this.#complete.reduceRight<Uint8Array | undefined>(
        (right, left) => (right === undefined ? left : nodeHash(left, right)),
        undefined,
      ) ?? emptyRoot()
    )
  }
}

/** The root over leaf hashes that are all at hand. */
export function rootOf(leaves: Iterable<Uint8Array>): Uint8Array {
  const edge = new RightEdge()
  for (const leaf of leaves) edge.append(leaf)
  return edge.root()
}

/** How many nodes a tree of `size` leaves has written: 2 × size − (ones in the binary form of size). */
export function nodeCount(size: number): number {
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return 2 * size - ones
}

/**
 * Where the root of the complete subtree over leaves [index × 2^level, (index + 1) × 2^level) stands when nodes are
 * written in the order in which `RightEdge.append` answers them: its last leaf completes it, `level` nodes after that
 * leaf's own hash.
 */
export function nodePosition(level: number, index: number): number {
  return nodeCount((index + 1) * 2 ** level - 1) + level
}
