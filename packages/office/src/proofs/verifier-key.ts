import { Malformed, type NoteKey, parseNoteKey } from '@buergerdraht/records'

/** A verifier key of a log or a witness (c2sp.org/signed-note). */
export type VerifierKey = NoteKey

/** One of that kind, as a setting gives it; null: the text is none. */
export function readVerifierKey(kind: VerifierKey['kind'], text: string): VerifierKey | null {
  try {
    const key = parseNoteKey(text)
    return key.kind === kind ? key : null
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    return null
  }
}
