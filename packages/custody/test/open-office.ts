import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keys, newKeyEncryptionKey, type OfficeContext } from '@buergerdraht/office'
import { createDatabase } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'

export type TestOffice = OfficeContext & {
  readonly folder: string
  close(): Promise<void>
}

/** An office on a fresh database, with a folder for its ledger. */
export async function openOffice(now: () => Date = () => new Date()): Promise<TestOffice> {
  const made = await createTestDatabase()
  const database = createDatabase(made.url)
  const key = newKeyEncryptionKey()
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'))
  return {
    pool: database.pool,
    prisma: database.prisma,
    keys: await Keys.open(database.pool, async () => [key]),
    now,
    notify: async () => {},
    log: { info: () => {}, warn: () => {}, error: () => {} },
    folder: join(folder, 'deletion'),
    close: async () => {
      await database.close()
      await made.drop()
      await rm(folder, { recursive: true })
    },
  }
}
