import { constants, copyFile, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  LogUnusable,
  Malformed,
  parseCheckpoint,
  proveGrowth,
  verifyConsistency,
} from '@buergerdraht/records'

type FolderFault =
  /** It cannot be read or written. */
  | 'FOLDER_UNUSABLE'
  /** It has a checkpoint of more than we have: our log was put back to an older state. */
  | 'FOLDER_AHEAD'
  /** It has a checkpoint that our log does not go on from: one of both was rewritten. */
  | 'FOLDER_FORKED'

type Answer = { readonly ok: true } | { readonly ok: false; readonly fault: FolderFault }

/**
 * Carries the checkpoint of a size to a folder of somebody else, best on storage where nothing can be overwritten: nothing is, and nothing is
 * renamed or deleted there. Before, the newest that lies there is held against our log. The time stamp follows when there is one.
 * @param name of the log, as the files begin
 */
export async function carryCheckpoint(
  logFolder: string,
  size: number,
  target: string,
  name: string,
): Promise<Answer> {
  try {
    const { checkpoint } = parseCheckpoint(await readFile(join(logFolder, 'checkpoints', `${size}.txt`)))
    const beginning = `${name}-`
    const carried = (await readdir(target)).flatMap((file) =>
      file.startsWith(beginning) && /^\d+\.txt$/.test(file.slice(beginning.length))
        ? [Number.parseInt(file.slice(beginning.length), 10)]
        : [],
    )
    const newest = Math.max(0, ...carried)
    if (newest > size) return { ok: false, fault: 'FOLDER_AHEAD' }
    if (carried.length > 0) {
      const { checkpoint: before } = parseCheckpoint(
        await readFile(join(target, `${beginning}${newest}.txt`)),
      )
      const proof = await proveGrowth(logFolder, newest, checkpoint)
      const goesOn =
        before.origin === checkpoint.origin &&
        verifyConsistency(newest, before.root, size, checkpoint.root, proof)
      if (!goesOn) return { ok: false, fault: 'FOLDER_FORKED' }
    }
    for (const ending of ['txt', 'tsr'])
      await copyOnce(
        join(logFolder, 'checkpoints', `${size}.${ending}`),
        join(target, `${beginning}${size}.${ending}`),
      )
    return { ok: true }
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, fault: 'FOLDER_FORKED' }
    if (error instanceof LogUnusable || !(error instanceof Error && 'code' in error)) throw error
    return { ok: false, fault: 'FOLDER_UNUSABLE' }
  }
}

/** What is there stays; what there is none of is not copied. */
async function copyOnce(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'EEXIST' && !(code === 'ENOENT' && from.endsWith('.tsr'))) throw error
  }
}
