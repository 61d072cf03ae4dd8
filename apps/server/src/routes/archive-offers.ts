import * as contract from '@buergerdraht/contract'
import {
  decideOffer,
  listArchiveOffers,
  listFormatsOf,
  offerList,
  offerMessage,
  offerToArchive,
  proposeWithdrawal,
  readAnswerFile,
  readArchiveOffer,
  withdrawalList,
} from '@buergerdraht/custody'
import type { FastifyInstance } from 'fastify'
import { contentDisposition } from '../http/content-disposition.ts'
import { route } from '../http/route.ts'

const mediaTypes = { pdf: 'application/pdf', csv: 'text/csv; charset=utf-8' } as const

export function archiveOfferRoutes(app: FastifyInstance): void {
  route(app, contract.listArchiveOffers, ({ office, viewer }) => listArchiveOffers(office, viewer))
  route(app, contract.offerToArchive, ({ office, viewer, body }) =>
    offerToArchive(office, viewer, body.proposals),
  )
  route(app, contract.readArchiveOffer, async ({ office, viewer, params }) => ({
    ...(await readArchiveOffer(office, viewer, params.id)),
    listFormats: listFormatsOf(app.handOverPlace),
  }))
  route(app, contract.readOfferList, async ({ office, viewer, params, query, reply }) => {
    const { format } = query
    if (format === 'xdomea') {
      const { fileName, content } = await offerMessage(office, viewer, app.handOverPlace, params.id)
      return reply
        .headers({
          'cache-control': 'private, no-store',
          'content-disposition': contentDisposition('attachment', fileName),
        })
        .type('application/zip')
        .send(content)
    }
    const list = await offerList(office, viewer, params.id, format)
    return reply
      .headers({
        'cache-control': 'private, no-store',
        'content-disposition': `attachment; filename="anbietungsliste.${format}"`,
      })
      .type(mediaTypes[format])
      .send(list)
  })
  route(app, contract.proposeWithdrawal, async ({ office, viewer, params, body }) => {
    await proposeWithdrawal(office, app.proposalKinds, viewer, params.id, body.reason)
    return {}
  })
  route(app, contract.readWithdrawal, async ({ office, viewer, params, reply }) => {
    const list = await withdrawalList(office, viewer, params.id)
    return reply
      .headers({
        'cache-control': 'private, no-store',
        'content-disposition': 'attachment; filename="zurueckgezogen.csv"',
      })
      .type(mediaTypes.csv)
      .send(list)
  })
  route(app, contract.readAnswerFile, async ({ office, viewer, params, body }) => ({
    decisions: await readAnswerFile(
      office,
      viewer,
      params.id,
      Buffer.from(body.file, 'base64'),
      body.basis ?? null,
    ),
  }))
  route(app, contract.decideOffer, ({ office, viewer, params, body }) =>
    decideOffer(office, viewer, params.id, body.decisions),
  )
}
