import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { Checkpoint } from './checkpoint.ts'
import { LogUnusable } from './log-unusable.ts'
import { consistencyProof, rangeRoot, verifyConsistency } from './merkle-proof.ts'
import { emptyRoot } from './merkle-tree.ts'
import { nodeReader } from './node-file.ts'

/**
 * That a log had `first` leaves on its way to a checkpoint of it that is kept, from its folder, while another process may be writing there: RFC
 * 6962 section 2.1.2. Reads O(log² size) nodes. Checked before it is handed out.
 * @throws LogUnusable LOG_NODES_DAMAGED; RangeError for more leaves than the checkpoint has
 */
export async function proveGrowth(
  folder: string,
  first: number,
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
): Promise<Uint8Array[]> {
  const file = await open(join(folder, 'nodes'), 'r')
  try {
    const read = nodeReader(file)
    const proof = await consistencyProof(read, first, size)
    const before = first === 0 ? emptyRoot() : await rangeRoot(read, 0, first)
    if (verifyConsistency(first, before, size, root, proof)) return proof
    throw new LogUnusable('LOG_NODES_DAMAGED', 'The stored nodes do not give the root')
  } finally {
    await file.close()
  }
}
