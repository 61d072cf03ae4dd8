import { Refusal } from '@buergerdraht/contract'
import { type LiveSession, liveSessionOf } from '@buergerdraht/office'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { askedFrom } from './asked-from.ts'
import { sessionTokenOf } from './session-cookie.ts'

/** The session that a request brings, if there is one; for what is open to everybody. */
export async function sessionAt(app: FastifyInstance, request: FastifyRequest): Promise<LiveSession | null> {
  const token = sessionTokenOf(request.headers.cookie)
  return token === null ? null : liveSessionOf(app.office, app.sessionRules, token, askedFrom(app, request))
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
