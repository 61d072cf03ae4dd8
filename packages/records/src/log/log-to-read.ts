import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogRecord } from './log-line.ts'
import { LogUnusable } from './log-unusable.ts'
import { MerkleLog } from './merkle-log.ts'
import { RightEdge } from './merkle-tree.ts'
import { nodeReader } from './node-file.ts'
import { readLog } from './read-log.ts'

/**
 * A log in a folder that another process may be writing, to prove what is in it. Reads the whole log once, up to its last whole line, and changes
 * nothing: an append is refused. A proof is checked before it is handed out, so that nodes which the writer is about to write are noticed.
 * @param wanted records that are handed on, by their index
 * @throws LogUnusable LOG_DAMAGED
 */
export async function openLogToRead(
  folder: string,
  wanted: ReadonlySet<number> = new Set(),
): Promise<{ log: MerkleLog; records: ReadonlyMap<number, LogRecord>; close: () => Promise<void> }> {
  const edge = new RightEdge()
  const records = new Map<number, LogRecord>()
  for await (const piece of readLog(createReadStream(join(folder, 'log'), { highWaterMark: 1 << 20 }))) {
    if (piece.kind === 'damaged') throw new LogUnusable('LOG_DAMAGED', `Leaf ${piece.index} is damaged`)
    if (piece.kind === 'torn') break
    edge.append(piece.record.leaf)
    if (wanted.has(piece.index)) records.set(piece.index, piece.record)
  }
  const nodes = await open(join(folder, 'nodes'), 'r')
  const log = new MerkleLog(edge, nodeReader(nodes), async () => {
    throw new LogUnusable('LOG_CLOSED', 'The log was opened to be read')
  })
  return { log, records, close: () => nodes.close() }
}
