/**
 * What a webhook says, in our words. An adapter turns the raw bytes of one vendor into a list of these; nobody
 * else knows a vendor's JSON. Every event carries `path`, the place in the payload it came from, so that what
 * cannot be used can be found again in a dead letter.
 */

/** How a channel addresses one person. At least one of the three is present; ids are never rewritten. */
export type Sender = {
  readonly phone: string | null
  readonly bsuid: string | null
  readonly parentBsuid: string | null
  /** Free text chosen by the citizen; never an identity. */
  readonly profileName: string | null
  readonly username: string | null
}

export type MediaKind = 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker'

/** A file that still lies at the BSP. `id` is null when the vendor sent one that no request may be built from. */
export type MediaReference = {
  readonly kind: MediaKind
  readonly id: string | null
  /** A ready download address, valid for minutes only. Never fetched outside the vendor's allow-list. */
  readonly url: string | null
  /** Base type without parameters, lower case, as claimed by the sender. */
  readonly mediaType: string
  /** Lower-case hex, as claimed by the vendor. */
  readonly sha256: string | null
  readonly fileName: string | null
  readonly animated: boolean
}

export type SharedContact = {
  readonly name: string | null
  readonly phones: readonly string[]
  readonly emails: readonly string[]
  readonly organisation: string | null
  /** The citizen answered a request for contact details; a claim, not an identity. */
  readonly requested: boolean
}

type SystemEventCode =
  | 'number-changed'
  | 'user-id-changed'
  | 'identity-key-changed'
  | 'call-attempted'
  | 'other'

/** The content of one message. Everything in it is the citizen's and personal: it is stored encrypted. */
export type MessageContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: MediaKind; readonly text: string | null; readonly media: MediaReference }
  | {
      readonly kind: 'location'
      readonly latitude: number
      readonly longitude: number
      readonly name: string | null
      readonly address: string | null
      readonly url: string | null
    }
  | { readonly kind: 'contacts'; readonly contacts: readonly SharedContact[] }
  | {
      readonly kind: 'choice'
      readonly id: string
      readonly title: string
      readonly description: string | null
    }
  /** `answers` is null when the form's JSON could not be read; `raw` then is all there is. */
  | {
      readonly kind: 'form'
      readonly answers: Readonly<Record<string, string>> | null
      readonly raw: string
    }
  | {
      readonly kind: 'order'
      readonly text: string | null
      readonly items: readonly { readonly productId: string; readonly quantity: number | null }[]
    }
  | {
      readonly kind: 'template'
      readonly text: string | null
      readonly name: string
      /** What the buttons say; absent: it has none. */
      readonly buttons?: readonly string[]
    }
  | { readonly kind: 'system'; readonly event: SystemEventCode }
  /** Not representable: `type` is the vendor's word for it, `errorCode` its reason (131051, 131060, …). */
  | { readonly kind: 'unsupported'; readonly type: string; readonly errorCode: string | null }

export type MessageContext = {
  /** Provider id of the quoted message; may be unknown to us. Never the message itself. */
  readonly replyToProviderId: string | null
  readonly forwarded: 'no' | 'once' | 'many'
}

export type Referral = {
  readonly sourceType: string
  readonly headline: string | null
}

type Place = {
  /** E.g. `entry[0].changes[1].value.messages[3]`. Indices only, nothing personal. */
  readonly path: string
  /** The vendor's id of the receiving number; must belong to the channel of the URL. Null: not said. */
  readonly phoneNumberId: string | null
}

type MessageEvent = Place & {
  readonly type: 'message'
  readonly providerMessageId: string
  readonly sender: Sender
  /** The sender's clock; null when missing or not credible at all (zero, not a number, 13 digits out of range). */
  readonly sentAt: Date | null
  readonly content: MessageContent
  readonly context: MessageContext
  readonly referral: Referral | null
  /** Whether it (re)opens the 24-hour window: citizen's messages and calls do; system, unsupported do not. */
  readonly opensWindow: boolean
}

export type ReactionEvent = Place & {
  readonly type: 'reaction'
  readonly providerMessageId: string
  readonly sender: Sender
  readonly sentAt: Date | null
  readonly targetProviderId: string
  /** Null removes the reaction. */
  readonly emoji: string | null
}

export type EditEvent = Place & {
  readonly type: 'edit'
  readonly providerMessageId: string
  readonly sender: Sender
  readonly sentAt: Date | null
  readonly originalProviderId: string
  readonly content: MessageContent
}

export type RevokeEvent = Place & {
  readonly type: 'revoke'
  readonly providerMessageId: string
  readonly sender: Sender
  readonly sentAt: Date | null
  readonly originalProviderId: string
}

/** A citizen's identity was replaced by another. Carries no profile. */
export type IdentityChangeEvent = Place & {
  readonly type: 'identity-change'
  readonly providerMessageId: string
  readonly sentAt: Date | null
  readonly code: 'number-changed' | 'user-id-changed' | 'identity-key-changed'
  readonly previous: Sender
  readonly current: Sender
}

export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed'

export type StatusEvent = Place & {
  readonly type: 'status'
  readonly providerMessageId: string
  readonly status: DeliveryStatus
  readonly at: Date | null
  /** Our own message id, echoed; only believed inside the same channel. */
  readonly ownId: string | null
  /** The vendor's error code as text; only with `failed`. Null: no reason given. */
  readonly errorCode: string | null
  readonly priceCategory: string | null
}

/** A call was tried; it opens the window. Session data is not kept. */
type CallEvent = Place & {
  readonly type: 'call'
  readonly providerMessageId: string
  readonly sender: Sender
  readonly sentAt: Date | null
}

/** The office's own message, sent from a phone app on the same number. */
export type EchoEvent = Place & {
  readonly type: 'echo'
  readonly providerMessageId: string
  readonly recipient: Sender
  readonly sentAt: Date | null
  readonly content: MessageContent
}

export type TemplateState = 'approved' | 'rejected' | 'pending' | 'paused' | 'disabled' | 'flagged' | 'other'

/** What concerns a business account (WABA) as a whole names no number, but the account. */
type WabaPlace = Place & {
  /** The WhatsApp Business account it is about; must be the channel's. Null: not said. */
  readonly wabaId: string | null
}

export type TemplateEvent = WabaPlace & {
  readonly type: 'template'
  readonly name: string
  readonly language: string
  readonly state: TemplateState | null
  readonly category: string | null
  /** Vendor's reason as a code word, no free text. */
  readonly reason: string | null
}

/** Something about the business account that the admin must see; `stopsSending` pauses the channel's outbox. */
export type WabaEvent = WabaPlace & {
  readonly type: 'waba'
  readonly code:
    | 'quality-changed'
    | 'name-decision'
    | 'restricted'
    | 'violation'
    | 'disabled'
    | 'reinstated'
    | 'partner-removed'
    | 'value-error'
    | 'other'
  readonly detail: string | null
  readonly stopsSending: boolean
}

/** Deliberately not used: counted under `reason`, nothing is kept. */
type IgnoredEvent = Place & {
  readonly type: 'ignored'
  readonly reason:
    | 'empty'
    | 'dashboard-test'
    | 'request-welcome'
    | 'group-message'
    | 'group-status'
    | 'status-unknown-value'
    | 'history'
    | 'app-state'
    | 'other-field'
}

/** Authentic but not usable: becomes a dead letter. */
export type UnreadableEvent = Place & {
  readonly type: 'unreadable'
  readonly code:
    | 'not-json'
    | 'not-an-object'
    | 'too-deep'
    | 'wrong-shape'
    | 'no-message-id'
    | 'no-identity'
    | 'defect'
}

export type BspEvent =
  | MessageEvent
  | ReactionEvent
  | EditEvent
  | RevokeEvent
  | IdentityChangeEvent
  | StatusEvent
  | CallEvent
  | EchoEvent
  | TemplateEvent
  | WabaEvent
  | IgnoredEvent
  | UnreadableEvent
