import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseCheckpoint } from './checkpoint.ts'
import { flushFolder } from './flush-folder.ts'
import { LogUnusable } from './log-unusable.ts'

/**
 * Keeps a signed checkpoint as `checkpoints/<size>.txt` in a log folder. When it resolves the file survives a power cut,
 * and not before that may the checkpoint be shown to anybody: a log that forgot what it signed could sign a fork.
 *
 * The same root at the same size replaces the file, which adds cosignatures. Another root at a size that was signed
 * already is a fork and refuses with LogUnusable LOG_FORKED.
 */
export async function keepCheckpoint(folder: string, bytes: Uint8Array): Promise<void> {
  const { checkpoint } = parseCheckpoint(bytes)
  const path = join(folder, 'checkpoints', `${checkpoint.size}.txt`)
  await mkdir(dirname(path), { recursive: true })
  const before = await bytesAt(path)
  if (
    before !== undefined &&
    Buffer.compare(parseCheckpoint(before).checkpoint.root, checkpoint.root) !== 0
  ) {
    throw new LogUnusable('LOG_FORKED', `Another root was signed for ${checkpoint.size} leaves`)
  }
  const file = await open(`${path}.new`, 'w', 0o640)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  await flushFolder(dirname(path))
  await flushFolder(folder)
}

async function bytesAt(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
