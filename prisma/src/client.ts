import pg from 'pg'
import { PrismaClient } from './generated/client.ts'
import { adapterOn } from './lent-connection.ts'
import { connectionLimits, LimitedClient } from './limited-client.ts'
import { connectionAs, type LoginRole } from './roles.ts'

export type Database = {
  /** For everything but the intake path. */
  prisma: PrismaClient
  /** The same connections, for SQL of our own. */
  pool: pg.Pool
  /** Waits for running statements, then disconnects. */
  close(): Promise<void>
}

/**
 * Opens a database: one pool of connections that Prisma and our own SQL share. Connects with the first statement. No statement is
 * waited for longer than 35 seconds, and no connection longer than ten.
 * @param url PostgreSQL connection string
 * @param options.as whose rights the connections have; left out: those of whoever the address names
 * @param options.maxConnections per process; the server must allow the sum over all processes
 * @param options.onConnectionLost called when an idle connection breaks; the pool replaces it by itself
 */
export function createDatabase(
  url: string,
  options: {
    as?: LoginRole
    maxConnections?: number
    applicationName?: string
    onConnectionLost?: (error: Error) => void
  } = {},
): Database {
  const pool = new pg.Pool({
    ...(options.as === undefined ? { connectionString: url } : connectionAs(url, options.as)),
    max: options.maxConnections ?? 16,
    application_name: options.applicationName ?? 'buergerdraht',
    Client: LimitedClient,
    ...connectionLimits,
  })
  // Without a listener a restarting database would end this process.
  pool.on('error', options.onConnectionLost ?? (() => {}))
  const prisma = new PrismaClient({ adapter: adapterOn(pool) })
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
