import * as contract from '@buergerdraht/contract'
import { maxVerifiedBytes, Refusal, reasonHeader } from '@buergerdraht/contract'
import {
  listPackages,
  openingReason,
  packageKeys,
  readArchiveState,
  readPackage,
  takePackage,
  verifyUpload,
} from '@buergerdraht/custody'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { route } from '../http/route.ts'

function reasonOf({ headers }: FastifyRequest) {
  const stated = headers[reasonHeader]
  return openingReason(typeof stated === 'string' ? stated : undefined)
}

/** Keys come in fields before the file; the file is read as it arrives. */
async function verificationOf(
  app: FastifyInstance,
  request: FastifyRequest,
): Promise<contract.VerificationReport> {
  if (!request.isMultipart()) throw new Refusal('encoding-refused')
  const keys: string[] = []
  const parts = request.parts({
    limits: { files: 1, fields: 16, parts: 17, fieldSize: 4096, fileSize: maxVerifiedBytes + 1 },
  })
  try {
    for await (const part of parts) {
      if (part.type === 'file')
        return await verifyUpload(app.office, part.file, {
          given: keys,
          rootsFile: app.inspectedLogs.rootsFile,
          maxBytes: maxVerifiedBytes,
        })
      if (part.fieldname === 'key' && typeof part.value === 'string') keys.push(part.value)
    }
  } catch (error) {
    // What is left of the body is read without looking, or the connection's next request would never be reached.
    request.raw.unpipe()
    request.raw.resume()
    if (error instanceof Refusal) throw error
    throw new Refusal('invalid-input', [{ path: 'package', fault: 'file-unreadable' }])
  }
  throw new Refusal('invalid-input', [{ path: 'package', fault: 'missing' }])
}

/** What is sealed: for records management and audit. A plugin: it brings its own reader of request bodies. */
export async function archivePackageRoutes(app: FastifyInstance): Promise<void> {
  await app.register(multipart)
  const place = { archiveDir: app.archiveDir, rootsFile: app.inspectedLogs.rootsFile }

  route(app, contract.readArchiveState, ({ office, viewer }) => readArchiveState(office, viewer, app))
  route(app, contract.listPackages, ({ office, viewer, query }) => listPackages(office, viewer, query))
  route(app, contract.searchPackages, ({ office, viewer, body }) => listPackages(office, viewer, body))
  route(app, contract.readPackage, ({ office, viewer, params }) =>
    readPackage(office, viewer, place, params.id),
  )
  route(app, contract.readPackageContent, async ({ office, viewer, params, request, reply }) => {
    const { stream, sizeBytes } = await takePackage(office, viewer, place, params.id, reasonOf(request))
    return reply
      .headers({
        'cache-control': 'private, no-store',
        'content-length': sizeBytes,
        'content-disposition': `attachment; filename="${params.id}.zip"`,
      })
      .type('application/zip')
      .send(stream)
  })
  route(app, contract.readPackageKeys, async ({ office, viewer, params, request, reply }) => {
    reply.header('cache-control', 'private, no-store')
    return packageKeys(office, viewer, params.id, reasonOf(request))
  })
  route(app, contract.verifyPackage, ({ request }) => verificationOf(app, request))
}
