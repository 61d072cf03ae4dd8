import { base64, bytesFromBase64 } from './base64.ts'
import { Malformed } from './malformed.ts'
import { hashLength } from './merkle-tree.ts'
import { parseNote, type SignedNote } from './signed-note.ts'

/** What a log says about itself at one moment (c2sp.org/tlog-checkpoint@v1.0.0). */
export type Checkpoint = { origin: string; size: number; root: Uint8Array; extensions: string[] }

/** The note text of a checkpoint. The origin is also the name of the log's key. */
export function checkpointText({ origin, size, root, extensions }: Checkpoint): string {
  const lines = [origin, String(size), base64(root), ...extensions]
  if (lines.some((line) => line === '' || line.includes('\n'))) {
    throw new Malformed('CHECKPOINT_MALFORMED', 'A line of the checkpoint is empty')
  }
  return `${lines.join('\n')}\n`
}

/** @throws Malformed CHECKPOINT_MALFORMED or NOTE_MALFORMED */
export function parseCheckpoint(bytes: Uint8Array): { checkpoint: Checkpoint; note: SignedNote } {
  const note = parseNote(bytes)
  const [origin, size, root, ...extensions] = note.text.slice(0, -1).split('\n')
  const count = Number(size)
  const hash = root === undefined ? undefined : bytesFromBase64(root)
  if (origin === undefined || origin === '') throw malformed('The origin is empty')
  if (size === undefined || !/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(count)) {
    throw malformed('The tree size is not a decimal number')
  }
  if (hash?.length !== hashLength) throw malformed('The root is not a base64 SHA-256 hash')
  if (extensions.includes('')) throw malformed('An extension line is empty')
  return { checkpoint: { origin, size: count, root: hash, extensions }, note }
}

function malformed(detail: string): Malformed {
  return new Malformed('CHECKPOINT_MALFORMED', detail)
}
