import type { MediaKind, MessageContent, SharedContact } from '../event.ts'
import { mediaReferenceOf } from './media-reference.ts'
import {
  codeWordOf,
  elementsOf,
  errorCodeOf,
  nonEmptyTextOf,
  numberOf,
  objectOf,
  textOf,
  type Untrusted,
  unquotedIdOf,
} from './untrusted.ts'
import type {
  WireInteractive,
  WireLocation,
  WireMedia,
  WireMessage,
  WireMessageBody,
  WireSharedContact,
} from './wire-format.ts'

type Order = NonNullable<WireMessage['order']>

/** Keys that would reach an object's prototype if they were ever copied by assignment. */
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * The content of a message, an edit or an echo. Whatever cannot be represented, be it a type invented tomorrow or a
 * known type without its payload, becomes `unsupported`: the clerk must see that something came.
 */
export function contentOf(message: Untrusted<WireMessageBody>): MessageContent {
  return representedContentOf(message) ?? unsupported(message)
}

function representedContentOf(message: Untrusted<WireMessageBody>): MessageContent | null {
  switch (message.type) {
    case 'text': {
      const text = textOf(objectOf<{ body: string }>(message.text)?.body)
      return text === null ? null : { kind: 'text', text }
    }
    case 'image':
      return mediaContent('image', message.image)
    case 'video':
      return mediaContent('video', message.video)
    case 'audio':
      return mediaContent(
        objectOf<WireMedia>(message.audio)?.voice === true ? 'voice' : 'audio',
        message.audio,
      )
    case 'document':
      return mediaContent('document', message.document)
    case 'sticker':
      return mediaContent('sticker', message.sticker)
    case 'location':
      return locationContent(message.location)
    case 'contacts':
      return contactsContent(message.contacts)
    case 'interactive':
      return interactiveContent(message.interactive)
    case 'button':
      return buttonContent(message.button)
    case 'order':
      return orderContent(message.order)
    case 'template': {
      const name = nonEmptyTextOf(objectOf<{ name: string }>(message.template)?.name)
      return name === null ? null : { kind: 'template', text: null, name }
    }
    default:
      return null
  }
}

function unsupported(message: Untrusted<WireMessageBody>): MessageContent {
  const detail = codeWordOf(objectOf<{ type: string }>(message.unsupported)?.type)
  return {
    kind: 'unsupported',
    type: detail ?? codeWordOf(message.type) ?? 'unknown',
    errorCode: errorCodeOf(message.errors),
  }
}

function mediaContent(kind: MediaKind, value: unknown): MessageContent | null {
  const media = objectOf<WireMedia>(value)
  return media && { kind, text: nonEmptyTextOf(media.caption), media: mediaReferenceOf(kind, media) }
}

function locationContent(value: unknown): MessageContent | null {
  const location = objectOf<WireLocation>(value)
  const latitude = numberOf(location?.latitude)
  const longitude = numberOf(location?.longitude)
  if (latitude === null || longitude === null) return null
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null
  return {
    kind: 'location',
    latitude,
    longitude,
    name: nonEmptyTextOf(location?.name),
    address: nonEmptyTextOf(location?.address),
    url: nonEmptyTextOf(location?.url),
  }
}

function contactsContent(value: unknown): MessageContent | null {
  const contacts = elementsOf(value).flatMap((element): SharedContact | [] => {
    const contact = objectOf<WireSharedContact>(element)
    if (!contact) return []
    const name = objectOf<NonNullable<WireSharedContact['name']>>(contact.name)
    const parts = [nonEmptyTextOf(name?.first_name), nonEmptyTextOf(name?.last_name)].filter(Boolean)
    return {
      name: nonEmptyTextOf(name?.formatted_name) ?? (parts.join(' ') || null),
      phones: elementsOf(contact.phones).flatMap((element) => {
        const phone = objectOf<{ phone: string; wa_id: string }>(element)
        return nonEmptyTextOf(phone?.phone) ?? unquotedIdOf(phone?.wa_id) ?? []
      }),
      emails: elementsOf(contact.emails).flatMap(
        (email) => nonEmptyTextOf(objectOf<{ email: string }>(email)?.email) ?? [],
      ),
      organisation: nonEmptyTextOf(objectOf<{ company: string }>(contact.org)?.company),
      requested: contact.origin === 'contact_request',
    }
  })
  return contacts.length === 0 ? null : { kind: 'contacts', contacts }
}

function interactiveContent(value: unknown): MessageContent | null {
  const interactive = objectOf<WireInteractive>(value)
  switch (interactive?.type) {
    case 'button_reply':
      return choice(interactive.button_reply)
    case 'list_reply':
      return choice(interactive.list_reply)
    case 'nfm_reply':
      return formContent(objectOf<{ response_json: string }>(interactive.nfm_reply)?.response_json)
    case 'call_permission_reply': {
      const response = codeWordOf(objectOf<{ response: string }>(interactive.call_permission_reply)?.response)
      return response === null
        ? null
        : { kind: 'choice', id: 'call_permission_reply', title: response, description: null }
    }
    default:
      return null
  }
}

function choice(value: unknown): MessageContent | null {
  const reply = objectOf<{ id: string; title: string; description: string }>(value)
  const id = unquotedIdOf(reply?.id)
  const title = nonEmptyTextOf(reply?.title)
  if (id === null && title === null) return null
  return {
    kind: 'choice',
    id: id ?? '',
    title: title ?? id ?? '',
    description: nonEmptyTextOf(reply?.description),
  }
}

function buttonContent(value: unknown): MessageContent | null {
  const button = objectOf<{ text: string; payload: string }>(value)
  return button && choice({ id: button.payload ?? button.text, title: button.text })
}

/**
 * A form's answers come as text that claims to be JSON, or as what it would say. Unreadable: `answers` is null and `raw`
 * is kept.
 */
function formContent(response: unknown): MessageContent | null {
  const raw = objectOf(response) ? jsonOf(response) : textOf(response)
  if (raw === null) return null
  try {
    const fields = objectOf<Record<string, unknown>>(JSON.parse(raw))
    return { kind: 'form', answers: fields && answersOf(fields), raw }
  } catch {
    // Not JSON, or nested so deeply that an answer cannot be written out again.
    return { kind: 'form', answers: null, raw }
  }
}

/** Null: nested so deeply that it cannot be written out. */
function jsonOf(value: unknown): string | null {
  try {
    return JSON.stringify(value)
  } catch {
    return null
  }
}

function answersOf(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  const answers: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) {
    if (prototypeKeys.has(name)) continue
    answers[textOf(name) ?? ''] = textOf(value) ?? JSON.stringify(value)
  }
  return answers
}

function orderContent(value: unknown): MessageContent | null {
  const order = objectOf<Order>(value)
  if (!order) return null
  const items = elementsOf(order.product_items).flatMap((element) => {
    const item = objectOf<{ product_retailer_id: string; quantity: number }>(element)
    const productId = unquotedIdOf(item?.product_retailer_id)
    return productId === null ? [] : { productId, quantity: numberOf(item?.quantity) }
  })
  return { kind: 'order', text: nonEmptyTextOf(order.text), items }
}
