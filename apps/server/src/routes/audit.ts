import { Readable } from 'node:stream'
import * as contract from '@buergerdraht/contract'
import {
  askForName,
  auditState,
  exportAudit,
  liftedNames,
  listAudit,
  proposeAlgorithmCalendar,
  readAlgorithmCalendar,
} from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

const mediaTypes = { csv: 'text/csv; charset=utf-8', jsonl: 'application/x-ndjson' } as const

export function auditRoutes(app: FastifyInstance): void {
  route(app, contract.readAlgorithmCalendar, ({ office, viewer }) => readAlgorithmCalendar(office, viewer))
  route(app, contract.proposeAlgorithmCalendar, async ({ office, viewer, body }) => {
    await proposeAlgorithmCalendar(office, app.proposalKinds, viewer, body)
    return {}
  })
  route(app, contract.readAuditState, ({ office, viewer }) => auditState(office, viewer))
  route(app, contract.listAuditEntries, ({ office, viewer, query }) => listAudit(office, viewer, query))
  route(app, contract.listLiftedNames, ({ office, viewer }) => liftedNames(office, viewer))
  route(app, contract.askForName, ({ office, viewer, body }) =>
    askForName(office, app.proposalKinds, viewer, body),
  )
  route(app, contract.exportAuditLog, async ({ office, viewer, query, reply }) => {
    const entries = await exportAudit(office, viewer, query)
    return reply
      .headers({
        'cache-control': 'private, no-store',
        'content-disposition': `attachment; filename="audit.${query.format}"`,
      })
      .type(mediaTypes[query.format])
      .send(Readable.from(entries, { objectMode: false }))
  })
}
