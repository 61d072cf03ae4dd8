import * as contract from '@buergerdraht/contract'
import { documentFile, issueDocument, listDocuments } from '@buergerdraht/custody'
import type { FastifyInstance } from 'fastify'
import { route } from '../http/route.ts'

const mediaTypes = { pdf: 'application/pdf', md: 'text/markdown; charset=utf-8' } as const
const fileNames = {
  'deletion-concept': 'loeschkonzept',
  'processing-record': 'verarbeitungsverzeichnis',
  'security-measures': 'massnahmen',
  'impact-assessment': 'folgenabschaetzung-geruest',
} as const satisfies Record<contract.DocumentKind, string>

export function documentRoutes(app: FastifyInstance): void {
  route(app, contract.listDocuments, ({ office, viewer }) => listDocuments(office, app.installation, viewer))
  route(app, contract.issueDocument, async ({ office, viewer, params, body }) => ({
    number: await issueDocument(office, app.installation, viewer, params.kind, body.after),
  }))
  route(app, contract.readDocument, async ({ office, viewer, params, query, reply }) => {
    const { kind, number } = params
    const { format } = query
    const file = await documentFile(office, app.installation, viewer, kind, number, format)
    const which = number === 'draft' ? 'entwurf' : `ausgabe-${number}`
    return reply
      .headers({
        'cache-control': 'private, no-store',
        'content-disposition': `attachment; filename="${fileNames[kind]}-${which}.${format}"`,
      })
      .type(mediaTypes[format])
      .send(file)
  })
}
