import type { Attachment, FilingDecision, Message, messageKinds, Role } from '@buergerdraht/contract'

/** UTC, RFC 3339: `2026-11-23T02:58:00.000Z`. */
type At = string

/** What a voice note, a picture, a letter was, whether or not its bytes are still there. */
export type ChatFile = {
  /** Of the attachment; of the item of the package too, where there is one. */
  readonly id: string
  readonly kind: Attachment['kind']
  /** `ready` alone has bytes; every other state says why there are none. */
  readonly state: Attachment['state']
  /** Safe to save under. */
  readonly fileName: string
  /** As seen in the bytes. */
  readonly mediaType: string
  readonly sizeBytes: number | null
  /** Of the original bytes, hex; null: there are none. */
  readonly sha256: string | null
  readonly durationMs: number | null
  /** 64 loudness values, 0 to 100. */
  readonly waveform: readonly number[] | null
  readonly pages: number | null
  readonly width: number | null
  readonly height: number | null
}

/** One message, an answer, or a line of the system, with everything that happened to it until it was sealed. */
export type ChatMessage = {
  readonly id: string
  readonly direction: 'inbound' | 'outbound'
  readonly kind: (typeof messageKinds)[number]
  /** What it says last: text or caption; null: it has none, or none of it was ours to keep. Kept when it was taken back. */
  readonly text: string | null
  readonly details: Message['details']
  /** By WhatsApp's clock where credible; the order of the messages follows it, then the order of arrival. */
  readonly sentAt: At
  readonly receivedAt: At
  /** What it said before it was edited, oldest first: the wording counted from `saidAt` until the next one was said. */
  readonly versions: readonly { readonly text: string | null; readonly saidAt: At }[]
  readonly editedAt: At | null
  /** When its sender took it back. */
  readonly revokedAt: At | null
  readonly forwarded: Message['forwarded']
  readonly referral: Message['referral']
  /** What it answers. `id` null: not here. */
  readonly quoted: {
    readonly id: string | null
    readonly direction: 'inbound' | 'outbound' | null
    readonly kind: (typeof messageKinds)[number] | null
    /** What it said when it was quoted. For the document, where it is of the same package; null in a MESSAGE item, always. */
    readonly text: string | null
  } | null
  readonly reactions: readonly {
    readonly from: 'citizen' | 'office'
    /** Null: it was taken away. */
    readonly emoji: string | null
    readonly at: At
  }[]
  readonly files: readonly ChatFile[]
  /** Of what the office sent; null: of what the citizen wrote, and of lines of the system. */
  readonly sending: {
    /** Who answered. Null: it came from a phone app on the same number, or nobody knows any more. */
    readonly role: Role | null
    readonly pseudonym: string | null
    readonly fromApp: boolean
    readonly status: Message['status']
    readonly acceptedAt: At | null
    readonly sentAt: At | null
    readonly deliveredAt: At | null
    readonly readAt: At | null
    readonly playedAt: At | null
    readonly failedAt: At | null
    /** The provider's code, where it failed. */
    readonly errorCode: string | null
  } | null
  /** What the person says is wrong with it, and what would be right (Art. 16 GDPR). */
  readonly corrections: readonly ChatCorrection[]
}

export type ChatCorrection = {
  readonly contested: string
  readonly correct: string
  readonly markedAt: At
  /** Left out: it stands. `replaced`: another mark stands in its place. */
  readonly withdrawn?: { readonly at: At; readonly reason: string; readonly replaced: boolean }
}

/**
 * A filed conversation as it is sealed: the content of its MESSAGE items and of the document for people alike. Its JSON is what a machine reads
 * years later, so it holds values, not words of the page; the one exception is text that people wrote, which is as they wrote it.
 */
export type ChatRecord = {
  readonly format: 'buergerdraht-chat'
  readonly v: 1
  readonly conversation: string
  /** The package in which this matter was sealed before; this one holds what happened since. Null: it is the first. */
  readonly continues: string | null
  readonly office: { readonly name: string; readonly team: string }
  readonly channel: { readonly name: string; readonly number: string; readonly vendor: string }
  readonly citizen: {
    /** Profile name or user name as WhatsApp had them. */
    readonly name: string | null
    readonly username: string | null
    /** All but the last digits hidden; null: not known. */
    readonly maskedNumber: string | null
    /** With `+`; null: not known, or it is not to be in this record. */
    readonly number: string | null
  }
  readonly fileReference: string | null
  readonly openedAt: At
  readonly closedAt: At
  readonly sealedAt: At
  /** What was decided when it was closed. */
  readonly filing: {
    readonly relevance: FilingDecision['relevance']
    /** Null: nobody knows any more. */
    readonly decidedAt: At | null
    readonly role: Role | null
    /** `DA03`, `LR-DA03@1`, `CASE_CLOSED+END_OF_YEAR/10y`: as in the manifest. */
    readonly cluster: string
    readonly rule: string
    readonly class: string
    /** What the public archive's decision to take it over is filed under (`EE-2026-03`); null: it is sealed because it is in the file. */
    readonly archiveBasis: string | null
  }
  /** What the citizen was told about their data (Art. 13 GDPR), and whether it arrived; oldest first. */
  readonly notices: readonly {
    readonly version: string
    readonly sentAt: At
    readonly status: Message['status']
    readonly deliveredAt: At | null
  }[]
  /** Oldest first. */
  readonly messages: readonly ChatMessage[]
  /** Of the matter as a whole. */
  readonly corrections: readonly ChatCorrection[]
}
