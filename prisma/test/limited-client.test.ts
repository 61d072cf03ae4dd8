import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectionLimits, LimitedClient } from '../src/limited-client.ts'
import { createTestDatabase, type TestDatabase } from '../src/test-database.ts'

let database: TestDatabase
let pool: pg.Pool
beforeAll(async () => {
  database = await createTestDatabase({ migrated: false })
  const limits = { ...connectionLimits, query_timeout: 3000 }
  pool = new pg.Pool({ connectionString: database.url, max: 1, Client: LimitedClient, ...limits })
  pool.on('error', () => {})
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

async function backend(asked: Pick<pg.PoolClient, 'query'>): Promise<number> {
  const { rows } = await asked.query<{ pid: number }>('select pg_backend_pid() as pid')
  return rows[0]?.pid ?? 0
}

test('a connection that does not answer is not used again, also when its holder hands it back as if nothing were', async () => {
  const client = await pool.connect()
  const pid = await backend(client)
  process.kill(pid, 'SIGSTOP')
  try {
    await expect(client.query('select 1')).rejects.toThrow('Query read timeout')
    await expect(client.query('rollback')).rejects.toThrow('Client was closed')
    client.release()
    expect(await backend(pool)).not.toBe(pid)
  } finally {
    process.kill(pid, 'SIGCONT')
  }
})

test('a running process asks the server for limits of its own', async () => {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('statement_timeout', 'idle_in_transaction_session_timeout') order by name`,
  )
  expect(rows.map(({ setting }) => Number(setting))).toEqual([
    connectionLimits.idle_in_transaction_session_timeout,
    connectionLimits.statement_timeout,
  ])
})
