import type { FileHandle } from 'node:fs/promises'
import type { ReadNode } from './merkle-proof.ts'
import { hashLength, nodePosition } from './merkle-tree.ts'

const chunkLength = 1 << 20

/**
 * The roots of all complete subtrees, 32 bytes each, in the order in which appending completes them (`nodePosition`).
 * They make proofs cheap. The file is derived: it is never flushed to disk on purpose and is rebuilt from the log when
 * it is missing, short or wrong.
 */
export function nodeReader(file: FileHandle): ReadNode {
  return async (level, index) => {
    const node = Buffer.alloc(hashLength)
    await file.read(node, 0, hashLength, nodePosition(level, index) * hashLength)
    return node
  }
}

/** Writes nodes from a position on. */
export async function writeNodes(
  file: FileHandle,
  position: number,
  nodes: readonly Uint8Array[],
): Promise<void> {
  await file.write(Buffer.concat(nodes), 0, nodes.length * hashLength, position * hashLength)
}

/** Compares the nodes that the log yields with the file, in order, and corrects the file where it differs. */
export function nodeRebuilder(file: FileHandle): {
  add: (nodes: readonly Uint8Array[]) => Promise<void>
  finish: () => Promise<void>
} {
  let pending: Uint8Array[] = []
  let position = 0
  async function flush() {
    const wanted = Buffer.concat(pending)
    const found = Buffer.alloc(wanted.length)
    await file.read(found, 0, found.length, position)
    if (!found.equals(wanted)) await file.write(wanted, 0, wanted.length, position)
    position += wanted.length
    pending = []
  }
  return {
    add: async (nodes) => {
      pending.push(...nodes)
      if (pending.length * hashLength >= chunkLength) await flush()
    },
    finish: async () => {
      await flush()
      await file.truncate(position)
    },
  }
}
