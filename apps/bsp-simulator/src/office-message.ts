import { z } from 'zod'
import type { BubbleContent, FileKind } from './message.ts'
import { type MessageTemplates, renderedTemplate } from './message-templates.ts'
import type { OfficeMessage } from './office-writes.ts'
import type { StoredFile, StoredMedia } from './stored-media.ts'

/** What `POST /messages` was asked for. */
export type Accepted = OfficeMessage & {
  readonly goesNowhere: boolean
}
type Read = { readonly readId: string; readonly typing: boolean }
type Refused = { readonly refusal: { readonly code: number; readonly text: string } }

const fileSchema = z.looseObject({
  id: z.string(),
  caption: z.string().max(1024).optional(),
  filename: z.string().optional(),
  voice: z.boolean().optional(),
})

const requestSchema = z.looseObject({
  messaging_product: z.literal('whatsapp'),
  status: z.literal('read').optional(),
  message_id: z.string().optional(),
  typing_indicator: z.looseObject({ type: z.literal('text') }).optional(),
  to: z.string().optional(),
  recipient: z.string().optional(),
  type: z.string().default('text'),
  context: z.looseObject({ message_id: z.string() }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
  text: z.looseObject({ body: z.string().min(1).max(4096) }).optional(),
  image: fileSchema.optional(),
  video: fileSchema.optional(),
  audio: fileSchema.optional(),
  document: fileSchema.optional(),
  sticker: fileSchema.optional(),
  reaction: z.looseObject({ message_id: z.string(), emoji: z.string() }).optional(),
  template: z
    .looseObject({
      name: z.string().regex(/^[a-z0-9_]+$/),
      language: z.looseObject({ code: z.string() }),
      components: z
        .array(
          z.looseObject({
            type: z.string(),
            index: z.string().optional(),
            parameters: z
              .array(z.looseObject({ text: z.string().optional(), parameter_name: z.string().optional() }))
              .default([]),
          }),
        )
        .default([]),
    })
    .optional(),
})
type Request = z.infer<typeof requestSchema>

const bsuidForm = /^[A-Z]{2}\./

/** Media types and sizes that the network takes; anything else fails after it was accepted, Ogg without its codec too. */
const limits: Readonly<Record<FileKind, { readonly types: RegExp; readonly bytes: number }>> = {
  image: { types: /^image\/(jpeg|png)$/, bytes: 5 * 2 ** 20 },
  video: { types: /^video\/(mp4|3gpp)$/, bytes: 16 * 2 ** 20 },
  audio: { types: /^audio\/(aac|amr|mpeg|mp4|ogg; ?codecs=opus)$/, bytes: 16 * 2 ** 20 },
  voice: { types: /^audio\/ogg; ?codecs=opus$/, bytes: 16 * 2 ** 20 },
  document: { types: /^[\w.+-]+\/[\w.+-]+$/, bytes: 100 * 2 ** 20 },
  sticker: { types: /^image\/webp$/, bytes: 500 * 2 ** 10 },
}

/** Reads a request to the sending API as strictly as the network does. */
export function readOfficeMessage(
  body: unknown,
  media: StoredMedia,
  templates: MessageTemplates,
): Accepted | Read | Refused {
  const parsed = requestSchema.safeParse(body)
  if (!parsed.success)
    return refusal(100, `Invalid parameter: ${parsed.error.issues[0]?.path.join('.') ?? ''}`)
  const request = parsed.data
  if (request.status === 'read') {
    return request.message_id === undefined
      ? refusal(131008, 'Required parameter is missing: message_id')
      : { readId: request.message_id, typing: request.typing_indicator !== undefined }
  }
  // With both keys `to` wins.
  const value = request.to ?? request.recipient
  if (value === undefined || value === '') return refusal(131008, 'Required parameter is missing: to')
  const content = contentOf(request, media, templates)
  if ('refusal' in content) return content
  return {
    addressed: { by: request.to === undefined ? 'bsuid' : 'phone', value: value.replace(/^\+/, '') },
    goesNowhere: request.to !== undefined && bsuidForm.test(request.to),
    content: content.content,
    isTemplate: request.type === 'template',
    replyTo: request.context?.message_id ?? null,
    opaqueData: request.biz_opaque_callback_data ?? null,
    failsWith: content.failsWith,
  }
}

type Content = { readonly content: OfficeMessage['content']; readonly failsWith: number | null }

function contentOf(request: Request, media: StoredMedia, templates: MessageTemplates): Content | Refused {
  switch (request.type) {
    case 'text':
      return request.text ? sound({ kind: 'text', text: request.text.body }) : missing('text')
    case 'reaction':
      return request.reaction
        ? sound({
            kind: 'reaction',
            targetId: request.reaction.message_id,
            emoji: request.reaction.emoji || null,
          })
        : missing('reaction')
    case 'template':
      return request.template ? templateContent(request.template, templates) : missing('template')
    case 'image':
    case 'video':
    case 'document':
    case 'sticker':
      return fileContent(request.type, request[request.type], media)
    case 'audio':
      return fileContent(request.audio?.voice ? 'voice' : 'audio', request.audio, media)
    default:
      return refusal(131051, 'Message type is not currently supported')
  }
}

function fileContent(
  kind: FileKind,
  reference: z.infer<typeof fileSchema> | undefined,
  media: StoredMedia,
): Content | Refused {
  if (!reference) return missing(kind)
  const file = media.find(reference.id)
  if (!file) return refusal(131009, 'Media ID is invalid or the media has expired')
  const content: BubbleContent = {
    kind,
    text: reference.caption ?? null,
    mediaId: file.id,
    mediaType: file.mediaType,
    fileName: reference.filename ?? null,
  }
  return { content, failsWith: suits(kind, file) ? null : 131053 }
}

function suits(kind: FileKind, file: StoredFile): boolean {
  return limits[kind].types.test(file.mediaType) && file.bytes.length <= limits[kind].bytes
}

function templateContent(
  template: NonNullable<Request['template']>,
  templates: MessageTemplates,
): Content | Refused {
  const parameters = template.components.flatMap(({ parameters }) => parameters.map(({ text }) => text ?? ''))
  if (parameters.some((text) => /[\n\t]| {5}/.test(text))) {
    return refusal(132018, 'Parameters may not contain line breaks, tabs or more than four spaces')
  }
  const known = templates.find(template.name, template.language.code)
  if (known?.status !== 'approved') return refusal(132001, 'Template name does not exist in the translation')
  const text = renderedTemplate(known, template.components)
  if (text === null)
    return refusal(132000, 'Number of parameters does not match the expected number of params')
  return sound({ kind: 'text', text })
}

function sound(content: OfficeMessage['content']): Content {
  return { content, failsWith: null }
}

function missing(parameter: string): Refused {
  return refusal(131008, `Required parameter is missing: ${parameter}`)
}

function refusal(code: number, text: string): Refused {
  return { refusal: { code, text } }
}
