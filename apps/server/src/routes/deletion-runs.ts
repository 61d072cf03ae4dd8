import { Readable } from 'node:stream'
import * as contract from '@buergerdraht/contract'
import {
  deletionProtocol,
  listDeletionRuns,
  listStandingApprovals,
  pauseDeletionRun,
  planDeletionRun,
  proposeStandingApproval,
  putForwardDeletionRun,
  readDeletionRun,
  revokeStandingApproval,
} from '@buergerdraht/custody'
import { approveProposalOf } from '@buergerdraht/office'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { route } from '../http/route.ts'

type Format = 'pdf' | 'csv'
const mediaTypes = { pdf: 'application/pdf', csv: 'text/csv; charset=utf-8' } as const

function formatOf(asked: Format | undefined, { headers }: FastifyRequest): Format {
  return asked ?? (headers.accept?.includes('text/csv') === true ? 'csv' : 'pdf')
}

function attached(
  reply: FastifyReply,
  format: Format,
  /** Of which run or period: whoever keeps several finds the one that is meant. */
  of: string,
  content: Uint8Array | AsyncIterable<string>,
): FastifyReply {
  return reply
    .headers({
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="loeschprotokoll-${of}.${format}"`,
    })
    .type(mediaTypes[format])
    .send(content instanceof Uint8Array ? content : Readable.from(content, { objectMode: false }))
}

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
  route(app, contract.putForwardDeletionRun, async ({ office, viewer, params }) => {
    await putForwardDeletionRun(office, app.proposalKinds, viewer, params.id)
    return readDeletionRun(office, viewer, params.id)
  })
  route(app, contract.approveDeletionRun, async ({ office, viewer, params }) => {
    await readDeletionRun(office, viewer, params.id)
    await approveProposalOf(office, app.proposalKinds, viewer, 'deletion-run', params.id)
    return readDeletionRun(office, viewer, params.id)
  })
  route(app, contract.pauseDeletionRun, ({ office, viewer, params }) =>
    pauseDeletionRun(office, viewer, params.id, true),
  )
  route(app, contract.resumeDeletionRun, ({ office, viewer, params }) =>
    pauseDeletionRun(office, viewer, params.id, false),
  )
  route(app, contract.listStandingApprovals, ({ office, viewer }) => listStandingApprovals(office, viewer))
  route(app, contract.proposeStandingApproval, async ({ office, viewer, body }) => {
    await proposeStandingApproval(office, app.proposalKinds, viewer, body)
    return {}
  })
  route(app, contract.revokeStandingApproval, async ({ office, viewer, params }) => {
    await revokeStandingApproval(office, viewer, params.id)
    return undefined
  })
  route(app, contract.readRunProtocol, async ({ office, viewer, params, query, request, reply }) => {
    const format = formatOf(query.format, request)
    return attached(
      reply,
      format,
      params.id,
      await deletionProtocol(office, app.ledgerFolder, viewer, format, { runId: params.id }),
    )
  })
  route(app, contract.readDeletionProtocol, async ({ office, viewer, query, request, reply }) => {
    const format = formatOf(query.format, request)
    const period = `${query.from}-${query.to}`
    return attached(
      reply,
      format,
      period,
      await deletionProtocol(office, app.ledgerFolder, viewer, format, query),
    )
  })
}
