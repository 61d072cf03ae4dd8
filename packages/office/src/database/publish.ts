import type { LiveEvent } from '@buergerdraht/contract'
import { onLentConnection, type Prisma } from '@buergerdraht/prisma'
import type { PoolClient } from 'pg'
import type { OfficeContext } from '../office-context.ts'
import { transaction } from './transaction.ts'

export type NewLiveEvent = {
  readonly type: Exclude<LiveEvent['type'], 'reset'>
  /** Who may hear of it; null: no team, but who may by their role. */
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

/** A transaction that may tell the browsers what it changed, on one connection. */
export type Change = {
  /** The connection through Prisma's client. */
  readonly tx: Prisma.TransactionClient
  /** The same connection, for SQL of our own. */
  readonly client: PoolClient
  publish(event: Omit<NewLiveEvent, 'inbound'> & { readonly inbound?: boolean }): void
  /** Runs after commit, not at all when the transaction fails; see {@link Transaction}. */
  afterCommit(action: () => void | Promise<void>): void
}

export type Changing = Pick<OfficeContext, 'prisma' | 'pool' | 'now' | 'notify'>

/**
 * Runs `work` in one transaction, with the rights that the process itself has: for whoever acts for nobody. What it publishes is written as
 * the last statement before commit and rung out after it, so nobody hears of anything that is not durable.
 * @param mode as of {@link transaction}
 */
export async function change<T>(
  office: Changing,
  work: (change: Change) => Promise<T>,
  mode = '',
): Promise<T> {
  const liveEvents: NewLiveEvent[] = []
  const durable: (() => void | Promise<void>)[] = []
  const result = await transaction(
    office.pool,
    async ({ client }) => {
      const done = await onLentConnection(office.prisma, client, (tx) =>
        work({
          tx,
          client,
          publish: (one) => void liveEvents.push({ inbound: false, ...one }),
          afterCommit: (action) => void durable.push(action),
        }),
      )
      if (liveEvents.length > 0) await client.query(publishSql, publishValues(liveEvents, office.now()))
      return done
    },
    mode,
  )
  if (liveEvents.length > 0) await office.notify()
  for (const action of durable) await action()
  return result
}
