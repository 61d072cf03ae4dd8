import { Refusal } from '@buergerdraht/contract'
import { type Presence, presenceOf } from '@buergerdraht/office'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sessionTokenOf } from './session-cookie.ts'

/**
 * The session of a request, read anew each time: signing out, disabling an account and a change of role work at once.
 * @throws Refusal `not-signed-in`
 */
export async function requirePresence(app: FastifyInstance, request: FastifyRequest): Promise<Presence> {
  const token = sessionTokenOf(request.headers.cookie)
  const presence = token === null ? null : await presenceOf(app.office, app.sessionRules, token)
  if (presence === null) throw new Refusal('not-signed-in')
  return presence
}
