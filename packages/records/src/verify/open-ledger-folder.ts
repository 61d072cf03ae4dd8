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
    const names = await namesIn(join(path, 'checkpoints'))
    const checkpoints = names
      .filter((name) => name.endsWith('.txt'))
      .map(async (name) => {
        const stamp = name.replace(/\.txt$/, '.tsr')
        const timeStamp = names.includes(stamp) ? await readFile(join(path, 'checkpoints', stamp)) : undefined
        const bytes = await readFile(join(path, 'checkpoints', name))
        return { name: `checkpoints/${name}`, bytes, ...(timeStamp && { timeStamp }) }
      })
    const months = await namesIn(join(path, 'tombstones'))
    const segments = months.map(async (month) => ({
      month,
      bytes: await readFile(join(path, 'tombstones', month)),
    }))
    return {
      log,
      checkpoints: await Promise.all(checkpoints),
      segments: await Promise.all(segments),
      close: log.close,
    }
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
