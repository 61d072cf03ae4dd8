import * as contract from '@buergerdraht/contract'
import {
  listCandidates,
  listTidyingDays,
  openSample,
  readBatch,
  submitDecisions,
} from '@buergerdraht/custody'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function workbenchRoutes(app: FastifyInstance): void {
  route(app, contract.listCandidates, ({ office, viewer, query }) => listCandidates(office, viewer, query))
  route(app, contract.listTidyingDays, ({ office, viewer }) => listTidyingDays(office, viewer))
  route(app, contract.submitDecisions, ({ office, viewer, body }) =>
    submitDecisions(office, app.proposalKinds, viewer, body),
  )
  route(app, contract.readBatch, ({ office, viewer, params }) => readBatch(office, viewer, params.id))
  route(app, contract.openSample, ({ office, viewer, params }) =>
    openSample(office, viewer, params.id, params.conversationId),
  )
}
