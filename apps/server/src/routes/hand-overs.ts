import * as contract from '@buergerdraht/contract'
import {
  confirmHandOver,
  downloadHandOver,
  listHandOvers,
  prepareHandOver,
  readHandOver,
  takeHandOverAnswer,
  withdrawHandOver,
} from '@buergerdraht/custody'
import type { FastifyInstance } from 'fastify'
import { contentDisposition } from '../http/content-disposition.ts'
import { route } from '../http/route.ts'

export function handOverRoutes(app: FastifyInstance): void {
  route(app, contract.listHandOvers, ({ office, viewer, query }) =>
    listHandOvers(office, viewer, app.handOverPlace, { of: query.of, packageId: query.package ?? null }),
  )
  route(app, contract.prepareHandOver, ({ office, viewer, body }) =>
    prepareHandOver(office, viewer, app.handOverPlace, body),
  )
  route(app, contract.readHandOver, ({ office, viewer, params }) => readHandOver(office, viewer, params.id))
  route(app, contract.downloadHandOver, async ({ office, viewer, params, body, reply }) => {
    const { fileName, content } = await downloadHandOver(
      office,
      viewer,
      app.handOverPlace,
      params.id,
      body.reason,
    )
    return reply
      .headers({
        'cache-control': 'private, no-store',
        'content-disposition': contentDisposition('attachment', fileName),
      })
      .type('application/zip')
      .send(content)
  })
  route(app, contract.confirmHandOver, ({ office, viewer, params, body }) =>
    confirmHandOver(office, viewer, params.id, body.reason),
  )
  route(app, contract.withdrawHandOver, ({ office, viewer, params }) =>
    withdrawHandOver(office, viewer, params.id),
  )
  route(app, contract.takeHandOverAnswer, ({ office, viewer, body }) =>
    takeHandOverAnswer(office, viewer, Buffer.from(body.file, 'base64')),
  )
}
