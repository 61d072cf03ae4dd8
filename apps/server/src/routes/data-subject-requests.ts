import * as contract from '@buergerdraht/contract'
import {
  closeRequest,
  confirmIdentity,
  decideRequest,
  extendRequest,
  listRequests,
  openRequest,
  planErasure,
  previewErasure,
  readDeletionRun,
} from '@buergerdraht/custody'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function dataSubjectRequestRoutes(app: FastifyInstance): void {
  route(app, contract.listRequests, async ({ office, viewer, query }) => ({
    items: await listRequests(office, viewer, query),
  }))
  route(app, contract.openRequest, ({ office, viewer, params, body }) =>
    openRequest(office, viewer, params.id, body),
  )
  route(app, contract.confirmIdentity, ({ office, viewer, params, body }) =>
    confirmIdentity(office, viewer, params.id, body.way),
  )
  route(app, contract.extendRequest, ({ office, viewer, params, body }) =>
    extendRequest(office, viewer, params.id, body),
  )
  route(app, contract.decideRequest, ({ office, viewer, params, body }) =>
    decideRequest(office, viewer, params.id, body),
  )
  route(app, contract.previewErasure, ({ office, viewer, params }) =>
    previewErasure(office, viewer, params.id),
  )
  route(app, contract.planErasure, async ({ office, viewer, params }) => {
    const run = await planErasure(office, app.proposalKinds, viewer, params.id)
    return readDeletionRun(office, viewer, run)
  })
  route(app, contract.closeRequest, ({ office, viewer, params, body }) =>
    closeRequest(office, viewer, params.id, body.personInformed),
  )
}
