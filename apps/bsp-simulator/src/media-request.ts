import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { fault, faultOf } from './bad-request.ts'
import type { FileKind } from './message.ts'
import { oggFromWebm } from './ogg-opus.ts'
import { sampleNames, sampleOf } from './samples.ts'
import { uploadedFile } from './uploaded-file.ts'

const replyTo = z.string().nullable().default(null)

const fileKinds = ['image', 'video', 'audio', 'voice', 'document', 'sticker'] as const
const fileSchema = z
  .object({
    base64: z.base64(),
    mediaType: z.string(),
    kind: z.enum(fileKinds).optional(),
    fileName: z.string().nullable().default(null),
    caption: z.string().nullable().default(null),
    replyTo,
  })
  .strict()
const sampleSchema = z
  .object({ sample: z.enum(sampleNames), caption: z.string().nullable().default(null), replyTo })
  .strict()

/** A file that a citizen sends, however it came. */
export type MediaFile = {
  readonly kind: FileKind
  readonly bytes: Buffer
  readonly mediaType: string
  readonly fileName: string | null
  readonly caption: string | null
  readonly replyTo: string | null
}

/** Reads a form, base64 in JSON, or the name of a sample. */
export async function mediaFileOf(request: FastifyRequest): Promise<MediaFile | { readonly fault: object }> {
  if (Buffer.isBuffer(request.body)) {
    const upload = await uploadedFile(request)
    if (!upload) return { fault: fault('file', 'a form with the field file is expected') }
    const { kind, caption, replyTo } = upload.fields
    return {
      ...voiceAsPhonesSend({
        kind: fileKinds.find((known) => known === kind) ?? kindOf(upload.mediaType),
        bytes: upload.bytes,
        mediaType: upload.mediaType,
      }),
      fileName: upload.fileName,
      caption: caption || null,
      replyTo: replyTo || null,
    }
  }
  const isSample = typeof request.body === 'object' && request.body !== null && 'sample' in request.body
  const parsed = (isSample ? sampleSchema : fileSchema).safeParse(request.body)
  if (!parsed.success) return { fault: faultOf(parsed.error) }
  const { data } = parsed
  if ('sample' in data) {
    return { ...sampleOf(data.sample), caption: data.caption, replyTo: data.replyTo }
  }
  return {
    kind: data.kind ?? kindOf(data.mediaType),
    bytes: Buffer.from(data.base64, 'base64'),
    mediaType: data.mediaType,
    fileName: data.fileName,
    caption: data.caption,
    replyTo: data.replyTo,
  }
}

type Recorded = Pick<MediaFile, 'kind' | 'bytes' | 'mediaType'>

/** Browsers record WebM, phones send Ogg; what cannot be repacked is no voice note but an audio file. */
function voiceAsPhonesSend(file: Recorded): Recorded {
  if (file.kind !== 'voice' || file.mediaType.startsWith('audio/ogg')) return file
  const bytes = oggFromWebm(file.bytes)
  return bytes ? { kind: 'voice', bytes, mediaType: 'audio/ogg; codecs=opus' } : { ...file, kind: 'audio' }
}

/** As phones file what is picked: pictures and films as such, everything else as a document. */
function kindOf(mediaType: string): FileKind {
  if (/^image\/(jpeg|png)/.test(mediaType)) return 'image'
  if (/^video\/(mp4|3gpp)/.test(mediaType)) return 'video'
  if (mediaType.startsWith('audio/')) return 'audio'
  return 'document'
}
