import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { withinTime } from '@buergerdraht/office'
import { migrations } from '@buergerdraht/prisma/migrate'
import pg from 'pg'
import { securityHeaders } from '../http/security-headers.ts'
import type { NotReadyReason } from '../routes/health.ts'

type Queryable = {
  query(text: string): Promise<{ rows: unknown[] }>
}

const undefinedTable = '42P01'
/** Whoever probes has a time limit of his own, of some seconds. */
const maxProbeMs = 3000

/** Whether the database answers, and is at the state of this release. Never throws, and never takes longer than three seconds. */
export async function databaseReadiness(
  database: Queryable,
): Promise<'database-down' | 'migrations-pending' | null> {
  try {
    const asked = database.query(
      'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
    )
    const { rows } = await withinTime(asked, maxProbeMs, 'The database')
    const applied = new Set(rows.map((row) => (row as { name: string }).name))
    return migrations().every(({ name }) => applied.has(name)) ? null : 'migrations-pending'
  } catch (error) {
    return (error as { code?: string }).code === undefinedTable ? 'migrations-pending' : 'database-down'
  }
}

/** Answers on the port until the process itself does: alive, but not ready, and why. */
export function startingServer(port: number, host: string, reason: () => NotReadyReason): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      const alive = request.url === '/health/live'
      const body = alive ? { status: 'alive' } : { status: 'not-ready', reason: reason() }
      const headers = { ...securityHeaders(false), 'content-type': 'application/json', connection: 'close' }
      response.writeHead(alive ? 200 : 503, headers).end(JSON.stringify(body))
    })
    server.once('error', reject)
    server.listen(port, host, () => resolve(server))
  })
}

/**
 * Waits until the database answers and is migrated; meanwhile the health endpoints say why they wait. Ends early, and
 * answers false, when the signal says so.
 */
export async function waitForDatabase(
  where: { databaseUrl: string; port: number; host: string },
  signal: AbortSignal,
): Promise<boolean> {
  const pool = new pg.Pool({ connectionString: where.databaseUrl, max: 1, connectionTimeoutMillis: 3000 })
  pool.on('error', () => {})
  let reason: NotReadyReason = await databaseReadiness(pool)
  let server: Server | null = null
  try {
    if (reason !== null) server = await startingServer(where.port, where.host, () => reason)
    while (reason !== null && !signal.aborted) {
      await sleep(500, undefined, { signal }).catch(() => {})
      reason = await databaseReadiness(pool)
    }
    return reason === null
  } finally {
    server?.closeAllConnections()
    server?.close()
    await pool.end()
  }
}
