import { Readable } from 'node:stream'
import { Refusal, readAttachment, readPage, readPreview, uploadAttachment } from '@buergerdraht/contract'
import {
  attachmentKey,
  drawPage,
  type Inbox,
  maxUploadBytes,
  type OpenMedia,
  openMedia,
  presentAttachment,
  shownTypes,
  storeUpload,
} from '@buergerdraht/inbox'
import { asViewer, attachmentFor, recordActOn, recordOftenOn, type Viewer } from '@buergerdraht/office'
import multipart, { type MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { byteRange } from '../http/byte-range.ts'
import { contentDisposition } from '../http/content-disposition.ts'
import { route } from '../http/route.ts'
import { validate } from '../http/validate.ts'

/** Boundaries and the other fields around the file. */
const envelopeBytes = 16 * 1024

/**
 * A file is shown by our page, never a page itself: whatever is in it has no origin, no scripts and no
 * network.
 */
const fileHeaders = {
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'private, no-store',
  'accept-ranges': 'bytes',
} as const

/**
 * Sends a file or the part that was asked for (RFC 9110 §14); a file never changes, so its id is its
 * validator.
 */
function sendMedia(
  request: FastifyRequest,
  reply: FastifyReply,
  media: OpenMedia,
  etag: string,
): FastifyReply {
  const { range: asked, 'if-range': ifRange } = request.headers
  const range = byteRange(ifRange === undefined || ifRange === etag ? asked : undefined, media.sizeBytes)
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${media.sizeBytes}`)
    throw new Refusal('range-not-satisfiable')
  }
  const { start, end } = range === 'whole' ? { start: 0, end: media.sizeBytes } : range
  if (range !== 'whole')
    reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${media.sizeBytes}`)
  const body = Readable.from(media.stream(start, end), { objectMode: false })
  // Also when the browser hangs up before the first byte.
  body.once('close', () => void media.close())
  return reply
    .headers(fileHeaders)
    .header('etag', etag)
    .header('content-length', end - start)
    .type(media.mediaType)
    .send(body)
}

async function sendOrClose(media: OpenMedia, send: () => FastifyReply): Promise<FastifyReply> {
  try {
    return send()
  } catch (error) {
    await media.close()
    throw error
  }
}

/**
 * What goes wrong while reading it is the sender's: a body that is none, too many parts, a line that broke.
 */
function unreadable(error: unknown): Refusal {
  return error instanceof Refusal
    ? error
    : new Refusal('invalid-input', [{ path: 'file', fault: 'file-unreadable' }])
}

async function* fromBrowser(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of stream) yield piece
  } catch (error) {
    throw unreadable(error)
  }
}

const uploadFields = z.object({ conversationId: z.uuid(), as: z.literal('document').optional() })

async function fileOf(
  request: FastifyRequest,
): Promise<z.infer<typeof uploadFields> & { file: MultipartFile }> {
  if (!request.isMultipart()) throw new Refusal('encoding-refused')
  const fields: Record<string, unknown> = {}
  const parts = request.parts({
    limits: { files: 1, fields: 4, parts: 5, fieldSize: 1024, fileSize: maxUploadBytes + 1 },
  })
  try {
    for await (const part of parts) {
      if (part.type === 'field') fields[part.fieldname] = part.value
      else return { file: part, ...validate(uploadFields, fields) }
    }
  } catch (error) {
    throw unreadable(error)
  }
  throw new Refusal('invalid-input', [{ path: 'file', fault: 'missing' }])
}

/** Reads what is left of a body without looking, or the connection's next request would never be reached. */
function passOver({ raw }: FastifyRequest): void {
  raw.unpipe()
  raw.resume()
}

/** Finds it for whoever asks, and records that in the same transaction: a download each time, an opening, of which a player asks for many parts, now and then. */
function attachmentAsked(
  office: Inbox,
  viewer: Viewer,
  id: string,
  act: 'file-opened' | 'file-downloaded',
): Promise<Awaited<ReturnType<typeof attachmentFor>>> {
  return asViewer(office, viewer, async ({ tx, client }) => {
    const placed = await attachmentFor(tx, viewer, id)
    const event = { act, object: { kind: 'attachment', id: placed.attachment.id } } as const
    if (act === 'file-downloaded') await recordActOn(client, office.now(), viewer, event)
    else await recordOftenOn(client, office.now(), viewer, event)
    return placed
  })
}

/** Uploads, downloads and previews of attachments. A plugin: it brings its own reader of request bodies. */
export async function attachmentRoutes(app: FastifyInstance): Promise<void> {
  await app.register(multipart)

  route(app, uploadAttachment, async ({ office, viewer, request }) => {
    const stated = Number(request.headers['content-length'] ?? 0)
    if (stated > maxUploadBytes + envelopeBytes) throw new Refusal('document-too-large')
    try {
      const { conversationId, file, as } = await fileOf(request)
      return await storeUpload(office, viewer, {
        conversationId,
        fileName: file.filename || null,
        mediaType: file.mimetype.toLowerCase(),
        body: fromBrowser(file.file),
        asDocument: as === 'document',
      })
    } catch (error) {
      passOver(request)
      throw error
    }
  })

  route(app, readAttachment, async ({ office, viewer, params, query, request, reply }) => {
    const isDownload = query.download === true
    const act = isDownload ? 'file-downloaded' : 'file-opened'
    const placed = await attachmentAsked(office, viewer, params.id, act)
    const { attachment, conversation } = placed
    const { fileName } = presentAttachment(
      await attachmentKey(office.keys, attachment, conversation.keyId),
      attachment,
    )
    const media = await openMedia(office, placed)
    const shown = !isDownload && shownTypes.get(media.mediaType)?.inline === true
    reply.header('content-disposition', contentDisposition(shown ? 'inline' : 'attachment', fileName))
    return sendOrClose(media, () => sendMedia(request, reply, media, `"${attachment.id}"`))
  })

  route(app, readPreview, async ({ office, viewer, params, request, reply }) => {
    const placed = await asViewer(office, viewer, ({ tx }) => attachmentFor(tx, viewer, params.id))
    const media = await openMedia(office, placed, 'preview')
    reply.header('content-disposition', 'inline')
    return sendOrClose(media, () => sendMedia(request, reply, media, `"${placed.attachment.id}-preview"`))
  })

  route(app, readPage, async ({ office, viewer, params, reply }) => {
    const placed = await attachmentAsked(office, viewer, params.id, 'file-opened')
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const picture = await drawPage(office, viewer.accountId, placed, params.page, gone.signal)
    return reply
      .headers({ ...fileHeaders, 'content-disposition': 'inline' })
      .type('image/webp')
      .send(picture)
  })
}
