import type { BspEvent, MediaKind } from './event.ts'
import type { NewTemplate, TemplateList, TemplateSubmission, TemplateValue } from './template.ts'

/** Credentials of one channel at its BSP, with the ids and the address that requests need. Secrets live only in memory. */
export type BspCredentials = {
  readonly phoneNumberId: string
  readonly wabaId: string | null
  /** Where requests go, e.g. `https://waba-v2.360dialog.io`; Meta's includes the version. */
  readonly baseUrl: string
  /** API key (360dialog) or bearer token (Meta). */
  readonly apiKey: string
  /** HMAC secrets for webhooks, newest first; a second one is accepted while it is being rotated out. */
  readonly webhookSecrets: readonly string[]
  /** Headers that we told the BSP to send with every webhook; all must match. */
  readonly webhookHeaders: Readonly<Record<string, string>>
  readonly verifyToken: string
}

export type Authenticity = 'valid' | 'valid-old-secret' | 'invalid'

export type WebhookHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

export type Handshake =
  | { readonly answer: 'challenge'; readonly challenge: string }
  | { readonly answer: 'malformed' }
  | { readonly answer: 'refused' }

/** Exactly one of the two ways in which a channel addresses a person. */
export type Recipient = { readonly phone: string } | { readonly bsuid: string }

export type SendContent =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: MediaKind
      readonly mediaId: string
      readonly caption: string | null
      readonly fileName: string | null
    }
  /** An empty emoji removes the reaction. */
  | { readonly kind: 'reaction'; readonly targetProviderId: string; readonly emoji: string }
  | {
      readonly kind: 'template'
      readonly name: string
      readonly language: string
      readonly values: readonly TemplateValue[]
    }

export type SendCommand = {
  readonly recipient: Recipient
  /** Our message id: echoed by statuses, the only way to settle an ambiguous send. */
  readonly ownId: string
  readonly content: SendContent
  readonly replyToProviderId: string | null
}

/**
 * What a refusal means for what is tried next:
 * `retry` a few times with back-off · `slow-channel` retry, the whole channel slower · `slow-citizen` retry, this
 * chat only · `stop-channel` nobody sends until an admin has looked · `final` never again by itself ·
 * `close-window` final, and the service window is closed · `confirm-identity` a clerk must decide.
 */
export type RefusalClass =
  | 'retry'
  | 'slow-channel'
  | 'slow-citizen'
  | 'stop-channel'
  | 'stop-templates'
  | 'final'
  | 'close-window'
  | 'confirm-identity'

/**
 * `accepted`: the BSP has it (not: delivered). `refused`: it certainly was not sent. `ambiguous`: nobody knows, so it
 * must not be sent again by itself.
 */
export type SendOutcome =
  | { readonly outcome: 'accepted'; readonly providerMessageId: string }
  | { readonly outcome: 'refused'; readonly refusal: RefusalClass; readonly code: string }
  | { readonly outcome: 'ambiguous'; readonly code: string }

export type MediaOutcome =
  | {
      readonly outcome: 'found'
      readonly body: AsyncIterable<Uint8Array>
      readonly sizeBytes: number | null
      readonly mediaType: string | null
      /** Lower-case hex. */
      readonly sha256: string | null
    }
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'too-large'; readonly sizeBytes: number }
  /** Worth another try later; `countsAgainstLimit` feeds the channel's breaker. */
  | { readonly outcome: 'retry'; readonly code: string; readonly countsAgainstLimit: boolean }
  | { readonly outcome: 'refused'; readonly code: string }

export type UploadOutcome =
  | { readonly outcome: 'uploaded'; readonly mediaId: string }
  | { readonly outcome: 'refused'; readonly refusal: RefusalClass; readonly code: string }

/**
 * Whether the credentials are those of the channel's number: `same`, or `other` when the provider knows them for another number or does not
 * take them. `unknown`: it did not say.
 */
export type NumberProof =
  | { readonly outcome: 'same' }
  | { readonly outcome: 'other'; readonly code: string }
  | { readonly outcome: 'unknown'; readonly code: string }

/** What lies at a provider under an id of its own: a file, or Meta's contact-book entry (phone number and BSUID) of a person. */
export type Erasable =
  | { readonly kind: 'media'; readonly id: string }
  | { readonly kind: 'contact-entry'; readonly bsuid: string }

/**
 * `erased`: it is gone there, or was already. `later`: nobody knows, or it could not now. `refused`: it said no. Codes are words or numbers of the
 * provider's, safe to keep.
 */
export type ErasureOutcome =
  | { readonly outcome: 'erased' }
  | { readonly outcome: 'later'; readonly code: string }
  | { readonly outcome: 'refused'; readonly code: string }

/** One business solution provider. Stateless; the credentials are handed in with each call. */
export type BspAdapter = {
  readonly vendor: string
  /** Checks the bytes as received, in constant time. Never throws. */
  verify(rawBody: Uint8Array, headers: WebhookHeaders, credentials: BspCredentials): Authenticity
  /**
   * What webhooks of this channel prove themselves with, in the order of the secrets. What is authentic for one channel is authentic for
   * another of the same vendor exactly when they share the one that proved it.
   */
  webhookProofs(credentials: BspCredentials): string[]
  handshake(query: Readonly<Record<string, unknown>>, credentials: BspCredentials): Handshake
  /** Reads ALL items; each in isolation. Never throws; messages come before statuses. */
  parse(rawBody: Uint8Array): BspEvent[]
  send(command: SendCommand, credentials: BspCredentials, signal: AbortSignal): Promise<SendOutcome>
  /** Sound in Ogg MUST be Opus: providers take no other codec in it, and want it named. */
  uploadMedia(
    file: {
      readonly body: AsyncIterable<Uint8Array>
      readonly sizeBytes: number
      readonly mediaType: string
      readonly fileName: string
    },
    credentials: BspCredentials,
    signal: AbortSignal,
  ): Promise<UploadOutcome>
  /** `media.url` is used only when it is on the vendor's allow-list; else the id is resolved. */
  fetchMedia(
    media: { readonly id: string; readonly url: string | null; readonly maxBytes: number },
    credentials: BspCredentials,
    signal: AbortSignal,
  ): Promise<MediaOutcome>
  /** Has it deleted at the provider. May be repeated. */
  erase(what: Erasable, credentials: BspCredentials, signal: AbortSignal): Promise<ErasureOutcome>
  /** All templates of the business account, in every state. Free of side effects: it also shows whether the key is taken. */
  listTemplates(credentials: BspCredentials, signal: AbortSignal): Promise<TemplateList>
  /** Asks for the approval of a new utility template. */
  submitTemplate(
    template: NewTemplate,
    credentials: BspCredentials,
    signal: AbortSignal,
  ): Promise<TemplateSubmission>
  /** Asks whose number the credentials are for. Free of side effects. */
  proveNumber(credentials: BspCredentials, signal: AbortSignal): Promise<NumberProof>
  /** Marks the message and all before it as read; optionally shows "is typing". Failure is harmless. */
  markRead(
    providerMessageId: string,
    typing: boolean,
    credentials: BspCredentials,
    signal: AbortSignal,
  ): Promise<boolean>
}
