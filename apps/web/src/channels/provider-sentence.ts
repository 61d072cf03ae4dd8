import { Failure } from '../api.ts'
import { sentenceOf } from '../ui/state.tsx'
import type { Words } from '../ui/words.tsx'

/** What the provider answered, with its own code, so that one can ask there. */
export function providerSentence(w: Words, error: unknown): string {
  const code =
    error instanceof Failure && error.code === 'provider-refused' ? error.fields[0]?.message : undefined
  return code === undefined
    ? sentenceOf(w, error)
    : `${sentenceOf(w, error)} ${w.channels.providerSaid(code)}`
}
