import { Refusal, unattendedHeader } from '@buergerdraht/contract'
import { type LiveSession, liveSessionOf } from '@buergerdraht/office'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { askedFrom } from './asked-from.ts'
import { sessionTokenOf } from './session-cookie.ts'

/**
 * Whether somebody asked, and not a page or a browser by itself: one that keeps up to date, opens its stream of events again, or draws the
 * picture that has just arrived (Fetch Metadata §2.1). Else a page that is left open would never be signed out (ASVS 5.0, 7.3.1).
 */
function isUse({ headers }: FastifyRequest): boolean {
  const byItself =
    headers[unattendedHeader] !== undefined ||
    headers.accept === 'text/event-stream' ||
    ['image', 'audio', 'video'].includes(String(headers['sec-fetch-dest']))
  return !byItself
}

/** The session that a request brings, if there is one; for what is open to everybody. */
export async function sessionAt(app: FastifyInstance, request: FastifyRequest): Promise<LiveSession | null> {
  const token = sessionTokenOf(request.headers.cookie)
  if (token === null) return null
  const use = isUse(request) ? 'noted' : 'not-noted'
  return liveSessionOf(app.office, app.sessionRules, token, askedFrom(app, request), use)
}

/**
 * The session of a request, read anew each time: signing out, disabling an account and a change of role or of
 * the rules from where one is answered work at once. @throws Refusal `not-signed-in`, `network-not-allowed`, `certificate-required`
 */
export async function requireSession(app: FastifyInstance, request: FastifyRequest): Promise<LiveSession> {
  const liveSession = await sessionAt(app, request)
  if (liveSession === null) throw new Refusal('not-signed-in')
  return liveSession
}
