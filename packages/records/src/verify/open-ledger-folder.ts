import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bytesInFile } from './byte-source.ts'
import type { LedgerFolder } from './verify-ledger.ts'

/**
 * Opens a ledger folder for reading: `log`, `checkpoints/<size>.txt` with `checkpoints/<size>.tsr` beside them, and
 * `tombstones/<month>`. The caller closes it.
 */
export async function openLedgerFolder(path: string): Promise<LedgerFolder & { close: () => Promise<void> }> {
  const log = await bytesInFile(join(path, 'log'))
  try {
    // One file after the other: an hourly checkpoint is 8760 files a year, more than may be open at once.
    const names = new Set(await namesIn(join(path, 'checkpoints')))
    const checkpoints: LedgerFolder['checkpoints'] = []
    for (const name of names) {
      if (!name.endsWith('.txt')) continue
      const stamp = name.replace(/\.txt$/, '.tsr')
      const bytes = await readFile(join(path, 'checkpoints', name))
      const timeStamp = names.has(stamp) ? await readFile(join(path, 'checkpoints', stamp)) : undefined
      checkpoints.push({ name: `checkpoints/${name}`, bytes, ...(timeStamp && { timeStamp }) })
    }
    const segments: { month: string; bytes: Uint8Array }[] = []
    for (const month of await namesIn(join(path, 'tombstones'))) {
      segments.push({ month, bytes: await readFile(join(path, 'tombstones', month)) })
    }
    return { log, checkpoints, segments, close: log.close }
  } catch (error) {
    await log.close()
    throw error
  }
}

/** Sorted, so that findings come in the same order everywhere. A folder that is not there is empty. */
async function namesIn(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).sort()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
