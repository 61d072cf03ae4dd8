import type { Instant, LocalDate } from '../law/instant.ts'

/** A conversation as the finder sees it, decrypted for this one look. */
export type Conversation = {
  readonly messages: readonly SeenMessage[]
  readonly media: readonly { readonly referencedByMessage: boolean }[]
  readonly hasFileReference: boolean
  readonly hasNote: boolean
  readonly receivedOutsideOfficeHours: boolean
  readonly acceptedAt: Instant | null
  /** Wordings (see `wordingOf`) of other conversations with the same contact. */
  readonly wordingsElsewhere: ReadonlySet<string>
  /** The postal codes of the municipality; empty when they are not configured. */
  readonly ownPostalCodes: ReadonlySet<string>
}

export type SeenMessage = {
  readonly text: string
  readonly direction: 'IN' | 'OUT'
  readonly writtenOn: LocalDate
}
