import type { BspCredentials, SendCommand, SendContent, SendOutcome } from '../adapter.ts'
import type { TemplateValue } from '../template.ts'
import { answerObjectOf, requestCloud } from './cloud-request.ts'
import type { CloudPreset } from './preset.ts'
import { type ErrorBody, refusalOf } from './refusal.ts'
import { elementsOf, messageIdOf, objectOf } from './untrusted.ts'

type SendAnswer = ErrorBody & {
  readonly messages?: readonly { readonly id: string }[]
}

/**
 * Sends one message. There is no idempotency key on this API: `ambiguous` (time-out, lost connection, 5xx without a
 * code, 2xx without an id) must not be sent again before a status with our own id has settled it.
 */
export async function sendMessage(
  preset: CloudPreset,
  command: SendCommand,
  credentials: BspCredentials,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const answer = await requestCloud(preset.collectionUrl('messages', credentials), {
    method: 'POST',
    headers: { ...preset.authorization(credentials), 'content-type': 'application/json' },
    body: JSON.stringify(messageBodyOf(command)),
    signal,
  })
  if (answer.result === 'unsent') return { outcome: 'refused', refusal: 'retry', code: answer.code }
  if (answer.result === 'unknown') return { outcome: 'ambiguous', code: answer.code }
  const { response } = answer
  const body = await answerObjectOf<SendAnswer>(response)
  if (response.ok) {
    const providerMessageId = messageIdOf(objectOf<{ id: string }>(elementsOf(body?.messages)[0])?.id)
    return providerMessageId === null
      ? { outcome: 'ambiguous', code: 'no-message-id' }
      : { outcome: 'accepted', providerMessageId }
  }
  const refused = refusalOf(response.status, body)
  return refused
    ? { outcome: 'refused', ...refused }
    : { outcome: 'ambiguous', code: `http-${response.status}` }
}

/** A person without a known number is addressed by `recipient`; with both keys `to` would win. */
function messageBodyOf({ recipient, ownId, content, replyToProviderId }: SendCommand): object {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...('phone' in recipient ? { to: recipient.phone } : { recipient: recipient.bsuid }),
    ...contentBodyOf(content),
    ...(replyToProviderId !== null && content.kind !== 'reaction'
      ? { context: { message_id: replyToProviderId } }
      : {}),
    biz_opaque_callback_data: ownId,
  }
}

function contentBodyOf(content: SendContent): object {
  switch (content.kind) {
    case 'text':
      // Without previews nobody crawls the links of a citizen's case.
      return { type: 'text', text: { body: content.text, preview_url: false } }
    case 'reaction':
      return {
        type: 'reaction',
        reaction: { message_id: content.targetProviderId, emoji: content.emoji },
      }
    case 'template':
      return { type: 'template', template: templateOf(content) }
    case 'voice':
      return { type: 'audio', audio: { id: content.mediaId, voice: true } }
    case 'audio':
    case 'sticker':
      return { type: content.kind, [content.kind]: { id: content.mediaId } }
    case 'image':
    case 'video':
      return { type: content.kind, [content.kind]: { id: content.mediaId, ...captionOf(content.caption) } }
    case 'document':
      return {
        type: 'document',
        document: {
          id: content.mediaId,
          ...captionOf(content.caption),
          ...(content.fileName === null ? {} : { filename: content.fileName }),
        },
      }
  }
}

function captionOf(caption: string | null): object {
  return caption === null || caption === '' ? {} : { caption }
}

function templateOf(content: Extract<SendContent, { kind: 'template' }>): object {
  const components = [
    ...componentOf('header', content.values),
    ...componentOf('body', content.values),
    ...content.values.flatMap((value) =>
      value.place === 'button'
        ? {
            type: 'button',
            sub_type: 'url',
            index: String(value.index),
            parameters: [{ type: 'text', text: singleLine(value.text) }],
          }
        : [],
    ),
  ]
  return {
    name: content.name,
    language: { code: content.language },
    ...(components.length > 0 ? { components } : {}),
  }
}

function componentOf(place: 'header' | 'body', values: readonly TemplateValue[]): readonly object[] {
  const parameters = values.flatMap((value) =>
    value.place === place
      ? {
          type: 'text',
          ...(value.name === null ? {} : { parameter_name: value.name }),
          text: singleLine(value.text),
        }
      : [],
  )
  return parameters.length > 0 ? [{ type: place, parameters }] : []
}

/** Parameters with line breaks, tabs or more than four spaces in a row are refused. */
function singleLine(text: string): string {
  return text.replaceAll(/[\r\n\t]+| {5,}/g, ' ')
}
