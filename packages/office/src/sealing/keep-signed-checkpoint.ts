import { checkpointText, formatNote, keepCheckpoint, type MerkleLog, signNote } from '@buergerdraht/records'
import type { LogKey } from './log-key.ts'

/**
 * Signs what a log is now and keeps it in the log's folder. Durable when it resolves, and to be shown to nobody before.
 * @returns the checkpoint as it lies there, with the cosignatures that it has already
 */
export async function keepSignedCheckpoint(
  folder: string,
  log: Pick<MerkleLog, 'head'>,
  { origin, signer }: LogKey,
): Promise<string> {
  const note = formatNote(signNote({ text: checkpointText(log.head(origin)), signatures: [] }, [signer]))
  return Buffer.from(await keepCheckpoint(folder, Buffer.from(note))).toString('utf8')
}
