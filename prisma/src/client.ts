import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.ts'
import { statementName } from './statement-name.ts'

export type Database = {
  /** For everything but the intake path. */
  prisma: PrismaClient
  /** The same connections, for SQL of our own. */
  pool: pg.Pool
  /** Waits for running statements, then disconnects. */
  close(): Promise<void>
}

/**
 * Opens a database: one pool of connections that Prisma and our own SQL share. Connects with the first statement.
 * @param url PostgreSQL connection string
 * @param options.maxConnections per process; the server must allow the sum over all processes
 * @param options.onConnectionLost called when an idle connection breaks; the pool replaces it by itself
 */
export function createDatabase(
  url: string,
  options: {
    maxConnections?: number
    applicationName?: string
    onConnectionLost?: (error: Error) => void
  } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 16,
    application_name: options.applicationName ?? 'buergerdraht',
    // Who waits longer hears that the database cannot be reached, instead of waiting for ever.
    connectionTimeoutMillis: 30_000,
  })
  // Without a listener a restarting database would end this process.
  pool.on('error', options.onConnectionLost ?? (() => {}))
  // The pool listens to connections that are idle; one in use that breaks between two statements would end it just as well. Its
  // holder hears of it from the next statement.
  pool.on('connect', (client) => client.on('error', () => {}))
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => statementName(sql) }),
  })
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
