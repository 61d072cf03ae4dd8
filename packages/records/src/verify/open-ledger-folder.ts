import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { auditExportCheckpoints, readAuditExport } from '../audit/audit-export.ts'
import { type ByteSource, bytesInFile, chunksOf } from './byte-source.ts'
import type { LedgerFolder } from './verify-ledger.ts'

const maxCheckpointFile = 1 << 20
const maxExportHeader = 16 << 20

async function checkpointsIn(path: string): Promise<LedgerFolder['checkpoints']> {
  // One file after the other: an hourly checkpoint is 8760 files a year, more than may be open at once.
  const names = new Set(await namesIn(join(path, 'checkpoints')))
  const checkpoints: LedgerFolder['checkpoints'] = []
  for (const name of names) {
    if (!name.endsWith('.txt')) continue
    const stamp = name.replace(/\.txt$/, '.tsr')
    const bytes = await firstBytes(join(path, 'checkpoints', name))
    const timeStamp = names.has(stamp) ? await firstBytes(join(path, 'checkpoints', stamp)) : undefined
    checkpoints.push({ name: `checkpoints/${name}`, bytes, ...(timeStamp && { timeStamp }) })
  }
  return checkpoints
}

/**
 * Opens a ledger folder for reading: `log`, `checkpoints/<size>.txt` with `checkpoints/<size>.tsr` beside them, and
 * `tombstones/<month>`. The caller closes it.
 */
export async function openLedgerFolder(path: string): Promise<LedgerFolder & { close: () => Promise<void> }> {
  // The checkpoints first: of a log that grows meanwhile none is then longer than what is read of it.
  const checkpoints = await checkpointsIn(path)
  const log = await bytesInFile(join(path, 'log'))
  try {
    const months = await namesIn(join(path, 'tombstones'))
    const segments = months.map((month) => ({
      month,
      open: () => bytesInFile(join(path, 'tombstones', month)),
    }))
    return { log, checkpoints, segments, close: log.close }
  } catch (error) {
    await log.close()
    throw error
  }
}

/** Opens an export of the audit log for reading: one file with everything in it. The caller closes it. */
export async function openAuditExport(path: string): Promise<LedgerFolder & { close: () => Promise<void> }> {
  const log = await bytesInFile(path)
  const checkpoints = auditExportCheckpoints(await firstLine(log)).map((note, n) => ({
    name: `checkpoints/${n}`,
    bytes: Buffer.from(note),
  }))
  return { log, linesOf: readAuditExport, checkpoints, segments: [], close: log.close }
}

/** Without its newline; empty where it is longer than any header. Reads hardly more than that. */
async function firstLine(source: ByteSource): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const chunk of chunksOf(source, 0, Math.min(source.size, maxExportHeader))) {
    const end = chunk.indexOf(0x0a)
    pieces.push(Uint8Array.from(end < 0 ? chunk : chunk.subarray(0, end)))
    if (end >= 0) return Buffer.concat(pieces).toString('utf8')
  }
  return ''
}

/** A file of up to a mebibyte; of a longer one so much that it is seen to be longer than any checkpoint or time stamp. */
async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await bytesInFile(path)
  try {
    return await file.read(0, Math.min(file.size, maxCheckpointFile + 1))
  } finally {
    await file.close()
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
