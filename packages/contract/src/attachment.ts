import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/**
 * `pending`: being fetched or checked. `quarantined`: a type we do not show, or content that is not what was stated.
 * `failed`: it cannot be loaded (no usable id, refused by the provider).
 */
export const attachmentStates = [
  'pending',
  'ready',
  'expired',
  'too-large',
  'infected',
  'quarantined',
  'failed',
] as const

/**
 * Why a file is held back. `dangerous-type`: none that is shown, or one that runs. `active-content`: macros or scripts in it.
 * `external-content`: it would fetch something when it is opened. `embedded-object`: another file in it. `hidden-program`: it pretends to
 * be something else. `too-many-pixels`: a picture of more than 100 megapixels. `unreadable`: encrypted, damaged, or nothing that can be looked into. `integrity`: not what was stated.
 */
export const quarantines = [
  'dangerous-type',
  'active-content',
  'external-content',
  'embedded-object',
  'hidden-program',
  'too-many-pixels',
  'unreadable',
  'integrity',
] as const

export const Attachment = z.object({
  id: z.uuid(),
  kind: z.enum(['image', 'video', 'audio', 'voice', 'document', 'sticker']),
  state: z.enum(attachmentStates),
  /** Why it is quarantined. */
  quarantine: z.enum(quarantines).nullable(),
  /** As seen in the bytes once ready; as claimed before. */
  mediaType: z.string(),
  /** Safe to show and to save under. */
  fileName: z.string(),
  sizeBytes: z.int().nullable(),
  /** There is a picture of it: an image's thumbnail, a PDF's first page (WebP). */
  preview: z.object({ width: z.int(), height: z.int() }).nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  pages: z.int().nullable(),
  durationMs: z.int().nullable(),
  /** 64 loudness values, 0 to 100. */
  waveform: z.array(z.int()).nullable(),
})
export type Attachment = z.infer<typeof Attachment>

const params = z.object({ id: z.uuid() })

/** An upload, and what a photo was before it was made as small as WhatsApp takes it; null: it goes as it is. */
export const Upload = Attachment.extend({
  scaledFrom: z.object({ sizeBytes: z.int(), width: z.int(), height: z.int() }).nullable(),
})
export type Upload = z.infer<typeof Upload>

/** One file per request, field `file`, and before it `conversationId`; `as` with `document` sends a picture as it is, not scaled. Unused uploads go after a day. */
export const uploadAttachment = endpoint({
  method: 'POST',
  path: '/attachments',
  summary: 'Upload a file to send with a reply.',
  access: 'answer-citizens',
  body: 'multipart',
  parts: z.object({ conversationId: z.uuid(), as: z.literal('document').optional(), file: z.file() }),
  status: 201,
  reply: Upload,
  refusals: [
    'too-large',
    'film-too-large',
    'document-too-large',
    'picture-too-large',
    'file-held-back',
    'media-type-refused',
  ],
})

/** Why a file is saved, and not only looked at. */
export const downloadReasons = ['filing', 'processing', 'other-authority', 'not-readable-here'] as const
export type DownloadReason = (typeof downloadReasons)[number]

/**
 * Answers range requests; always `nosniff`, inline only for types that cannot run. `download`, and every type that the page does not show
 * by itself, is a download: it takes a reason, and is allowed to the roles that the office has named.
 */
export const readAttachment = endpoint({
  method: 'GET',
  path: '/attachments/:id/content',
  summary: 'The bytes of an attachment.',
  access: 'open-files',
  params,
  query: z.object({ download: z.stringbool().optional(), reason: z.enum(downloadReasons).optional() }),
  status: 200,
  reply: 'stream',
  refusals: ['attachment-not-ready', 'range-not-satisfiable', 'download-not-allowed'],
})

export const readPreview = endpoint({
  method: 'GET',
  path: '/attachments/:id/preview',
  summary: 'The picture of an attachment, WebP.',
  access: 'open-files',
  params,
  status: 200,
  reply: 'stream',
  refusals: ['attachment-not-ready'],
})

/** Of a longer document these are shown; the rest is read in the file itself. */
export const maxShownPages = 500

/** Drawn when it is asked for, and not kept. */
export const readPage = endpoint({
  method: 'GET',
  path: '/attachments/:id/pages/:page',
  summary: 'A page of a PDF as a picture, WebP.',
  access: 'open-files',
  params: params.extend({ page: z.coerce.number().int().min(1).max(maxShownPages) }),
  status: 200,
  reply: 'stream',
  refusals: ['attachment-not-ready', 'page-not-drawable', 'too-many-requests'],
})
