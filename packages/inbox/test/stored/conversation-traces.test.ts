import { createDatabase, type Database } from '@buergerdraht/prisma'
import { createTestDatabase } from '@buergerdraht/prisma/test-database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { conversationTraces } from '../../src/stored/conversation-traces.ts'

let database: Database
let drop: () => Promise<void>

beforeAll(async () => {
  const made = await createTestDatabase()
  drop = made.drop
  database = createDatabase(made.url)
})
afterAll(async () => {
  await database.close()
  await drop()
})

async function columns(text: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(text)
  return rows.map(({ name }) => name).sort()
}

/** A migration or a feature that adds such a column decides here how it goes. */
test('every column that can name a conversation or a part of one is listed', async () => {
  const naming =
    await columns(`select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and table_name not like '\\_prisma%' and table_name not in (select viewname from pg_views) and data_type = 'uuid'
      and column_name ~ '^(.*_)?(conversation|message|attachment|contact|reaction|reply_to)_id$'`)
  expect(naming).toEqual(Object.keys(conversationTraces).sort())
})

test('what is said to go with its parent is taken along by a foreign key, and nothing else is', async () => {
  const cascading = await columns(`select t.relname || '.' || a.attname as name from pg_constraint c
    join pg_class t on t.oid = c.conrelid join pg_class p on p.oid = c.confrelid
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confdeltype = 'c' and p.relname in ('conversation', 'message', 'attachment', 'contact')`)
  const said = Object.entries(conversationTraces).filter(([, end]) => end === 'with-parent')
  expect(cascading).toEqual(said.map(([name]) => name).sort())
})
