import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import type { Prisma, PrismaClient } from './generated/client.ts'
import { statementName } from './statement-name.ts'

/** The connection for the next transaction that Prisma begins in this course of events; taken once. */
const lending = new AsyncLocalStorage<{ connection: pg.PoolClient | null }>()

/** Beginning, ending and giving back stay with whoever lent it. */
function borrowed(connection: pg.PoolClient): Pick<pg.PoolClient, 'query' | 'release' | 'on'> {
  const query = connection.query.bind(connection) as (config: pg.QueryConfig) => unknown
  const lent = {
    query: (config: pg.QueryConfig) =>
      /^(?:BEGIN|COMMIT|ROLLBACK)$/.test(config.text) ? { rows: [], fields: [], rowCount: 0 } : query(config),
    release: () => {},
    on: () => {},
    removeListener: () => {},
  }
  return lent as unknown as pg.PoolClient
}

/** The pool as Prisma's adapter sees it. */
function lendingPool(pool: pg.Pool): pg.Pool {
  return new Proxy(pool, {
    get(target, property) {
      const lent = property === 'connect' ? lending.getStore() : undefined
      const connection = lent?.connection ?? null
      if (lent !== undefined && connection !== null) {
        lent.connection = null
        return async () => borrowed(connection)
      }
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** Prisma's adapter on a pool, ready for {@link onLentConnection}. */
export function adapterOn(pool: pg.Pool): PrismaPg {
  return new PrismaPg(lendingPool(pool), { statementNameGenerator: ({ sql }) => statementName(sql) })
}

/** Milliseconds. How long statements may take, and who waits for whom, is the connection's to limit. */
const limits = { maxWait: 10_000, timeout: 60_000 } as const

/**
 * Lets Prisma's client work on a connection on which somebody else has begun a transaction and will end it: its statements and the holder's
 * own are one transaction. Nothing is committed or taken back here.
 */
export function onLentConnection<T>(
  prisma: PrismaClient,
  connection: pg.PoolClient,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  return lending.run({ connection }, () => prisma.$transaction(work, limits))
}
