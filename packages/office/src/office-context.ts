import type { PrismaClient } from '@buergerdraht/prisma'
import type { Pool } from 'pg'
import type { Keys } from './sealing/keys.ts'

/** Structured log lines: a stable event name and facts that are not personal. */
export type Log = {
  info(facts: Readonly<Record<string, unknown>>, event: string): void
  warn(facts: Readonly<Record<string, unknown>>, event: string): void
  error(facts: Readonly<Record<string, unknown>>, event: string): void
}

/** What every use case needs, whoever asks: built once a process in dependency order and handed on. */
export type OfficeContext = {
  readonly prisma: PrismaClient
  /** For the intake path and for queries that Prisma cannot say. */
  readonly pool: Pool
  readonly keys: Keys
  readonly now: () => Date
  /** Wakes the browsers' streams after commit, where PostgreSQL's own notification is not used (Redis). Never throws. */
  readonly notify: () => Promise<void>
  readonly log: Log
}
