import * as contract from '@buergerdraht/contract'
import { listDeletionRuns, pauseDeletionRun, planDeletionRun, readDeletionRun } from '@buergerdraht/custody'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function deletionRunRoutes(app: FastifyInstance): void {
  route(app, contract.listDeletionRuns, async ({ office, viewer }) => ({
    items: await listDeletionRuns(office, viewer),
  }))
  route(app, contract.planDeletionRun, async ({ office, viewer, body }) => {
    const id = await planDeletionRun(office, app.proposalKinds, viewer, body)
    return readDeletionRun(office, viewer, id)
  })
  route(app, contract.readDeletionRun, ({ office, viewer, params }) =>
    readDeletionRun(office, viewer, params.id),
  )
  route(app, contract.pauseDeletionRun, ({ office, viewer, params }) =>
    pauseDeletionRun(office, viewer, params.id, true),
  )
  route(app, contract.resumeDeletionRun, ({ office, viewer, params }) =>
    pauseDeletionRun(office, viewer, params.id, false),
  )
}
