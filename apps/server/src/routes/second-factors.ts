import * as contract from '@buergerdraht/contract'
import * as office from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function secondFactorRoutes(app: FastifyInstance): void {
  const { signInPlace } = app

  route(app, contract.readSecondFactors, ({ office: db, presence }) =>
    office.readSecondFactors(db, signInPlace, presence),
  )
  route(app, contract.beginTotp, ({ office: db, presence }) => office.beginTotp(db, presence))
  route(app, contract.confirmTotp, async ({ office: db, presence, body }) => ({
    recoveryCodes: await office.confirmTotp(db, presence, body.code),
  }))
  route(app, contract.removeTotp, async ({ office: db, presence }) => {
    await office.removeTotp(db, presence)
    return undefined
  })
  route(app, contract.beginPasskey, ({ office: db, presence }) =>
    office.askForNewPasskey(db, signInPlace, presence.session.account),
  )
  route(app, contract.addPasskey, async ({ office: db, presence, body }) => {
    const owner = { ...presence.viewer, sessionId: presence.sessionId }
    return { recoveryCodes: await office.addPasskey(db, signInPlace, owner, body.name, body.answer) }
  })
  route(app, contract.removePasskey, async ({ office: db, presence, params }) => {
    await office.removePasskey(db, presence, params.id)
    return undefined
  })
  route(app, contract.renewRecoveryCodes, async ({ office: db, presence }) => ({
    recoveryCodes: await office.renewRecoveryCodes(db, presence),
  }))
}
