import type { PrismaClient } from '@buergerdraht/prisma'
import type { Pool } from 'pg'
import type { Intake } from './intake.ts'
import type { Keys } from './keys.ts'
import type { SearchIndex } from './search/search-index.ts'

/** A reminder that something stored is to be done. Ids only; losing one loses nothing, a sweeper finds the work. */
export type Reminder =
  | { readonly job: 'send-replies'; readonly conversationId: string }
  | { readonly job: 'fetch-media'; readonly attachmentId: string }

/** Structured log lines: a stable event name and facts that are not personal. */
export type Log = {
  info(facts: Readonly<Record<string, unknown>>, event: string): void
  warn(facts: Readonly<Record<string, unknown>>, event: string): void
  error(facts: Readonly<Record<string, unknown>>, event: string): void
}

/** What every use case needs, built once a process in dependency order and handed on. */
export type Office = {
  readonly prisma: PrismaClient
  /** For the intake path and for queries that Prisma cannot say. */
  readonly pool: Pool
  readonly keys: Keys
  readonly intake: Intake
  readonly search: SearchIndex
  readonly now: () => Date
  /** After commit only. `delayMs` for back-off. Never throws: the sweeper is there. */
  readonly remind: (reminder: Reminder, delayMs?: number) => Promise<void>
  /** Wakes the browsers' streams after commit, where PostgreSQL's own notification is not used (Redis). Never throws. */
  readonly ring: () => Promise<void>
  readonly log: Log
  /** How often the provider said what to our messages since this process started: `accepted`, `refused`, `ambiguous`. */
  readonly sendOutcomes: Map<string, number>
  /** Hosts (with or without port) that channels may send to. */
  readonly bspHosts: ReadonlySet<string>
  /** Folder of encrypted files. */
  readonly mediaDir: string
  /** Where clamd listens (`tcp://host:port`, `unix:/path`); null: media are not scanned for viruses. */
  readonly clamavUrl: string | null
}
