import { createDatabase, type Database } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { transaction, transactionOn } from '../src/index.ts'

let database: Database
let close: () => Promise<void>
beforeAll(async () => {
  const made = await createTestDatabase()
  // One connection: what a transaction leaves behind is what the next one finds.
  database = createDatabase(made.url, { maxConnections: 1 })
  await database.pool.query('create table line (n int primary key deferrable initially deferred)')
  close = async () => {
    await database.close()
    await made.drop()
  }
})
beforeEach(async () => {
  await database.pool.query('truncate line')
})
afterAll(() => close())

async function lines(): Promise<number[]> {
  const { rows } = await database.pool.query<{ n: number }>('select n from line order by n')
  return rows.map(({ n }) => n)
}

async function write(client: PoolClient, n: number): Promise<void> {
  await client.query('insert into line (n) values ($1)', [n])
}

async function connection(): Promise<{ readonly pid: number; readonly idle: boolean }> {
  const client = await database.pool.connect()
  try {
    const idle = client.getTransactionStatus() === 'I'
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    return { pid: rows[0]?.pid ?? 0, idle }
  } finally {
    client.release()
  }
}

test('what is to come after the commit comes after it, in order, and its result is given back', async () => {
  const told: string[] = []
  const result = await transaction(database.pool, async ({ client, afterCommit }) => {
    afterCommit(() => void told.push(`first, open: ${client.getTransactionStatus() !== 'I'}`))
    afterCommit(() => void told.push('second'))
    await write(client, 1)
    told.push('written')
    return 'done'
  })
  expect(result).toBe('done')
  expect(told).toEqual(['written', 'first, open: false', 'second'])
  expect(await lines()).toEqual([1])
})

test.each<[string, (client: PoolClient) => Promise<unknown>, string | undefined]>([
  ['work that throws', async () => Promise.reject(new Error('no')), undefined],
  ['a statement that fails', (client) => client.query('select 1/0'), undefined],
  ['a commit that fails', (client) => write(client, 2), undefined],
  ['settings that do not exist', async () => {}, '; set local no_such_setting = 1'],
])(
  '%s takes everything back, and the connection goes on without a transaction',
  async (_what, work, mode) => {
    const told: string[] = []
    const { pid } = await connection()
    const failing = transaction(
      database.pool,
      async ({ client, afterCommit }) => {
        afterCommit(() => void told.push('durable'))
        await write(client, 1)
        await write(client, 2)
        await work(client)
      },
      mode,
    )
    await expect(failing).rejects.toThrow()
    expect(told).toEqual([])
    expect(await lines()).toEqual([])
    expect(await connection()).toEqual({ pid, idle: true })
  },
)

test('a connection that breaks in a transaction does not return to its pool; what went wrong first is told', async () => {
  const { pid } = await connection()
  const failing = transaction(database.pool, async ({ client }) => {
    await write(client, 1)
    await client.query('select pg_terminate_backend(pg_backend_pid())')
  })
  await expect(failing).rejects.toThrow('terminating connection')
  expect(await lines()).toEqual([])
  expect((await connection()).pid).not.toBe(pid)
})

test('on a connection of the caller, one transaction follows the other', async () => {
  const client = await database.pool.connect()
  try {
    await expect(
      transactionOn(client, async (tx) => {
        await write(tx.client, 1)
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await transactionOn(client, (tx) => write(tx.client, 2))
  } finally {
    client.release()
  }
  expect(await lines()).toEqual([2])
})
