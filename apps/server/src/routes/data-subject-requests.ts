import { Readable } from 'node:stream'
import * as contract from '@buergerdraht/contract'
import {
  type CopyFormat,
  choosePart,
  closeRequest,
  confirmIdentity,
  decideRedactions,
  decideRequest,
  erasureLetter,
  extendRequest,
  listCopyParts,
  listErasable,
  listRequests,
  makeCopy,
  openRequest,
  planErasure,
  previewErasure,
  readDeletionRun,
  restrictOnRequest,
  sendErasureLetter,
} from '@buergerdraht/custody'
import { listCorrections, markCorrection, withdrawCorrection } from '@buergerdraht/inbox'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { route } from '../http/route.ts'

const copies: Readonly<Record<CopyFormat, { readonly name: string; readonly type: string }>> = {
  zip: { name: 'daten.zip', type: 'application/zip' },
  json: { name: 'daten.json', type: 'application/json' },
  pdf: { name: 'auskunft.pdf', type: 'application/pdf' },
}

/** Saved, never shown by the page, and kept by nobody in between. */
function attached(
  reply: FastifyReply,
  { name, type }: { readonly name: string; readonly type: string },
  content: Uint8Array | string | AsyncIterable<Uint8Array>,
): FastifyReply {
  const isWhole = typeof content === 'string' || content instanceof Uint8Array
  return reply
    .headers({
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="${name}"`,
    })
    .type(type)
    .send(isWhole ? content : Readable.from(content, { objectMode: false }))
}

export function dataSubjectRequestRoutes(app: FastifyInstance): void {
  route(app, contract.listRequests, async ({ office, viewer, query }) => ({
    items: await listRequests(office, viewer, query),
  }))
  route(app, contract.openRequest, ({ office, viewer, body }) =>
    openRequest(office, viewer, body.conversationId, body),
  )
  route(app, contract.confirmIdentity, ({ office, viewer, params, body }) =>
    confirmIdentity(office, viewer, params.id, body.way),
  )
  route(app, contract.extendRequest, ({ office, viewer, params, body }) =>
    extendRequest(office, viewer, params.id, body),
  )
  route(app, contract.decideRequest, ({ office, viewer, params, body }) =>
    decideRequest(office, viewer, params.id, body),
  )
  route(app, contract.listErasable, ({ office, viewer, params, query }) =>
    listErasable(office, viewer, params.id, query),
  )
  route(app, contract.choosePart, ({ office, viewer, params, body }) =>
    choosePart(office, viewer, params.id, body),
  )
  route(app, contract.previewErasure, ({ office, viewer, params }) =>
    previewErasure(office, viewer, params.id),
  )
  route(app, contract.planErasure, async ({ office, viewer, params }) => {
    const run = await planErasure(office, app.proposalKinds, viewer, params.id)
    return readDeletionRun(office, viewer, run)
  })
  route(app, contract.listCopyParts, ({ office, viewer, params, query }) =>
    listCopyParts(office, viewer, params.id, query),
  )
  route(app, contract.decideCopyParts, async ({ office, viewer, params, body }) => {
    await decideRedactions(office, viewer, params.id, body.items)
    return undefined
  })
  route(app, contract.readCopy, async ({ office, viewer, params, query, reply }) =>
    attached(
      reply,
      copies[query.format],
      await makeCopy(office, viewer, params.id, query.format, query.matter ?? null),
    ),
  )
  route(app, contract.restrictOnRequest, ({ office, viewer, params, body }) =>
    restrictOnRequest(office, viewer, params.id, body),
  )
  route(app, contract.readErasureLetter, async ({ office, viewer, params, query, reply }) =>
    attached(
      reply,
      query.format === 'pdf'
        ? { name: 'loeschung.pdf', type: 'application/pdf' }
        : { name: 'loeschung.txt', type: 'text/plain; charset=utf-8' },
      await erasureLetter(office, app.ledgerFolder, viewer, params.id, query.format),
    ),
  )
  route(app, contract.sendErasureLetter, async ({ office, viewer, params, body }) => {
    await sendErasureLetter(office, app.ledgerFolder, viewer, params.id, body.clientId)
    return undefined
  })
  route(app, contract.markCorrection, async ({ office, viewer, params, body }) => {
    await markCorrection(office, viewer, params.id, body)
    return undefined
  })
  route(app, contract.withdrawCorrection, async ({ office, viewer, params, body }) => {
    await withdrawCorrection(
      office,
      viewer,
      { conversationId: params.id, correctionId: params.correctionId },
      body,
    )
    return undefined
  })
  route(app, contract.listCorrections, async ({ office, viewer, params }) => ({
    items: await listCorrections(office, viewer, params.id),
  }))
  route(app, contract.closeRequest, ({ office, viewer, params, body }) =>
    closeRequest(office, viewer, params.id, body.personInformed),
  )
}
