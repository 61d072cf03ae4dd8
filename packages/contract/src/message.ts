import { z } from 'zod'
import { Attachment } from './attachment.ts'
import { endpoint } from './endpoint.ts'

export const messageKinds = [
  'text',
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contacts',
  'choice',
  'form',
  'order',
  'template',
  'system',
  'unsupported',
  /** An answer of the office that went another way than through WhatsApp. */
  'elsewhere',
] as const

/** Inbound is always `received`. `unknown`: the provider's answer was lost; a clerk must decide. `elsewhere`: it went another way, and was never sent from here. */
export const messageStatuses = [
  'received',
  'queued',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
  'unknown',
  'elsewhere',
] as const
export type MessageStatus = (typeof messageStatuses)[number]

/** Why a message was not delivered, as far as a clerk can do something about it. */
export const failureReasons = [
  'window-closed',
  'undeliverable',
  'payment',
  'number-stopped',
  'rate-limited',
  'marketing-refused',
  'media-refused',
  'template-refused',
  'identity-changed',
  'needs-phone-number',
  'content-refused',
  'provider-down',
  /** It still waited when the office decided to receive only. */
  'receives-only',
  'other',
] as const
export type FailureReason = (typeof failureReasons)[number]

export const systemEvents = [
  'number-changed',
  'user-id-changed',
  'identity-key-changed',
  'identity-conflict',
  'call-attempted',
  'claimed',
  'released',
  'closed',
  'reopened',
  /** Something happened in an earlier matter of the same person, while this one was open: it counts as said here. */
  'earlier-matter',
  /** The office has told the citizen about their data (Art. 13 GDPR); it answers nothing. */
  'privacy-notice',
  'other',
] as const

/** What has brought a closed matter back without anybody asking for it. */
export const causes = ['edited', 'revoked', 'not-delivered', 'outcome-unknown'] as const
export type Cause = (typeof causes)[number]

/** How somebody is answered elsewhere than in the chat. */
export const elsewhereWays = ['phone', 'email', 'sms', 'letter', 'in-person'] as const
export type ElsewhereWay = (typeof elsewhereWays)[number]

const text = z.string()

/** What a kind carries besides its text. */
export const MessageDetails = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('location'),
    latitude: z.number(),
    longitude: z.number(),
    name: text.nullable(),
    address: text.nullable(),
    /** As {@link webLink} lets it through; null when the citizen sent something else. */
    url: text.nullable(),
  }),
  z.object({
    kind: z.literal('contacts'),
    contacts: z.array(
      z.object({
        name: text.nullable(),
        phones: z.array(text),
        emails: z.array(text),
        organisation: text.nullable(),
        requested: z.boolean(),
      }),
    ),
  }),
  z.object({ kind: z.literal('choice'), title: text, description: text.nullable() }),
  /** `answers` is null when the form could not be read. */
  z.object({ kind: z.literal('form'), answers: z.record(text, text).nullable() }),
  z.object({
    kind: z.literal('order'),
    items: z.array(z.object({ productId: text, quantity: z.number().nullable() })),
  }),
  /** `text` of the message has header, body and footer as they were sent. */
  z.object({ kind: z.literal('template'), name: text, buttons: z.array(text) }),
  z.object({
    kind: z.literal('system'),
    event: z.enum(systemEvents),
    /** Display name of the clerk who did it, where somebody did. */
    by: text.nullable(),
    /** Why, where somebody said so. */
    reason: text.nullable(),
    /** What happened, where the line came by itself: `reopened` or `earlier-matter`. */
    cause: z.enum(causes).nullable(),
    /** Of `earlier-matter`: where it happened. */
    earlier: z.object({ conversationId: z.uuid(), messageId: z.uuid() }).nullable(),
    /** Of `privacy-notice`: which version; `text` of the message is what was sent. */
    notice: z.int().exactOptional(),
  }),
  /** `type` is the provider's word; `unavailable`: the content exists only on the citizen's phone. */
  z.object({ kind: z.literal('unsupported'), type: text, unavailable: z.boolean() }),
  /** `text` of the message is what was said, where somebody noted it. */
  z.object({ kind: z.literal('elsewhere'), way: z.enum(elsewhereWays) }),
])
export type MessageDetails = z.infer<typeof MessageDetails>

export const Reaction = z.object({ from: z.enum(['citizen', 'office']), emoji: text })

export const Quote = z.object({
  /** Null: the quoted message is not, or no longer, here. */
  id: z.uuid().nullable(),
  direction: z.enum(['inbound', 'outbound']).nullable(),
  kind: z.enum(messageKinds).nullable(),
  text: text.nullable(),
  /** It was edited since: `text` is what it said when it was quoted. */
  outdated: z.boolean(),
})

export const Message = z.object({
  id: z.uuid(),
  /** What was said last with it: its id, or that of its newest edit or revocation. Grows in the order of arrival. */
  statementId: z.uuid(),
  conversationId: z.uuid(),
  direction: z.enum(['inbound', 'outbound']),
  kind: z.enum(messageKinds),
  /** Text, caption or null. A revoked message has none. */
  text: text.nullable(),
  details: MessageDetails.nullable(),
  /** By the sender's clock (WhatsApp's), where credible; order and window follow it. */
  sentAt: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  /** It reached us noticeably later than it was sent. */
  late: z.boolean(),
  status: z.enum(messageStatuses),
  /** When each state was reached, by the provider's clock. */
  statusAt: z.object({
    sent: z.iso.datetime().nullable(),
    delivered: z.iso.datetime().nullable(),
    read: z.iso.datetime().nullable(),
    failed: z.iso.datetime().nullable(),
  }),
  failure: z
    .object({
      reason: z.enum(failureReasons),
      /** The provider's own code, for the administrators. */
      code: text,
      /** Sending the same again by hand may work. */
      retryable: z.boolean(),
    })
    .nullable(),
  /** A clerk has decided about a failed or uncertain message: nothing more is asked. */
  settledAt: z.iso.datetime().nullable(),
  attachments: z.array(Attachment),
  /** Files of it that were erased alone, oldest first: when, under which rule (`LR-DA01@1`) and on which ground of the law (`ART17_1A`). */
  erasedFiles: z.array(z.object({ files: z.int(), at: z.iso.datetime(), rule: text, ground: text })),
  reactions: z.array(Reaction),
  replyTo: Quote.nullable(),
  forwarded: z.enum(['no', 'once', 'many']),
  /** Present when the citizen came through an advertisement or post. */
  referral: z.object({ sourceType: text, headline: text.nullable() }).nullable(),
  editedAt: z.iso.datetime().nullable(),
  /** What it said before it was edited, oldest first, and until when. A revoked message shows none. */
  versions: z.array(z.object({ text: text.nullable(), until: z.iso.datetime() })),
  revokedAt: z.iso.datetime().nullable(),
  /** Outbound: who wrote it. */
  author: z.object({ id: z.uuid().nullable(), displayName: text }).nullable(),
  /** Outbound: sent from a phone app on the same number, not from here. */
  fromApp: z.boolean(),
  clientId: z.uuid().nullable(),
})
export type Message = z.infer<typeof Message>

const conversationParams = z.object({ id: z.uuid() })
const messageParams = z.object({ id: z.uuid(), messageId: z.uuid() })
/** Newest first; `before` is the `nextCursor` of the page before. */
export const listMessages = endpoint({
  method: 'GET',
  path: '/conversations/:id/messages',
  summary: 'A page of a thread, newest first.',
  access: 'answer-citizens',
  params: conversationParams,
  query: z.object({
    before: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  status: 200,
  reply: z.object({ items: z.array(Message), nextCursor: z.string().nullable() }),
  refusals: [],
})

export const readMessage = endpoint({
  method: 'GET',
  path: '/conversations/:id/messages/:messageId',
  summary: 'One message.',
  access: 'answer-citizens',
  params: messageParams,
  status: 200,
  reply: Message,
  refusals: [],
})
