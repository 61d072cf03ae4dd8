import * as contract from '@buergerdraht/contract'
import * as office from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

/** Emergency access, and what the data-protection officer is told of it and of the rest. */
export function emergencyAccessRoutes(app: FastifyInstance): void {
  const { proposalKinds: kinds } = app

  route(app, contract.listEmergencyAccess, ({ office: db, viewer }) =>
    office.listEmergencyAccess(db, kinds, viewer),
  )
  route(app, contract.askForEmergencyAccess, ({ office: db, viewer, body }) =>
    office.askForEmergencyAccess(db, kinds, viewer, body),
  )
  route(app, contract.takeUpEmergencyAccess, async ({ office: db, liveSession, params }) => {
    await office.takeUpEmergencyAccess(db, liveSession, params.id)
    return undefined
  })
  route(app, contract.endEmergencyAccess, async ({ office: db, viewer, params }) => {
    await office.endEmergencyAccess(db, kinds, viewer, params.id)
    return undefined
  })
  route(app, contract.listDpoNotices, ({ office: db, viewer }) => office.listDpoNotices(db, viewer))
  route(app, contract.acknowledgeDpoNotice, async ({ office: db, viewer, params }) => {
    await office.acknowledgeDpoNotice(db, viewer, params.id)
    return undefined
  })
}
