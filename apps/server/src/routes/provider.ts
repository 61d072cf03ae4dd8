import * as contract from '@buergerdraht/contract'
import { Refusal } from '@buergerdraht/contract'
import * as office from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'
import { providerCookie, providerTokenOf, sessionCookie } from '../http/session-cookie.ts'
import { browserOf } from './session.ts'

/** Without a provider there is nothing at these addresses but the answer that there is none. */
export function providerRoutes(
  app: FastifyInstance,
  provider: office.IdentityProvider | null,
  place: contract.SessionPlace,
): void {
  function required(): office.IdentityProvider {
    if (provider === null) throw new Refusal('not-found')
    return provider
  }

  route(app, contract.readSignInWays, () => ({
    local: app.signInPlace.localAccounts === 'all',
    provider: provider?.settings.name ?? null,
  }))
  route(app, contract.beginProviderSignIn, async ({ office: db, reply }) => {
    const { url, browserToken } = await office.beginAtProvider(db, required(), { for: 'sign-in' })
    reply.header('set-cookie', providerCookie(browserToken))
    return { url }
  })
  route(app, contract.beginProviderStepUp, async ({ office: db, liveSession, reply }) => {
    const errand = { for: 'step-up', sessionId: liveSession.sessionId } as const
    const { url, browserToken } = await office.beginAtProvider(db, required(), errand)
    reply.header('set-cookie', providerCookie(browserToken))
    return { url }
  })
  route(app, contract.beginProviderLink, async ({ office: db, liveSession, reply }) => {
    const errand = { for: 'link', sessionId: liveSession.sessionId } as const
    const { url, browserToken } = await office.beginAtProvider(db, required(), errand)
    reply.header('set-cookie', providerCookie(browserToken))
    return { url }
  })
  route(app, contract.finishAtProvider, async ({ office: db, body, request, reply }) => {
    const browser = browserOf(app, request)
    const { token } = browser
    const now = token === null ? null : await office.liveSessionOf(db, app.sessionRules, token, browser)
    const { errand, begun } = await office.finishAtProvider(
      db,
      app.sessionRules,
      required(),
      new URLSearchParams(body.parameters),
      { ...browser, providerToken: providerTokenOf(request.headers.cookie) },
      now,
    )
    if (begun !== null) {
      reply.header('set-cookie', sessionCookie(begun.token))
      return { ...begun.liveSession.session, ...place, errand }
    }
    const liveSession = await office.liveSessionOf(db, app.sessionRules, token ?? '', browser)
    if (liveSession === null) throw new Refusal('not-signed-in')
    return { ...liveSession.session, ...place, errand }
  })
}

/**
 * Where the provider tells that somebody is to be signed out (OpenID Connect Back-Channel Logout 1.0 §2.5). No browser asks this: what
 * counts is the token's signature.
 */
export function backChannelLogoutRoutes(app: FastifyInstance, provider: office.IdentityProvider): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 16 * 1024 },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  app.post('/oidc/back-channel-logout', { exposeHeadRoute: false }, async (request, reply) => {
    const token = request.body instanceof URLSearchParams ? request.body.get('logout_token') : null
    if (token === null) throw new Refusal('invalid-input', [{ path: 'logout_token', fault: 'missing' }])
    const ended = await office.logOutFromProvider(app.office, provider, token)
    app.office.log.info(
      { ended },
      ended === 0 ? 'logout token named no session' : 'sessions ended by provider',
    )
    return reply.code(200).send()
  })
}
