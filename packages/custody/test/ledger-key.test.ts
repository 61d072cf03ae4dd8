import { Keys, logKeyOf, newKeyEncryptionKey } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import { expect, onTestFinished, test } from 'vitest'
import { ledgerKeyOf } from '../src/index.ts'

test('there is one key of the ledger in an office, however many processes begin at once, and it is not that of the audit log', async () => {
  const made = await createTestDatabase()
  const database = createDatabase(made.url)
  onTestFinished(async () => {
    await database.close()
    await made.drop()
  })
  const key = newKeyEncryptionKey()
  const processes = await Promise.all([1, 2, 3].map(() => Keys.open(database.pool, async () => [key])))
  const [first, ...others] = await Promise.all(processes.map((keys) => ledgerKeyOf(keys)))
  for (const other of others) expect(other.verifierKey).toBe(first?.verifierKey)
  expect(first?.origin).toMatch(/^buergerdraht\/ledger\//)
  const { rows } = await database.pool.query("select 1 from data_key where purpose = 'deletion-ledger'")
  expect(rows).toHaveLength(1)
  const [keys] = processes
  if (keys === undefined) expect.fail('no process')
  expect((await logKeyOf(keys, 'audit-log')).verifierKey).not.toBe(first?.verifierKey)
})
