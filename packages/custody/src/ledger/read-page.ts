import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { LogUnusable, Malformed, maxLineBytes, parseLogLine } from '@buergerdraht/records'
import { entryIn, type PlacedEntry } from './read-entries.ts'

export type LedgerPage = {
  /** Newest first. */
  readonly entries: readonly PlacedEntry[]
  /** Where the older ones end; null: there are none. */
  readonly next: number | null
}

const newline = 0x0a

function entryOfLine(line: Uint8Array): PlacedEntry {
  const seq = Number(Buffer.from(line.subarray(0, 20)).toString('latin1').split(' ')[0])
  return entryIn(parseLogLine(line, seq), seq)
}

function entriesOfLine(line: Uint8Array, isBroken: boolean): PlacedEntry[] {
  try {
    return [entryOfLine(line)]
  } catch (error) {
    if (isBroken && (error instanceof Malformed || error instanceof LogUnusable)) return []
    throw error
  }
}

async function bytesOf(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(to - from)
  const { bytesRead } = await file.read(bytes, 0, bytes.length, from)
  return bytes.subarray(0, bytesRead)
}

/**
 * The newest entries of a ledger on disk, read from its end: the cost is that of the page, whatever the length of the ledger. A last line that is
 * not finished was never acknowledged and is left out.
 * @param end offset in bytes at which the page ends: 0, or what an earlier page answered as `next`; null: at the end of the ledger
 * @param isBroken leaves out what is no entry: what is left of a ledger that was given up
 * @throws LogUnusable LOG_DAMAGED; Malformed for an offset inside of a line
 */
export async function readLedgerPage(
  folder: string,
  end: number | null,
  limit: number,
  isBroken = false,
): Promise<LedgerPage> {
  const file = await open(join(folder, 'log'))
  try {
    let at = Math.min(end ?? Number.POSITIVE_INFINITY, (await file.stat()).size)
    let bytes: Buffer = Buffer.alloc(0)
    const lines: Buffer[] = []
    let finished = end !== null
    while (at > 0 && lines.length < limit) {
      const from = Math.max(0, at - maxLineBytes)
      bytes = Buffer.concat([await bytesOf(file, from, at), bytes])
      at = from
      if (!finished) {
        bytes = bytes.subarray(0, bytes.lastIndexOf(newline) + 1)
        finished = bytes.length > 0
      }
      while (bytes.length > 0 && lines.length < limit) {
        const begin = bytes.lastIndexOf(newline, bytes.length - 2) + 1
        // The line may begin further in front.
        if (begin === 0 && at > 0) break
        lines.push(bytes.subarray(begin, bytes.length - 1))
        bytes = bytes.subarray(0, begin)
      }
    }
    const next = at + bytes.length
    return { entries: lines.flatMap((line) => entriesOfLine(line, isBroken)), next: next === 0 ? null : next }
  } finally {
    await file.close()
  }
}
