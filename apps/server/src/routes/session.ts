import {
  changeOwnPassword,
  endOtherSessions,
  endOwnSession,
  listOwnSessions,
  readSession,
  type SessionPlace,
  signIn,
  signOut,
  stepUp,
} from '@buergerdraht/contract'
import * as office from '@buergerdraht/office'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { askedFrom } from '../http/asked-from.ts'
import { route } from '../http/route.ts'
import {
  deviceCookie,
  deviceOf,
  endedSessionCookie,
  sessionCookie,
  sessionTokenOf,
} from '../http/session-cookie.ts'

/** What is known of the browser that asks. */
export function browserOf(app: FastifyInstance, request: FastifyRequest): office.AskingBrowser {
  const { headers } = request
  return {
    ...askedFrom(app, request),
    userAgent: headers['user-agent'] ?? '',
    token: sessionTokenOf(headers.cookie),
    device: deviceOf(headers.cookie),
  }
}

export function sessionRoutes(app: FastifyInstance, place: SessionPlace): void {
  const { sessionRules, signInPlace } = app

  route(app, signIn, async ({ office: db, body, request, reply }) => {
    const answer = await office.signIn(db, sessionRules, signInPlace, body, browserOf(app, request))
    if (!('token' in answer)) return answer
    reply.header('set-cookie', [sessionCookie(answer.token), deviceCookie(answer.device)])
    return { ...answer.liveSession.session, ...place }
  })

  route(app, readSession, ({ liveSession }) => ({ ...liveSession.session, ...place }))

  route(app, stepUp, ({ office: db, liveSession, body, request }) =>
    office.stepUp(db, signInPlace, liveSession, body, browserOf(app, request)),
  )

  route(app, changeOwnPassword, async ({ office: db, liveSession, body, request }) => {
    await office.changeOwnPassword(db, signInPlace, liveSession, body, browserOf(app, request))
    return undefined
  })

  route(app, listOwnSessions, async ({ office: db, liveSession }) => ({
    items: await office.listOwnSessions(db, sessionRules, liveSession),
  }))

  route(app, endOtherSessions, async ({ office: db, liveSession }) => {
    await office.endOtherSessions(db, liveSession)
    return undefined
  })

  route(app, endOwnSession, async ({ office: db, liveSession, params }) => {
    await office.endOwnSession(db, liveSession, params.id)
    return undefined
  })

  route(app, signOut, async ({ office: db, request, reply }) => {
    const token = sessionTokenOf(request.headers.cookie)
    if (token !== null) await office.signOut(db, token)
    // Not "cookies": the session's is ended above, and the device's stays, or signing out would make the browser a stranger.
    reply.header('set-cookie', endedSessionCookie).header('clear-site-data', '"cache", "storage"')
    return undefined
  })
}
