import * as contract from '@buergerdraht/contract'
import { proposePrivacyNotice, readPrivacyNotice } from '@buergerdraht/inbox'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function privacyNoticeRoutes(app: FastifyInstance): void {
  route(app, contract.readPrivacyNotice, async ({ office, viewer }) => ({
    ...(await readPrivacyNotice(office, viewer)),
    authority: app.handOverPlace.authority,
  }))
  route(app, contract.proposePrivacyNotice, async ({ office, viewer, body }) => {
    await proposePrivacyNotice(office, app.proposalKinds, viewer, body)
    return {}
  })
}
