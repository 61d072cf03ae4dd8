import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseCheckpoint } from './checkpoint.ts'
import { flushFolder } from './flush-folder.ts'
import { LogUnusable } from './log-unusable.ts'
import { formatNote, type NoteSignature } from './signed-note.ts'

/**
 * Keeps a signed checkpoint as `checkpoints/<size>.txt` in a log folder. When it resolves the file survives a power cut,
 * and not before that may the checkpoint be shown to anybody: a log that forgot what it signed could sign a fork.
 *
 * The same text at the same size adds the signatures that the file does not have yet, and takes none away; where there is
 * nothing to add nothing is written. Once `<size>.tsr` lies beside it the file stays as it is, because the time stamp is over
 * its bytes. Another root, or other text, at a size that was signed already is a fork and refuses with LogUnusable LOG_FORKED.
 *
 * Whoever signs as the log MAY keep while another process adds cosignatures; two that add cosignatures MUST take turns.
 * @returns the checkpoint as it lies there now
 */
export async function keepCheckpoint(folder: string, bytes: Uint8Array): Promise<Uint8Array> {
  const { checkpoint, note } = parseCheckpoint(bytes)
  const path = join(folder, 'checkpoints', `${checkpoint.size}.txt`)
  await mkdir(dirname(path), { recursive: true })
  const before = await bytesAt(path)
  if (before === undefined) return written(path, bytes)
  const kept = parseCheckpoint(before).note
  if (kept.text !== note.text) {
    throw new LogUnusable('LOG_FORKED', `Another checkpoint was signed for ${checkpoint.size} leaves`)
  }
  const added = note.signatures.filter((one) => !kept.signatures.some((other) => isSameSigner(one, other)))
  const isStamped = (await bytesAt(path.replace(/\.txt$/, '.tsr'))) !== undefined
  if (added.length === 0 || isStamped) return before
  const longer = { text: kept.text, signatures: [...kept.signatures, ...added] }
  return written(path, Buffer.from(formatNote(longer)))
}

/** Keeps the time stamp over the checkpoint of a size, in its stored form, as `checkpoints/<size>.tsr`. Durable when it resolves. */
export async function keepCheckpointStamp(folder: string, size: number, response: Uint8Array): Promise<void> {
  await written(join(folder, 'checkpoints', `${size}.tsr`), response)
}

function isSameSigner(one: NoteSignature, other: NoteSignature): boolean {
  return one.name === other.name && one.keyId === other.keyId
}

async function written(path: string, bytes: Uint8Array): Promise<Uint8Array> {
  const file = await open(`${path}.new`, 'w', 0o640)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
  await flushFolder(dirname(path))
  await flushFolder(dirname(dirname(path)))
  return bytes
}

async function bytesAt(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
