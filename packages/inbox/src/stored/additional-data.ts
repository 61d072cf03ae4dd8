import type { MessageContent, Referral } from '@buergerdraht/bsp'
import type { Cause, ElsewhereWay } from '@buergerdraht/contract'

/**
 * The additional authenticated data of each sealed column: the column and the row it belongs to. A value opens only with its own,
 * so that ciphertexts cannot be swapped between rows or columns, not even by somebody who writes to the database.
 */
export const additionalData = {
  providerId: (messageId: string) => `message.provider-id:${messageId}`,
  content: (messageId: string) => `message.content:${messageId}`,
  fileReference: (conversationId: string) => `conversation.file-reference:${conversationId}`,
  profile: (contactId: string) => `contact.profile:${contactId}`,
  identity: (identityId: string) => `contact_identity.value:${identityId}`,
  draft: (conversationId: string, accountId: string) => `draft.content:${conversationId}:${accountId}`,
  correction: (correctionId: string) => `correction.content:${correctionId}`,
  correctionWithdrawal: (correctionId: string) => `correction.withdrawal:${correctionId}`,
  emoji: (reactionId: string) => `reaction.emoji:${reactionId}`,
  fileName: (attachmentId: string) => `attachment.file-name:${attachmentId}`,
  waveform: (attachmentId: string) => `attachment.waveform:${attachmentId}`,
  mediaSource: (attachmentId: string) => `attachment.source:${attachmentId}`,
  processorTask: (taskId: string) => `processor_task.target:${taskId}`,
  credentials: (channelId: string) => `channel.credentials:${channelId}`,
  event: (channelId: string, contentMac: Buffer) =>
    `webhook_event:${channelId}:${contentMac.toString('hex')}`,
  early: (channelId: string, targetMac: Buffer) =>
    `early_arrival:${channelId}:${targetMac.toString('base64url')}`,
  deadLetter: (channelId: string, eventId: string | bigint) => `dead_letter:${channelId}:${eventId}`,
} as const

/** An answer that went another way; `text` is null where nobody noted what was said. */
export type ElsewhereContent = {
  readonly kind: 'elsewhere'
  readonly way: ElsewhereWay
  readonly text: string | null
}

/**
 * What `message.content_sealed` holds. `by` names the clerk of a system line, `reason` says why. Lines that came by themselves have a
 * `cause` instead; `earlier` is where it happened, if that is another matter.
 */
export type StoredContent = {
  readonly content:
    | MessageContent
    | {
        readonly kind: 'system'
        readonly event:
          | 'claimed'
          | 'released'
          | 'closed'
          | 'reopened'
          | 'earlier-matter'
          | 'identity-conflict'
      }
    | ElsewhereContent
  readonly referral: Referral | null
  readonly by?: string
  readonly reason?: string
  readonly cause?: Cause
  readonly earlier?: { readonly conversationId: string; readonly messageId: string }
}

/** What `contact.profile_sealed` holds; both chosen by the citizen, neither an identity. */
export type StoredProfile = {
  readonly name: string | null
  readonly username: string | null
}

/** What `attachment.source_sealed` holds: where the file lies at the BSP, and what is said about it. */
export type StoredMediaSource = {
  readonly id: string | null
  readonly url: string | null
  /** Of a file of ours: under which ids it was handed to the provider, which keeps each for a month. */
  readonly uploads?: readonly string[]
  /** As the sender claims; neither was kept at first. */
  readonly mediaType?: string
  readonly sha256?: string | null
}

/** What `channel.credentials_sealed` holds. */
export type StoredCredentials = {
  readonly apiKey: string
  readonly webhookSecrets: readonly string[]
  readonly webhookHeaders: Readonly<Record<string, string>>
  readonly verifyToken: string
}
