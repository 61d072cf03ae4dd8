import { Failure } from '../api.ts'
import { sentenceOf } from '../ui/state.tsx'
import type { Words } from '../ui/words.tsx'
import { wordsForRefusal } from './provider-refusal.ts'

/** Which host did not do what was asked, and why, with its own code, so that one can ask there. */
export function providerSentence(w: Words, error: unknown): string {
  const fields = error instanceof Failure && error.code === 'provider-refused' ? error.fields : []
  const code = fields.find(({ path }) => path === 'provider')?.message
  const host = fields.find(({ path }) => path === 'host')?.message
  if (code === undefined || host === undefined) return sentenceOf(w, error)
  return wordsForRefusal(w.channels.provider, host, code)
}
