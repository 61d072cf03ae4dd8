import type { Inbox } from '@buergerdraht/inbox'
import type { TimeAuthorities } from '@buergerdraht/office'
import type { Render } from './compose-items.ts'

/** Where sealing can be cut off. Tests do so at each; nobody else listens. */
export type SealingStep = 'written' | 'prepared' | 'placed' | 'appended' | 'signed' | 'filed' | 'sealed'

/** What sealing needs of an office. */
export type Archive = {
  readonly inbox: Inbox
  /** Of the archive log alone: leaves, derived nodes and checkpoints. */
  readonly folder: string
  /** Of the deletion ledger, which another lead writes: what is erased is shown with its entry. */
  readonly ledgerFolder: string
  /** Of the sealed packages. */
  readonly archiveDir: string
  /** Who stamps evidence records; null: nobody, and packages have none. */
  readonly timeAuthorities: TimeAuthorities | null
  /** Whose records these are, as their metadata say it. */
  readonly authority: string
  readonly render: Render | null
  readonly reached?: (step: SealingStep) => void | Promise<void>
}
