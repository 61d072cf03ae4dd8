import { base64, bytesFromBase64 } from './base64.ts'
import { Malformed } from './malformed.ts'
import type { NoteKey, NoteSigner } from './note-key.ts'

/** One signature line, understood or not: a line of an algorithm we do not know is kept and ignored. */
export type NoteSignature = { name: string; keyId: number; signature: Uint8Array }

/** A C2SP signed note (c2sp.org/signed-note@v1.0.0). The text ends with a newline. */
export type SignedNote = { text: string; signatures: NoteSignature[] }

// Far above the 16 that every verifier must accept, and room for post-quantum signatures of 5 kB each.
const maxSignatures = 64
const maxNoteBytes = 1_000_000

/** @throws Malformed NOTE_MALFORMED */
export function parseNote(bytes: Uint8Array): SignedNote {
  if (bytes.length > maxNoteBytes) throw malformed('The note is longer than a megabyte')
  const note = decoded(bytes)
  if (hasControlCharacter(note)) throw malformed('The note has a control character')
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) throw malformed('The note has no signature block')
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > maxSignatures) throw malformed('The note has too many signatures')
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) }
}

export function formatNote(note: SignedNote): string {
  return `${note.text}\n${note.signatures.map(signatureLine).join('')}`
}

/** Signs a text, or adds signatures to a note: the text and the signatures that are there stay as they are. */
export function signNote(note: SignedNote, signers: readonly NoteSigner[]): SignedNote {
  if (!note.text.endsWith('\n') || hasControlCharacter(note.text))
    throw malformed('The text cannot be signed')
  const added = signers.map(({ name, keyId, sign }) => ({ name, keyId, signature: sign(note.text) }))
  return { text: note.text, signatures: [...note.signatures, ...added] }
}

export type NoteVerdict =
  | { ok: true; verified: { key: NoteKey; signature: Uint8Array }[] }
  | { ok: false; reason: 'NO_KNOWN_SIGNATURE' | 'BAD_SIGNATURE'; name: string }

/**
 * Checks every signature whose name and key id belong to a given key. One bad signature of a known key rejects the
 * note; signatures of unknown keys are ignored; a note without a good one is rejected (section "Signatures").
 */
export function verifyNote(note: SignedNote, keys: readonly NoteKey[]): NoteVerdict {
  const verified: { key: NoteKey; signature: Uint8Array }[] = []
  for (const { name, keyId, signature } of note.signatures) {
    const key = keys.find((known) => known.name === name && known.keyId === keyId)
    if (key === undefined) continue
    if (!key.verify(note.text, signature)) return { ok: false, reason: 'BAD_SIGNATURE', name }
    verified.push({ key, signature })
  }
  if (verified.length === 0) return { ok: false, reason: 'NO_KNOWN_SIGNATURE', name: '' }
  return { ok: true, verified }
}

function parseSignature(line: string): NoteSignature {
  const parts = /^\u2014 (\S+) (\S+)$/u.exec(line)
  const name = parts?.[1]
  const blob = parts?.[2] === undefined ? undefined : bytesFromBase64(parts[2])
  if (name === undefined || blob === undefined || blob.length < 5 || name.includes('+')) {
    throw malformed('A signature line is malformed')
  }
  return { name, keyId: Buffer.from(blob).readUInt32BE(0), signature: blob.subarray(4) }
}

function signatureLine({ name, keyId, signature }: NoteSignature): string {
  const blob = Buffer.alloc(4 + signature.length)
  blob.writeUInt32BE(keyId, 0)
  blob.set(signature, 4)
  return `\u2014 ${name} ${base64(blob)}\n`
}

function decoded(bytes: Uint8Array): string {
  try {
    // A byte order mark is kept, not swallowed: it belongs to the signed bytes.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw malformed('The note is not UTF-8')
  }
}

function hasControlCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20 && code !== 0x0a) return true
  }
  return false
}

function malformed(detail: string): Malformed {
  return new Malformed('NOTE_MALFORMED', detail)
}
