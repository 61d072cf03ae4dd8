import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type * as contract from '@buergerdraht/contract'
import { Refusal, readAttachment, readPage, readPreview, uploadAttachment } from '@buergerdraht/contract'
import {
  attachmentKey,
  drawPage,
  type Inbox,
  maxUploadBytes,
  type OpenMedia,
  openMedia,
  opensInPage,
  presentAttachment,
  shownTypes,
  storeUpload,
} from '@buergerdraht/inbox'
import {
  type AttachmentRow,
  asViewer,
  attachmentFor,
  type LiveSession,
  recordActOn,
  recordOftenOn,
  type Viewer,
} from '@buergerdraht/office'
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

/** A file that is to be saved: why, and the mark it bears from then on. */
type Download = { readonly reason: contract.DownloadReason; readonly mark: string }

/** Finds it for whoever asks, and records that in the same transaction: a download each time, an opening, of which a player asks for many parts, now and then. */
function attachmentAsked(
  office: Inbox,
  viewer: Viewer,
  id: string,
  downloadOf: (attachment: AttachmentRow) => Download | null = () => null,
): Promise<{ placed: Awaited<ReturnType<typeof attachmentFor>>; download: Download | null }> {
  return asViewer(office, viewer, async ({ tx, client }) => {
    const placed = await attachmentFor(tx, viewer, id)
    const object = { kind: 'attachment', id: placed.attachment.id } as const
    const download = downloadOf(placed.attachment)
    if (download === null) await recordOftenOn(client, office.now(), viewer, { act: 'file-opened', object })
    else await recordActOn(client, office.now(), viewer, { act: 'file-downloaded', object, facts: download })
    return { placed, download }
  })
}

/**
 * What is wanted to be saved may be, or is refused; null: it is only looked at. What the page does not show by itself would be saved.
 * @throws Refusal `download-not-allowed`, `invalid-input` without a reason
 */
function downloadAsked(
  { session }: LiveSession,
  { download, reason }: { download?: boolean | undefined; reason?: contract.DownloadReason | undefined },
  { mediaType, sizeBytes }: Pick<AttachmentRow, 'mediaType' | 'sizeBytes'>,
): Download | null {
  if (download !== true && opensInPage(mediaType, Number(sizeBytes ?? 0))) return null
  if (!session.mayDownload) throw new Refusal('download-not-allowed')
  if (reason === undefined) throw new Refusal('invalid-input', [{ path: 'reason', fault: 'missing' }])
  return { reason, mark: `bd-${randomBytes(4).toString('hex')}` }
}

/** By the mark in a file's name its entry in the audit log is found: who saved it, when and why. */
function marked(fileName: string, { mark }: Download): string {
  const dot = fileName.lastIndexOf('.')
  return dot <= 0 ? `${fileName}.${mark}` : `${fileName.slice(0, dot)}.${mark}${fileName.slice(dot)}`
}

/** Somebody wanted to save what they may only look at. */
async function recordRefusal(office: Inbox, viewer: Viewer, id: string, error: unknown): Promise<never> {
  if (error instanceof Refusal && error.code === 'download-not-allowed') {
    const object = { kind: 'attachment', id } as const
    const facts = { reason: error.code }
    await asViewer(office, viewer, ({ client }) =>
      recordOftenOn(client, office.now(), viewer, { act: 'refused', object, facts }),
    )
  }
  throw error
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

  route(app, readAttachment, async ({ office, viewer, liveSession, params, query, request, reply }) => {
    const { placed, download } = await attachmentAsked(office, viewer, params.id, (attachment) =>
      downloadAsked(liveSession, query, attachment),
    ).catch((error: unknown) => recordRefusal(office, viewer, params.id, error))
    const { attachment, conversation } = placed
    const { fileName } = presentAttachment(
      await attachmentKey(office.keys, attachment, conversation.keyId),
      attachment,
    )
    const media = await openMedia(office, placed)
    const shown = download === null && shownTypes.get(media.mediaType)?.inline === true
    const name = download === null ? fileName : marked(fileName, download)
    reply.header('content-disposition', contentDisposition(shown ? 'inline' : 'attachment', name))
    return sendOrClose(media, () => sendMedia(request, reply, media, `"${attachment.id}"`))
  })

  route(app, readPreview, async ({ office, viewer, params, request, reply }) => {
    const placed = await asViewer(office, viewer, ({ tx }) => attachmentFor(tx, viewer, params.id))
    const media = await openMedia(office, placed, 'preview')
    reply.header('content-disposition', 'inline')
    return sendOrClose(media, () => sendMedia(request, reply, media, `"${placed.attachment.id}-preview"`))
  })

  route(app, readPage, async ({ office, viewer, params, reply }) => {
    const { placed } = await attachmentAsked(office, viewer, params.id)
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    const picture = await drawPage(office, viewer.accountId, placed, params.page, gone.signal)
    return reply
      .headers({ ...fileHeaders, 'content-disposition': 'inline' })
      .type('image/webp')
      .send(picture)
  })
}
