import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import type { BspCredentials, UploadOutcome } from '../adapter.ts'
import { answerObjectOf, requestCloud } from './cloud-request.ts'
import { mediaIdForm, mediaTypeOf } from './media-reference.ts'
import type { CloudPreset } from './preset.ts'
import { type ErrorBody, refusalOf } from './refusal.ts'
import { unquotedIdOf } from './untrusted.ts'

export type UploadFile = {
  readonly body: AsyncIterable<Uint8Array>
  readonly sizeBytes: number
  readonly mediaType: string
  readonly fileName: string
}

/**
 * Uploads a file for sending by id (valid for 30 days, bound to this number). The file is streamed, never held in
 * memory; `body` is read once. An upload that nobody refers to harms nothing, so an unclear end is a `retry`.
 */
export async function uploadMediaFile(
  preset: CloudPreset,
  file: UploadFile,
  credentials: BspCredentials,
  signal: AbortSignal,
): Promise<UploadOutcome> {
  const form = multipartForm(file)
  const answer = await requestCloud(preset.collectionUrl('media', credentials), {
    method: 'POST',
    headers: {
      ...preset.authorization(credentials),
      'content-type': `multipart/form-data; boundary=${form.boundary}`,
      'content-length': String(form.sizeBytes),
    },
    body: Readable.toWeb(Readable.from(form.parts())),
    duplex: 'half',
    signal,
  })
  if (answer.result !== 'answered') return { outcome: 'refused', refusal: 'retry', code: answer.code }
  const { response } = answer
  const body = await answerObjectOf<ErrorBody & { id: string }>(response)
  const mediaId = response.ok ? unquotedIdOf(body?.id) : null
  if (mediaId !== null && mediaIdForm.test(mediaId)) return { outcome: 'uploaded', mediaId }
  const refused = response.ok ? null : refusalOf(response.status, body)
  return { outcome: 'refused', ...(refused ?? { refusal: 'retry', code: `http-${response.status}` }) }
}

/** RFC 7578 with a known length: file servers between us and the BSP dislike chunked uploads. */
function multipartForm(file: UploadFile) {
  const boundary = `buergerdraht-${randomUUID()}`
  const mediaType = uploadTypeOf(file.mediaType)
  function field(name: string, value: string) {
    return `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  }
  const before = Buffer.from(
    field('messaging_product', 'whatsapp') +
      field('type', mediaType) +
      `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${quoted(file.fileName)}"\r\n` +
      `content-type: ${mediaType}\r\n\r\n`,
  )
  const after = Buffer.from(`\r\n--${boundary}--\r\n`)
  return {
    boundary,
    sizeBytes: before.length + file.sizeBytes + after.length,
    async *parts(): AsyncGenerator<Uint8Array> {
      yield before
      yield* file.body
      yield after
    },
  }
}

/** The Cloud API takes Opus in Ogg only where the codec is named ("Supported media types": base audio/ogg is not supported). */
function uploadTypeOf(mediaType: string): string {
  const base = mediaTypeOf(mediaType) ?? 'application/octet-stream'
  return base === 'audio/ogg' ? 'audio/ogg; codecs=opus' : base
}

/** A file name inside quotes, escaped as the WHATWG's form encoding does. */
function quoted(fileName: string): string {
  return fileName.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
