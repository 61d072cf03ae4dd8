import type { LiveEvent } from '@buergerdraht/contract'
import type { Prisma } from '@buergerdraht/prisma'
import type { OfficeContext } from '../office-context.ts'
import { prismaTransaction } from './transaction.ts'

export type NewLiveEvent = {
  readonly type: Exclude<LiveEvent['type'], 'reset'>
  /** Who may hear of it; null: administrators only. */
  readonly teamId: string | null
  readonly conversationId: string | null
  readonly messageId: string | null
  readonly inbound: boolean
}

/** `select publish(…)`; must be the last statement of its transaction, because it holds a lock until commit. */
export const publishSql = 'select publish($1::text[], $2::uuid[], $3::uuid[], $4::uuid[], $5::boolean[], $6)'

export function publishValues(liveEvents: readonly NewLiveEvent[], at: Date): unknown[] {
  return [
    liveEvents.map((one) => one.type),
    liveEvents.map((one) => one.teamId),
    liveEvents.map((one) => one.conversationId),
    liveEvents.map((one) => one.messageId),
    liveEvents.map((one) => one.inbound),
    at,
  ]
}

/** A transaction that may tell the browsers what it changed. */
export type Change = {
  readonly tx: Prisma.TransactionClient
  publish(event: Omit<NewLiveEvent, 'inbound'> & { readonly inbound?: boolean }): void
  /** Runs after commit, not at all when the transaction fails; see {@link Transaction}. */
  afterCommit(action: () => void | Promise<void>): void
}

/**
 * Runs `work` in one transaction. What it publishes is written as the last statement before commit and rung out after it, so
 * nobody hears of anything that is not durable.
 */
export async function change<T>(office: OfficeContext, work: (change: Change) => Promise<T>): Promise<T> {
  const liveEvents: NewLiveEvent[] = []
  const durable: (() => void | Promise<void>)[] = []
  const result = await prismaTransaction(office.prisma, async (tx) => {
    const done = await work({
      tx,
      publish: (one) => void liveEvents.push({ inbound: false, ...one }),
      afterCommit: (action) => void durable.push(action),
    })
    if (liveEvents.length > 0) {
      await tx.$queryRawUnsafe(`${publishSql}::text`, ...publishValues(liveEvents, office.now()))
    }
    return done
  })
  if (liveEvents.length > 0) await office.notify()
  for (const action of durable) await action()
  return result
}
