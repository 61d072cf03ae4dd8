import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Malformed, parseCheckpoint, proveGrowth, verifyConsistency } from '@buergerdraht/records'
import { KeepUnusable, type KeptElsewhere } from './kept-elsewhere.ts'

type KeepFault =
  /** It cannot be read or written. */
  | 'UNUSABLE'
  /** It takes what it is given, and does not lock it. */
  | 'NOT_LOCKED'
  /** It has a checkpoint of more than we have: our log was put back to an older state. */
  | 'AHEAD'
  /** It has a checkpoint that our log does not go on from: one of both was rewritten. */
  | 'FORKED'

type Answer = { readonly ok: true } | { readonly ok: false; readonly fault: KeepFault }

async function goesOnFrom(before: Uint8Array, size: number, logFolder: string): Promise<boolean> {
  const { checkpoint } = parseCheckpoint(await readFile(join(logFolder, 'checkpoints', `${size}.txt`)))
  const { checkpoint: kept } = parseCheckpoint(before)
  const proof = await proveGrowth(logFolder, kept.size, checkpoint)
  return (
    kept.origin === checkpoint.origin && verifyConsistency(kept.size, kept.root, size, checkpoint.root, proof)
  )
}

/**
 * Carries the checkpoint of a size to somebody else who keeps it. Before, the newest that lies there is held against our log. The time stamp follows when
 * there is one.
 * @param log name of the log, as the files begin
 * @param known size that was kept there before, 0 for none: what is older is not looked at
 */
export async function carryCheckpoint(
  logFolder: string,
  size: number,
  keep: KeptElsewhere,
  log: string,
  known: number,
): Promise<Answer> {
  try {
    const newest = Math.max(0, ...(await keep.sizes(log, Math.min(known, size) - 1)))
    if (newest > size) return { ok: false, fault: 'AHEAD' }
    if (newest > 0 && !(await goesOnFrom(await keep.read(log, newest), size, logFolder)))
      return { ok: false, fault: 'FORKED' }
    for (const ending of ['txt', 'tsr'] as const) {
      const bytes = await readFile(join(logFolder, 'checkpoints', `${size}.${ending}`)).catch(() => null)
      if (bytes !== null) await keep.add(log, size, ending, bytes)
    }
    return { ok: true }
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, fault: 'FORKED' }
    if (error instanceof KeepUnusable)
      return { ok: false, fault: error.isUnlocked ? 'NOT_LOCKED' : 'UNUSABLE' }
    throw error
  }
}
