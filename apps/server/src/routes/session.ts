import { readSession, signIn, signOut } from '@buergerdraht/contract'
import { signIn as beginSession, signOut as endSession } from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'
import {
  deviceCookie,
  deviceOf,
  endedSessionCookie,
  sessionCookie,
  sessionTokenOf,
} from '../http/session-cookie.ts'

export function sessionRoutes(app: FastifyInstance, timeZone: string): void {
  route(app, signIn, async ({ office, body, request, reply }) => {
    const { cookie } = request.headers
    const { token, device, presence } = await beginSession(office, app.sessionRules, body, {
      address: request.ip,
      token: sessionTokenOf(cookie),
      device: deviceOf(cookie),
    })
    reply.header('set-cookie', [sessionCookie(token), deviceCookie(device)])
    return { ...presence.session, timeZone }
  })

  route(app, readSession, ({ presence }) => ({ ...presence.session, timeZone }))

  route(app, signOut, async ({ office, request, reply }) => {
    const token = sessionTokenOf(request.headers.cookie)
    if (token !== null) await endSession(office, token)
    // Not "cookies": the session's is ended above, and the device's stays, or signing out would make the browser a stranger.
    reply.header('set-cookie', endedSessionCookie).header('clear-site-data', '"cache", "storage"')
    return undefined
  })
}
