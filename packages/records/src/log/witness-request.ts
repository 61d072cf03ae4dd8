import { base64, bytesFromBase64 } from './base64.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import { Malformed } from './malformed.ts'
import { verifyConsistency } from './merkle-proof.ts'
import { emptyRoot, hashLength } from './merkle-tree.ts'
import type { NoteKey } from './note-key.ts'
import { verifyNote } from './signed-note.ts'

/**
 * What a log asks of a witness (c2sp.org/tlog-witness, add-checkpoint): to cosign a checkpoint, with the proof that it goes on from the one
 * of `old` leaves that the witness has cosigned last.
 */
export type WitnessRequest = { old: number; proof: readonly Uint8Array[]; checkpoint: Uint8Array }

const maxProofLength = 63

export function formatWitnessRequest({ old, proof, checkpoint }: WitnessRequest): Uint8Array {
  return Buffer.concat([Buffer.from(`${[`old ${old}`, ...proof.map(base64)].join('\n')}\n\n`), checkpoint])
}

/** The checkpoint is answered verbatim and unparsed. @throws Malformed WITNESS_REQUEST_MALFORMED */
export function parseWitnessRequest(bytes: Uint8Array): WitnessRequest {
  const split = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf('\n\n')
  if (split < 0 || split > 10_000) throw malformed('The request has no checkpoint')
  const [first, ...lines] = Buffer.from(bytes.subarray(0, split)).toString('latin1').split('\n')
  const digits = /^old (0|[1-9]\d{0,15})$/.exec(first ?? '')?.[1]
  const old = Number(digits)
  if (digits === undefined || !Number.isSafeInteger(old))
    throw malformed('The old size is not a decimal number')
  if (lines.length > maxProofLength) throw malformed('The proof has too many hashes')
  const proof = lines.map((line) => {
    const hash = bytesFromBase64(line)
    if (hash?.length !== hashLength) throw malformed('A line of the proof is not a base64 SHA-256 hash')
    return hash
  })
  return { old, proof, checkpoint: bytes.slice(split + 2) }
}

/** The checkpoint of a log that a witness has cosigned last. */
export type Witnessed = { size: number; root: Uint8Array }

export type WitnessVerdict =
  /** Not one of the logs that are witnessed, or not signed by it. */
  | { say: 'unknown-log' | 'not-signed' | 'malformed' }
  /** Something else was cosigned last: ask again from there. */
  | { say: 'other-size'; size: number }
  /**
   * `forked`: signed by the log, and another root for the size that was cosigned last; that is a fork, whatever anybody says. `not-consistent`:
   * signed by the log, and without a proof that it goes on from what was cosigned last. `text` is what was signed.
   */
  | { say: 'cosign' | 'forked' | 'not-consistent'; checkpoint: Checkpoint; text: string }

/**
 * What a witness has to answer. It MUST cosign nothing else than what this says, and MUST have remembered the new checkpoint, in one step with
 * looking up the last one, before it answers. Never throws for bad input.
 *
 * @param last what was cosigned of the log last; undefined: nothing
 */
export async function judgeWitnessRequest(
  { old, proof, checkpoint: bytes }: WitnessRequest,
  keys: readonly NoteKey[],
  last: (origin: string) => Promise<Witnessed | undefined>,
): Promise<WitnessVerdict> {
  const parsed = parsedOrUndefined(bytes)
  if (parsed === undefined) return { say: 'malformed' }
  const { checkpoint, note } = parsed
  const own = keys.filter(({ kind, name }) => kind === 'log' && name === checkpoint.origin)
  if (own.length === 0) return { say: 'unknown-log' }
  if (!verifyNote(note, own).ok) return { say: 'not-signed' }
  if (old > checkpoint.size) return { say: 'malformed' }
  const { size, root } = (await last(checkpoint.origin)) ?? { size: 0, root: emptyRoot() }
  if (checkpoint.size === size && Buffer.compare(root, checkpoint.root) !== 0)
    return { say: 'forked', checkpoint, text: note.text }
  if (old !== size) return { say: 'other-size', size }
  const isConsistent = verifyConsistency(size, root, checkpoint.size, checkpoint.root, proof)
  return { say: isConsistent ? 'cosign' : 'not-consistent', checkpoint, text: note.text }
}

function parsedOrUndefined(bytes: Uint8Array) {
  try {
    return parseCheckpoint(bytes)
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}

function malformed(detail: string): Malformed {
  return new Malformed('WITNESS_REQUEST_MALFORMED', detail)
}
