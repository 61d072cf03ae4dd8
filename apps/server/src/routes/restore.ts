import * as contract from '@buergerdraht/contract'
import {
  completeRestoreTask,
  ledgerGivingUp,
  listRestoreTasks,
  readBrokenLedger,
  readRestore,
  restoreRelease,
  takeRestoreTask,
} from '@buergerdraht/custody'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

export function restoreRoutes(app: FastifyInstance): void {
  route(app, contract.readRestore, async ({ office, viewer }) => ({
    restore: await readRestore(office, viewer),
    brokenLedger: await readBrokenLedger(office, viewer),
  }))
  route(app, contract.takeRestoreTask, async ({ office, viewer, params }) => {
    await takeRestoreTask(office, viewer, params.entry)
    return {}
  })
  route(app, contract.listRestoreTasks, ({ office, viewer, query }) =>
    listRestoreTasks(office, viewer, query.of),
  )
  route(app, contract.completeRestoreTask, async ({ office, viewer, params }) => {
    await completeRestoreTask(office, viewer, params.entry)
    return {}
  })
  route(app, contract.proposeRelease, async ({ office, viewer }) => {
    await restoreRelease.propose(office, app.proposalKinds, viewer)
    return {}
  })
  route(app, contract.proposeGivingUp, async ({ office, viewer }) => {
    await ledgerGivingUp.propose(office, app.proposalKinds, viewer)
    return {}
  })
  route(app, contract.approveGivingUp, async ({ office, viewer }) => {
    await ledgerGivingUp.approve(office, app.proposalKinds, viewer)
    return {}
  })
  route(app, contract.approveRelease, async ({ office, viewer }) => {
    await restoreRelease.approve(office, app.proposalKinds, viewer)
    return {}
  })
}
