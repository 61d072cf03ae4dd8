import type { Checkpoint } from './checkpoint.ts'
import type { LogRecord } from './log-line.ts'
import { LogUnusable } from './log-unusable.ts'
import {
  consistencyProof,
  inclusionProof,
  type ReadNode,
  rangeRoot,
  verifyConsistency,
  verifyInclusion,
} from './merkle-proof.ts'
import { emptyRoot, nodeCount, type RightEdge } from './merkle-tree.ts'

/**
 * The storage of a log: keeps records, and the subtree roots they complete, behind everything kept before. When it
 * resolves the records MUST survive a power cut, and `ReadNode` MUST find the nodes.
 */
export type KeepLeaves = (
  first: number,
  records: readonly LogRecord[],
  nodePosition: number,
  nodes: readonly Uint8Array[],
) => Promise<void>

/** An append-only log over a Merkle tree (RFC 6962 section 2.1). Appends from several callers are put in a row. */
export class MerkleLog {
  readonly #edge: RightEdge
  readonly #read: ReadNode
  readonly #keep: KeepLeaves
  #queue: Promise<unknown> = Promise.resolve()
  #failed = false

  constructor(edge: RightEdge, read: ReadNode, keep: KeepLeaves) {
    this.#edge = edge
    this.#read = read
    this.#keep = keep
  }

  get size(): number {
    return this.#edge.size
  }

  /**
   * Appends records and answers the index of the first. When it resolves they are durable and are leaves for good;
   * until then nothing may be promised to anybody. A rejection says that they may or may not be on disk: open the log
   * again and look at its last leaves before trying once more. Batching is cheap, since a batch costs one flush.
   */
  append(records: readonly LogRecord[]): Promise<{ first: number }> {
    const turn = this.#queue.then(() => this.#appendNow(records))
    this.#queue = turn.catch(() => undefined)
    return turn
  }

  async #appendNow(records: readonly LogRecord[]): Promise<{ first: number }> {
    if (this.#failed) throw new LogUnusable('LOG_CLOSED', 'An earlier append failed; open the log again')
    const first = this.#edge.size
    const grown = this.#edge.copy()
    const nodes = records.flatMap(({ leaf }) => grown.append(leaf))
    try {
      await this.#keep(first, records, nodeCount(first), nodes)
    } catch (error) {
      this.#failed = true
      throw error
    }
    this.#edge.become(grown)
    return { first }
  }

  /** What a checkpoint says about the log as it is now. Sign it only after it is stored where it cannot be lost. */
  head(origin: string): Checkpoint {
    return { origin, size: this.#edge.size, root: this.#edge.root(), extensions: [] }
  }

  /** The root when the log had `size` leaves. */
  async rootAt(size: number): Promise<Uint8Array> {
    if (size > this.size) throw new RangeError('The log has not grown so far')
    return size === 0 ? emptyRoot() : rangeRoot(this.#read, 0, size)
  }

  /** RFC 6962 section 2.1.1. Checked before it is handed out. @throws LogUnusable LOG_NODES_DAMAGED */
  async proveInclusion(index: number, size = this.size): Promise<Uint8Array[]> {
    const proof = await inclusionProof(this.#read, index, size)
    const leaf = await this.#read(0, index)
    return checked(proof, verifyInclusion(leaf, index, size, proof, await this.#trustedRoot(size)))
  }

  /** RFC 6962 section 2.1.2. Checked before it is handed out. @throws LogUnusable LOG_NODES_DAMAGED */
  async proveConsistency(first: number, second = this.size): Promise<Uint8Array[]> {
    const proof = await consistencyProof(this.#read, first, second)
    const roots = [await this.#trustedRoot(first), await this.#trustedRoot(second)] as const
    return checked(proof, verifyConsistency(first, roots[0], second, roots[1], proof))
  }

  /** The root in memory where there is one: it was computed from the log itself, not from the node file. */
  async #trustedRoot(size: number): Promise<Uint8Array> {
    return size === this.size ? this.#edge.root() : this.rootAt(size)
  }
}

function checked(proof: Uint8Array[], holds: boolean): Uint8Array[] {
  if (!holds) throw new LogUnusable('LOG_NODES_DAMAGED', 'The stored nodes do not give the root')
  return proof
}
