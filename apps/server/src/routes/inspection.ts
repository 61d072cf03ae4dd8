import * as contract from '@buergerdraht/contract'
import { listSelfChecks, readRenewals } from '@buergerdraht/custody'
import { growthOf, listCheckpoints, timeStampRoots } from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

/** Whether the logs prove what they should, for whoever trusts nobody here. */
export function inspectionRoutes(app: FastifyInstance): void {
  const { inspectedLogs, archiveDir } = app
  route(app, contract.listCheckpoints, ({ office, viewer, params, query }) =>
    listCheckpoints(office, viewer, inspectedLogs, params.log, {
      before: query.cursor === undefined ? null : Number(query.cursor),
      limit: query.limit,
    }),
  )
  route(app, contract.proveGrowth, ({ viewer, params, query }) =>
    growthOf(viewer, inspectedLogs, params.log, query),
  )
  route(app, contract.listSelfChecks, ({ office, viewer, query }) => listSelfChecks(office, viewer, query))
  route(app, contract.readTimeStampRoots, ({ office, viewer }) =>
    timeStampRoots(office, viewer, inspectedLogs),
  )
  route(app, contract.readRenewals, ({ office, viewer }) =>
    readRenewals(office, viewer, { archiveDir }, inspectedLogs),
  )
}
