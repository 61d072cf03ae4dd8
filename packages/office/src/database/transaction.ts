import type { Prisma, PrismaClient } from '@buergerdraht/prisma'
import type { Pool, PoolClient } from 'pg'

/** Work that becomes durable as a whole or not at all. */
export type Transaction = {
  readonly client: PoolClient
  /**
   * Runs once everything is durable, in the order in which it was asked for; not at all when the transaction fails. What a process
   * remembers of what it has stored, it remembers here: then there is nothing to forget.
   */
  afterCommit(action: () => void): void
}

/**
 * Runs `work` in one transaction on a connection of its own; what it throws takes everything back. The connection returns to its pool
 * without a transaction or not at all.
 * @param mode what follows `begin`, and settings for this transaction alone, e.g. `read only; set local jit = off`
 */
export async function transaction<T>(
  pool: Pool,
  work: (transaction: Transaction) => Promise<T>,
  mode = '',
): Promise<T> {
  const client = await pool.connect()
  try {
    return await transactionOn(client, work, mode)
  } finally {
    client.release(client.getTransactionStatus() !== 'I')
  }
}

/**
 * The same on a connection that its holder keeps, one transaction after the other. When taking back fails, the connection is broken and
 * every later statement on it fails: the holder MUST give it up then.
 */
export async function transactionOn<T>(
  client: PoolClient,
  work: (transaction: Transaction) => Promise<T>,
  mode = '',
): Promise<T> {
  const durable: (() => void)[] = []
  const done = await committed(client, mode, () =>
    work({ client, afterCommit: (action) => void durable.push(action) }),
  )
  for (const action of durable) action()
  return done
}

async function committed<T>(client: PoolClient, mode: string, work: () => Promise<T>): Promise<T> {
  try {
    await client.query(`begin ${mode}`)
    const done = await work()
    await client.query('commit')
    return done
  } catch (error) {
    // What went wrong first is what is to be told.
    await client.query('rollback').catch(() => {})
    throw error
  }
}

/** Milliseconds: to wait for a connection on a busy machine, and for the whole transaction. */
const limits = { maxWait: 10_000, timeout: 20_000 } as const

/** The same through Prisma's client. Whoever has something to tell after the commit calls {@link change}. */
export function prismaTransaction<T>(
  prisma: PrismaClient,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  return prisma.$transaction(work, limits)
}
