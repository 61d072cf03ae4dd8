import * as contract from '@buergerdraht/contract'
import {
  askForCatalogue,
  askForCoverage,
  askProcessorAgain,
  catalogueRequestMessage,
  filingPlanFile,
  listAtProcessors,
  listCatalogueRequests,
  listDueObjects,
  listLedgerEntries,
  previewRule,
  proposeArchiveAgreement,
  proposeFilingPlan,
  proposeRule,
  proposeSigning,
  readArchiveAgreement,
  readCatalogue,
  readCoverage,
  readDue,
  readFilingPlan,
  readLedgerState,
} from '@buergerdraht/custody'
import type { FastifyInstance } from 'fastify'
import { contentDisposition } from '../http/content-disposition.ts'
import { route } from '../http/route.ts'

export function retentionRoutes(app: FastifyInstance): void {
  route(app, contract.readCoverage, ({ office, viewer }) => readCoverage(office, viewer))
  route(app, contract.askForCoverage, async ({ office, viewer }) => {
    await askForCoverage(office, viewer)
    return {}
  })
  route(app, contract.readDue, ({ office, viewer }) => readDue(office, viewer))
  route(app, contract.listDueObjects, ({ office, viewer, query }) => listDueObjects(office, viewer, query))
  route(app, contract.readCatalogue, ({ office, viewer }) => readCatalogue(office, viewer))
  route(app, contract.previewRule, ({ office, viewer, params, body }) =>
    previewRule(office, viewer, params.cluster, body.periods),
  )
  route(app, contract.proposeRule, async ({ office, viewer, params, body }) => {
    await proposeRule(office, app.proposalKinds, viewer, params.cluster, body.periods)
    return {}
  })
  route(app, contract.readFilingPlan, ({ office, viewer }) => readFilingPlan(office, viewer))
  route(app, contract.readFilingPlanFile, ({ body }) => filingPlanFile(Buffer.from(body.file, 'base64')))
  route(app, contract.proposeFilingPlan, async ({ office, viewer, body }) => {
    await proposeFilingPlan(office, app.proposalKinds, viewer, body)
    return {}
  })
  route(app, contract.readArchiveAgreement, ({ office, viewer }) => readArchiveAgreement(office, viewer))
  route(app, contract.proposeArchiveAgreement, async ({ office, viewer, body }) => {
    await proposeArchiveAgreement(office, app.proposalKinds, viewer, body)
    return {}
  })
  route(app, contract.listCatalogueRequests, ({ office, viewer }) =>
    listCatalogueRequests(office, viewer, app.handOverPlace),
  )
  route(app, contract.askForCatalogue, ({ office, viewer, body }) =>
    askForCatalogue(office, viewer, app.handOverPlace, body.way),
  )
  route(app, contract.catalogueRequestMessage, async ({ office, viewer, params, reply }) => {
    const { fileName, content } = await catalogueRequestMessage(office, viewer, app.handOverPlace, params.id)
    return reply
      .headers({
        'cache-control': 'private, no-store',
        'content-disposition': contentDisposition('attachment', fileName),
      })
      .type('application/zip')
      .send(content)
  })
  route(app, contract.askProcessorAgain, async ({ office, viewer, params }) => {
    await askProcessorAgain(office, viewer, params.id)
    return undefined
  })
  route(app, contract.listAtProcessors, ({ office, viewer, query }) =>
    listAtProcessors(office, viewer, query.of),
  )
  route(app, contract.listLedgerEntries, ({ office, viewer, query }) =>
    listLedgerEntries(office, viewer, app.ledgerFolder, {
      broken: query.broken ?? null,
      end: query.cursor === undefined ? null : Number(query.cursor),
      limit: query.limit,
    }),
  )
  route(app, contract.readLedgerState, ({ office, viewer }) =>
    readLedgerState(office, viewer, app.ledgerFolder),
  )
  route(app, contract.proposeSigning, async ({ office, viewer }) => {
    await proposeSigning(office, app.proposalKinds, viewer)
    return {}
  })
}
