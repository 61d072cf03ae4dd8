import type { WireContext, WireLocation, WireSharedContact } from '@buergerdraht/bsp'
import type { BubbleState, BubbleView } from './page/view.ts'

export type FileKind = 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker'

/** What one bubble on the phone holds. */
export type BubbleContent =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: FileKind
      readonly text: string | null
      readonly mediaId: string
      readonly mediaType: string
      readonly fileName: string | null
    }
  | { readonly kind: 'location'; readonly location: WireLocation }
  | { readonly kind: 'contacts'; readonly contacts: readonly WireSharedContact[] }
  | { readonly kind: 'call' }
  /** A message of any type, handed in as Meta would write it. */
  | { readonly kind: 'wire'; readonly type: string }

/**
 * `state` of the citizen's messages: `waiting` until the office's system took them, then `delivered`, `read` when the
 * office says so. Of the office's: `sent` on their way, `delivered`, `read`, `played`.
 */
export type Bubble = {
  readonly id: string
  readonly direction: 'from-citizen' | 'from-office'
  content: BubbleContent
  readonly sentAt: Date
  readonly replyTo: string | null
  state: BubbleState
  reactionOfCitizen: string | null
  reactionOfOffice: string | null
  edited: boolean
  revoked: boolean
}

/** A bubble as the page and scripts see it. */
export function viewOf(bubble: Bubble): BubbleView {
  const { content } = bubble
  const reactions = [
    { by: 'citizen' as const, emoji: bubble.reactionOfCitizen ?? '' },
    { by: 'office' as const, emoji: bubble.reactionOfOffice ?? '' },
  ]
  return {
    id: bubble.id,
    direction: bubble.direction,
    kind: content.kind,
    text: 'text' in content ? content.text : content.kind === 'wire' ? content.type : null,
    media:
      'mediaId' in content
        ? { url: `/files/${content.mediaId}`, mediaType: content.mediaType, fileName: content.fileName }
        : null,
    location: content.kind === 'location' ? content.location : null,
    contacts: content.kind === 'contacts' ? content.contacts : null,
    sentAt: bubble.sentAt.toISOString(),
    replyTo: bubble.replyTo,
    status: bubble.state,
    reactions: reactions.filter(({ emoji }) => emoji !== ''),
    edited: bubble.edited,
    revoked: bubble.revoked,
  }
}

/** The `context` of a quoted reply. */
export function quoting(replyTo: string | null, displayPhoneNumber: string): { context?: WireContext } {
  return replyTo === null ? {} : { context: { from: displayPhoneNumber, id: replyTo } }
}
