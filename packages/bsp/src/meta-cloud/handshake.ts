import { createHash, timingSafeEqual } from 'node:crypto'
import type { BspCredentials, Handshake } from '../adapter.ts'

/** Digits only, so that the endpoint reflects nothing else. */
const challengeForm = /^\d{1,64}$/

/**
 * Answers `GET ?hub.mode=subscribe&hub.challenge=…&hub.verify_token=…`. The challenge is to be sent back alone, as
 * `text/plain` with 200; `malformed` is a 400, `refused` a 403. A parameter that came twice is malformed.
 */
export function answerHandshake(
  query: Readonly<Record<string, unknown>>,
  credentials: BspCredentials,
): Handshake {
  const mode = query['hub.mode']
  const challenge = query['hub.challenge']
  const token = query['hub.verify_token']
  if (typeof mode !== 'string' || typeof challenge !== 'string' || typeof token !== 'string') {
    return { answer: 'malformed' }
  }
  if (mode !== 'subscribe' || !challengeForm.test(challenge)) return { answer: 'malformed' }
  if (credentials.verifyToken === '' || !sameToken(token, credentials.verifyToken))
    return { answer: 'refused' }
  return { answer: 'challenge', challenge }
}

/** Compares digests, so that not even the length of our token can be measured. */
function sameToken(given: string, ours: string): boolean {
  function digest(text: string) {
    return createHash('sha256').update(text).digest()
  }
  return timingSafeEqual(digest(given), digest(ours))
}
