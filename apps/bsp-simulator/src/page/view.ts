/** What the simulator and its phone page say to each other. */

export type CitizenView = {
  /** The phone number, or the BSUID when the number is hidden. */
  readonly identity: string
  readonly phone: string | null
  readonly bsuid: string
  readonly profileName: string
  readonly username: string | null
  readonly reading: 'by-itself' | 'on-the-phone' | 'never'
  readonly blocked: boolean
}

export type BubbleKind =
  | 'text'
  | 'image'
  | 'video'
  | 'audio'
  | 'voice'
  | 'document'
  | 'sticker'
  | 'location'
  | 'contacts'
  | 'call'
  | 'wire'

export type BubbleState = 'waiting' | 'sent' | 'delivered' | 'read' | 'played' | 'failed'

export type BubbleView = {
  readonly id: string
  readonly direction: 'from-citizen' | 'from-office'
  readonly kind: BubbleKind
  readonly text: string | null
  readonly media: {
    readonly url: string
    readonly mediaType: string
    readonly fileName: string | null
  } | null
  readonly location: {
    readonly latitude: number
    readonly longitude: number
    readonly name?: string
    readonly address?: string
  } | null
  readonly contacts:
    | readonly {
        readonly name?: { readonly formatted_name?: string }
        readonly phones?: readonly { readonly phone?: string }[]
      }[]
    | null
  readonly sentAt: string
  readonly replyTo: string | null
  readonly status: BubbleState
  readonly reactions: readonly { readonly by: 'citizen' | 'office'; readonly emoji: string }[]
  readonly edited: boolean
  readonly revoked: boolean
}

export type DeliveryCounts = {
  readonly delivered: number
  readonly waiting: number
  readonly givenUp: number
  /** HTTP status or `unreachable` of the last attempt that failed since one succeeded. */
  readonly lastFailure: string | null
}

export type OfficeView = {
  readonly name: string
  readonly displayPhoneNumber: string
  /** Whether an office's system has said where its webhook is. */
  readonly connected: boolean
  readonly deliveries: DeliveryCounts
}

/** One event of the live stream. */
export type LiveEvent =
  | { readonly type: 'office'; readonly office: OfficeView }
  | { readonly type: 'citizen'; readonly citizen: CitizenView }
  | { readonly type: 'bubble'; readonly identity: string; readonly bubble: BubbleView }
  | { readonly type: 'office-typing'; readonly identity: string; readonly untilMs: number }
