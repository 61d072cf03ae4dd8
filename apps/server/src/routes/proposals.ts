import * as contract from '@buergerdraht/contract'
import { notingRefusals } from '@buergerdraht/custody'
import * as office from '@buergerdraht/office'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function proposalRoutes(app: FastifyInstance): void {
  const { proposalKinds: kinds } = app

  route(app, contract.listProposals, ({ office: db, viewer }) => office.listProposals(db, kinds, viewer))
  route(app, contract.approveProposal, async ({ office: db, viewer, params }) => {
    await office.approveProposal(db, kinds, viewer, params.id)
    return office.readProposal(db, kinds, viewer, params.id)
  })
  route(app, contract.refuseProposal, async ({ office: db, viewer, params, body }) => {
    const matters = notingRefusals(params.id, body.matters)
    await office.refuseProposal(db, kinds, viewer, params.id, body.reason ?? null, matters)
    return office.readProposal(db, kinds, viewer, params.id)
  })
  route(app, contract.withdrawProposal, async ({ office: db, viewer, params }) => {
    await office.withdrawProposal(db, kinds, viewer, params.id)
    return office.readProposal(db, kinds, viewer, params.id)
  })
}
