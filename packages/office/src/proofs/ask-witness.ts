import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Checkpoint,
  cosignedAt,
  formatNote,
  formatWitnessRequest,
  keepCheckpoint,
  Malformed,
  type NoteKey,
  type NoteSignature,
  parseCheckpoint,
  parseNote,
  proveGrowth,
  type SignedNote,
  verifyNote,
} from '@buergerdraht/records'
import { askElsewhere, type ElsewhereAnswer } from './ask-elsewhere.ts'
import { clockTolerance } from './time-authorities.ts'

/** Somebody else who cosigns our checkpoints: where `add-checkpoint` is asked, and by which key their answers are believed. */
export type Witness = { readonly url: string; readonly key: NoteKey }

/** Why a witness has not cosigned. */
type WitnessFault =
  | 'WITNESS_UNREACHABLE'
  /** It is not set up for this log, or knows another key of it. */
  | 'WITNESS_KNOWS_US_NOT'
  /** It has cosigned more than we have: our log was put back to an older state, or it lies. */
  | 'WITNESS_AHEAD'
  /** It says that our log was rewritten. */
  | 'WITNESS_REFUSES'
  /** What it answered is not its cosignature of this checkpoint. */
  | 'WITNESS_SIGNATURE'
  | 'WITNESS_CLOCK'

type Answer =
  | { readonly ok: true; readonly proven: { readonly size: number; readonly at: Date } }
  | { readonly ok: false; readonly fault: WitnessFault }

const maxAnswerBytes = 64 * 1024
const timeoutMs = 20_000

/**
 * Has a witness cosign the checkpoint of a size, and keeps the cosignature with it. Durable when it resolves. A cosignature that is there
 * already is believed without asking.
 * @param lastSize of the newest checkpoint that it has cosigned, as far as we know
 */
export async function askWitness(
  { url, key }: Witness,
  folder: string,
  size: number,
  lastSize: number,
  now: () => Date,
): Promise<Answer> {
  const bytes = await readFile(join(folder, 'checkpoints', `${size}.txt`))
  const { checkpoint, note } = parseCheckpoint(bytes)
  const before = cosignatureIn(note, key)
  if (before !== null) return { ok: true, proven: { size, at: cosignedAt(before.signature) } }
  let old = Math.min(lastSize, size)
  let said = await submit(url, folder, checkpoint, bytes, old)
  if (said?.status === 409) {
    const other = Number(/^(0|[1-9]\d{0,15})\n$/.exec(said.bytes.toString('latin1'))?.[1])
    if (other > size) return { ok: false, fault: 'WITNESS_AHEAD' }
    if (Number.isNaN(other) || other === old) return { ok: false, fault: 'WITNESS_REFUSES' }
    old = other
    said = await submit(url, folder, checkpoint, bytes, old)
  }
  if (said === null) return { ok: false, fault: 'WITNESS_UNREACHABLE' }
  if (said.status === 403 || said.status === 404) return { ok: false, fault: 'WITNESS_KNOWS_US_NOT' }
  if (said.status === 409 || said.status === 422) return { ok: false, fault: 'WITNESS_REFUSES' }
  if (said.status !== 200) return { ok: false, fault: 'WITNESS_UNREACHABLE' }
  const cosignature = cosignatureIn(answered(note.text, said), key)
  if (cosignature === null) return { ok: false, fault: 'WITNESS_SIGNATURE' }
  const at = cosignedAt(cosignature.signature)
  if (Math.abs(at.getTime() - now().getTime()) > clockTolerance) return { ok: false, fault: 'WITNESS_CLOCK' }
  await keepCheckpoint(folder, Buffer.from(formatNote({ text: note.text, signatures: [cosignature] })))
  return { ok: true, proven: { size, at } }
}

/** Null: no answer. */
async function submit(
  url: string,
  folder: string,
  checkpoint: Checkpoint,
  bytes: Uint8Array,
  old: number,
): Promise<ElsewhereAnswer | null> {
  const proof = await proveGrowth(folder, old, checkpoint)
  const body = formatWitnessRequest({ old, proof, checkpoint: bytes })
  const address = `${url.replace(/\/$/, '')}/add-checkpoint`
  return askElsewhere(address, { body, contentType: plain, timeoutMs, maxBytes: maxAnswerBytes }).catch(
    () => null,
  )
}

const plain = 'text/plain; charset=utf-8'

/** The lines of an answer under the text that was submitted; null: they are no signatures. */
function answered(text: string, { bytes }: ElsewhereAnswer): SignedNote | null {
  try {
    const note = parseNote(Buffer.concat([Buffer.from(`${text}\n`), bytes]))
    return note.text === text ? note : null
  } catch (error) {
    if (error instanceof Malformed) return null
    throw error
  }
}

/** The good cosignature of a key; signatures of others are left where they are. */
function cosignatureIn(note: SignedNote | null, key: NoteKey): NoteSignature | null {
  if (note === null) return null
  const own = note.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId)
  const [first] = own
  if (first === undefined || own.length > 1) return null
  return verifyNote({ text: note.text, signatures: own }, [key]).ok ? first : null
}
