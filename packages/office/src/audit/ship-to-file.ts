import { open } from 'node:fs/promises'
import type { ShippedEntry } from './shipped-entry.ts'

/** More than any line of ours is long. */
const tailBytes = 64 * 1024

/**
 * Appends entries to a file as JSON lines, flushed to the disk when it resolves. A line that was cut off is taken away first, and what stands
 * there already is not written again; the file may be rotated away between two calls.
 * @returns the index after the last entry that is there
 */
export async function shipToFile(
  path: string,
  entries: readonly ShippedEntry[],
  next: number,
): Promise<number> {
  const file = await open(path, 'a+', 0o600)
  try {
    const { size } = await file.stat()
    const tail = Buffer.alloc(Math.min(size, tailBytes))
    await file.read(tail, 0, tail.length, size - tail.length)
    const end = tail.lastIndexOf(0x0a) + 1
    if (end < tail.length) await file.truncate(size - tail.length + end)
    const last = indexOf(tail.subarray(0, end).toString().trimEnd().split('\n').at(-1))
    const missing = entries.filter(({ index }) => index > last)
    await file.writeFile(missing.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    await file.sync()
    return Math.max(next, last + 1, (entries.at(-1)?.index ?? -1) + 1)
  } finally {
    await file.close()
  }
}

/** -1: none of ours. */
function indexOf(line: string | undefined): number {
  try {
    const { index } = JSON.parse(line ?? '') as { index?: unknown }
    return typeof index === 'number' ? index : -1
  } catch {
    return -1
  }
}
