import type { OfficeContext } from '@buergerdraht/office'
import type { Intake } from './intake/intake.ts'
import type { SearchIndex } from './search/search-index.ts'

/** A reminder that something stored is to be done. Ids only; losing one loses nothing, a sweeper finds the work. */
export type Reminder =
  | { readonly job: 'send-replies'; readonly conversationId: string }
  | { readonly job: 'fetch-media'; readonly attachmentId: string }
  | { readonly job: 'seal-package'; readonly packageId: string }

/** The office's context with what citizens' matters need beside it. */
export type Inbox = OfficeContext & {
  readonly intake: Intake
  readonly search: SearchIndex
  /** After commit only. `delayMs` for back-off. Never throws: the sweeper is there. */
  readonly remind: (reminder: Reminder, delayMs?: number) => Promise<void>
  /** How often the provider said what to our messages since this process started: `accepted`, `refused`, `ambiguous`. */
  readonly sendOutcomes: Map<string, number>
  /** Hosts (with or without port) that channels may send to. */
  readonly bspHosts: ReadonlySet<string>
  /** Folder of encrypted files. */
  readonly mediaDir: string
  /** Where clamd listens (`tcp://host:port`, `unix:/path`); null: media are not scanned for viruses. */
  readonly clamavUrl: string | null
  /** The municipality's postal codes, five digits each; empty: nobody has named them, and the finder tells no other municipality by its code. */
  readonly ownPostalCodes: ReadonlySet<string>
}
