import { readSession, signIn, signOut } from '@buergerdraht/contract'
import { signIn as beginSession, signOut as endSession } from '@buergerdraht/inbox'
import type { FastifyInstance } from 'fastify'
import { route } from '../route.ts'
import { endedSessionCookie, sessionCookie, sessionTokenOf } from '../session-cookie.ts'
import { SignInLimit } from '../sign-in-limit.ts'

export const sessionRoutes = (app: FastifyInstance): void => {
  const limit = new SignInLimit(app.office.now)

  route(app, signIn, async ({ office, body, request, reply }) => {
    const admitted = limit.admit(body.email, request.ip)
    const { token, presence } = await beginSession(
      office,
      app.sessionRules,
      body,
      sessionTokenOf(request.headers.cookie),
    )
    admitted.succeeded()
    reply.header('set-cookie', sessionCookie(token))
    return presence.session
  })

  route(app, readSession, ({ presence }) => presence.session)

  route(app, signOut, async ({ office, request, reply }) => {
    const token = sessionTokenOf(request.headers.cookie)
    if (token !== null) await endSession(office, token)
    reply.header('set-cookie', endedSessionCookie).header('clear-site-data', '"cache", "cookies", "storage"')
    return undefined
  })
}
