import { type Checkpoint, parseCheckpoint } from '../log/checkpoint.ts'
import { parseProofFile } from '../log/inclusion-proof-file.ts'
import { Malformed } from '../log/malformed.ts'
import { verifyInclusion } from '../log/merkle-proof.ts'
import { leafHash } from '../log/merkle-tree.ts'
import { cosignedAt, type NoteKey } from '../log/note-key.ts'
import { verifyNote } from '../log/signed-note.ts'
import { type Finding, finding } from './finding.ts'
import { isFuture, type Trust } from './trust.ts'

export type CheckedCheckpoint = { checkpoint: Checkpoint | undefined; findings: Finding[] }

/** Format, signature of the log and cosignatures. The checkpoint is answered only when the log's signature is good. */
export function checkCheckpoint(bytes: Uint8Array, trust: Trust, location: string): CheckedCheckpoint {
  const parsed = formatted(() => parseCheckpoint(bytes))
  if (parsed === undefined)
    return { checkpoint: undefined, findings: [finding('CHECKPOINT_MALFORMED', location)] }
  const { checkpoint, note } = parsed
  const keys = trust.keys.filter(({ kind, name }) => kind === 'witness' || name === checkpoint.origin)
  const verdict = verifyNote(note, keys)
  if (!verdict.ok && verdict.reason === 'BAD_SIGNATURE') {
    return { checkpoint: undefined, findings: [finding('CHECKPOINT_SIGNATURE', location, verdict.name)] }
  }
  const verified = verdict.ok ? verdict.verified : []
  if (!verified.some(({ key }) => key.kind === 'log')) {
    return {
      checkpoint: undefined,
      findings: [finding('CHECKPOINT_UNKNOWN_KEY', location, checkpoint.origin)],
    }
  }
  // A log that cosigns itself under another name is no witness.
  const own = new Set(verified.filter(({ key }) => key.kind === 'log').map(({ key }) => hexOf(key)))
  const cosigned = verified.filter(({ key }) => key.kind === 'witness' && !own.has(hexOf(key)))
  const findings = cosigned.flatMap(({ key, signature }) => {
    const at = cosignedAt(signature)
    const detail = `${key.name}, ${at.toISOString()}`
    const good = finding('CHECKPOINT_COSIGNED', location, detail)
    return isFuture(at, trust) ? [good, finding('CHECKPOINT_COSIGNED_FUTURE', location, detail)] : [good]
  })
  const different = new Set(cosigned.map(({ key }) => hexOf(key)))
  if (different.size < (trust.witnesses ?? 0)) {
    findings.push(finding('WITNESSES_MISSING', location, `${different.size} / ${trust.witnesses ?? 0}`))
  }
  const unread = note.signatures.length - verified.length
  if (unread > 0) findings.push(finding('CHECKPOINT_SIGNATURE_UNREAD', location, `${unread}`))
  return { checkpoint, findings }
}

function hexOf({ publicKey }: NoteKey): string {
  return Buffer.from(publicKey).toString('hex')
}

/** That data is a leaf of a log whose checkpoint holds (c2sp.org/tlog-proof, RFC 6962 section 2.1.1). */
export function checkProof(
  bytes: Uint8Array,
  data: Uint8Array,
  trust: Trust,
  location: string,
): CheckedCheckpoint & { index: number; checkpointBytes: Uint8Array } {
  const file = formatted(() => parseProofFile(bytes))
  // Nobody signs extra data, so a package has no room for them.
  if (file === undefined || file.extra !== undefined) {
    const findings = [finding('PROOF_MALFORMED', location)]
    return { checkpoint: undefined, findings, index: -1, checkpointBytes: new Uint8Array(0) }
  }
  const checked = checkCheckpoint(file.checkpoint, trust, location)
  const { size, root } = checked.checkpoint ?? { size: 0, root: new Uint8Array(0) }
  if (checked.checkpoint && !verifyInclusion(leafHash(data), file.index, size, file.proof, root)) {
    checked.findings.push(finding('PROOF_WRONG', location))
  }
  return { ...checked, index: file.index, checkpointBytes: file.checkpoint }
}

function formatted<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}
