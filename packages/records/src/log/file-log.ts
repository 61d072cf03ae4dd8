import { type FileHandle, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { appender, openOrCreate } from './append-only-file.ts'
import { flushFolder } from './flush-folder.ts'
import { formatLogLine, type LogRecord } from './log-line.ts'
import { LogUnusable } from './log-unusable.ts'
import { MerkleLog } from './merkle-log.ts'
import { RightEdge } from './merkle-tree.ts'
import { nodeReader, nodeRebuilder, writeNodes } from './node-file.ts'
import { readLog } from './read-log.ts'

export type OpenedLog = { log: MerkleLog; tornBytes: number; close: () => Promise<void> }

/**
 * Opens the log in a folder, creating both if they are missing: `log` holds the leaves and is the truth, `nodes` is
 * derived from it.
 *
 * Reads the whole log once (about four microseconds a leaf), so that no append ever builds on damage. A torn last
 * write is cut off: it was never acknowledged. Anything else that is wrong refuses with LogUnusable LOG_DAMAGED.
 * `minSize` is the size the caller knows to be acknowledged, from its newest checkpoint: a shorter log refuses with
 * LOG_SHORTER_THAN_EXPECTED, because a whole record that vanished looks like one that was never written.
 *
 * One process at a time MUST write; the caller holds a lock for it. A second writer is noticed at its next append.
 */
export async function openLog(
  folder: string,
  options: {
    minSize?: number
    durable?: boolean
    /** Is shown every record that is there already, in order. */
    shown?: (record: LogRecord, index: number) => void
  } = {},
): Promise<OpenedLog> {
  await mkdir(folder, { recursive: true })
  await flushFolder(dirname(folder))
  const lines = await openOrCreate(join(folder, 'log'))
  const nodes = await openOrCreate(join(folder, 'nodes'))
  async function close() {
    await lines.close()
    await nodes.close()
  }
  try {
    const { edge, end } = await restoredEdge(lines, nodes, options.shown)
    if (edge.size < (options.minSize ?? 0)) {
      throw new LogUnusable(
        'LOG_SHORTER_THAN_EXPECTED',
        `The log has ${edge.size} leaves; more were acknowledged`,
      )
    }
    const tornBytes = (await lines.stat()).size - end
    if (tornBytes > 0) {
      await lines.truncate(end)
      await lines.datasync()
    }
    const append = appender(lines, end, options.durable ?? true)
    const log = new MerkleLog(edge, nodeReader(nodes), async (first, records, position, completed) => {
      await append(Buffer.from(records.map((record, at) => formatLogLine(first + at, record)).join('')))
      await writeNodes(nodes, position, completed)
    })
    return { log, tornBytes, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function restoredEdge(
  lines: FileHandle,
  nodes: FileHandle,
  shown?: (record: LogRecord, index: number) => void,
): Promise<{ edge: RightEdge; end: number }> {
  const edge = new RightEdge()
  const rebuilder = nodeRebuilder(nodes)
  let end = 0
  for await (const piece of readLog(
    lines.createReadStream({ start: 0, autoClose: false, highWaterMark: 1 << 20 }),
  )) {
    if (piece.kind === 'damaged') {
      throw new LogUnusable('LOG_DAMAGED', `Leaf ${piece.index} at byte ${piece.offset} is damaged`)
    }
    if (piece.kind === 'torn') break
    shown?.(piece.record, piece.index)
    await rebuilder.add(edge.append(piece.record.leaf))
    end = piece.end
  }
  await rebuilder.finish()
  return { edge, end }
}
