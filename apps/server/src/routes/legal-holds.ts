import * as contract from '@buergerdraht/contract'
import {
  holdConversation,
  listHolds,
  proposeLifting,
  readHold,
  reviewHold,
  setHold,
} from '@buergerdraht/custody'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function legalHoldRoutes(app: FastifyInstance): void {
  route(app, contract.listHolds, async ({ office, viewer }) => ({ items: await listHolds(office, viewer) }))
  route(app, contract.setHold, async ({ office, viewer, body }) => {
    const id = await setHold(office, viewer, body.scope, body.protection)
    return readHold(office, viewer, id)
  })
  route(app, contract.holdConversation, async ({ office, viewer, params, body }) => {
    await holdConversation(office, viewer, params.id, body)
    return undefined
  })
  route(app, contract.reviewHold, async ({ office, viewer, params, body }) => {
    await reviewHold(office, viewer, params.id, body.reviewOn)
    return readHold(office, viewer, params.id)
  })
  route(app, contract.proposeLifting, ({ office, viewer, params, body }) =>
    proposeLifting(office, app.proposalKinds, viewer, params.id, body.personInformed),
  )
}
