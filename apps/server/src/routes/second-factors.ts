import * as contract from '@buergerdraht/contract'
import * as office from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function secondFactorRoutes(app: FastifyInstance): void {
  const { signInPlace } = app

  route(app, contract.readSecondFactors, ({ office: db, liveSession }) =>
    office.readSecondFactors(db, signInPlace, liveSession),
  )
  route(app, contract.beginTotp, ({ office: db, liveSession }) => office.beginTotp(db, liveSession))
  route(app, contract.confirmTotp, async ({ office: db, liveSession, body }) => ({
    recoveryCodes: await office.confirmTotp(db, liveSession, body.code),
  }))
  route(app, contract.removeTotp, async ({ office: db, liveSession }) => {
    await office.removeTotp(db, liveSession)
    return undefined
  })
  route(app, contract.beginPasskey, ({ office: db, liveSession }) =>
    office.askForNewPasskey(db, signInPlace, liveSession.session.account),
  )
  route(app, contract.addPasskey, async ({ office: db, liveSession, body }) => {
    const owner = { ...liveSession.viewer, sessionId: liveSession.sessionId }
    return { recoveryCodes: await office.addPasskey(db, signInPlace, owner, body.name, body.answer) }
  })
  route(app, contract.removePasskey, async ({ office: db, liveSession, params }) => {
    await office.removePasskey(db, liveSession, params.id)
    return undefined
  })
  route(app, contract.renewRecoveryCodes, async ({ office: db, liveSession }) => ({
    recoveryCodes: await office.renewRecoveryCodes(db, liveSession),
  }))
}
