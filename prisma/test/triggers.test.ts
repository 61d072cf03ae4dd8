import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../src/test-database.ts'
import { type Attempt, asAnn, attempts, base, channel, type Row } from './trigger-attempts.ts'

/** What it does is seen after a commit alone: it has a test of its own. */
const untold = 'webhook_event_stored'

let database: TestDatabase
let client: pg.Client
/** Columns that must have a value, with one that their type takes. */
const required = new Map<string, Record<string, string>>()

const someOf: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  _uuid: 'array[gen_random_uuid()]',
  text: `'x'`,
  timestamptz: 'now()',
  date: 'current_date',
  jsonb: `'{}'`,
  bool: 'false',
  bytea: `decode(repeat('00', 32), 'hex')`,
  int2: '1',
  int4: '1',
  int8: '1',
  role: `'clerk'`,
}

beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query<{ table: string; column: string; type: string }>(
    `select table_name as table, column_name as column, udt_name as type from information_schema.columns
     where table_schema = 'public' and is_nullable = 'NO' and column_default is null and is_identity = 'NO'`,
  )
  for (const { table, column, type } of rows)
    required.set(table, { ...required.get(table), [column]: someOf[type] ?? `no value for ${type}` })
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

function insertOf([table, values = {}]: Row): string {
  const all = { ...required.get(table), ...values }
  return `insert into ${table} (${Object.keys(all).join()}) values (${Object.values(all).join()})`
}

function statementOf({ act }: Attempt): string {
  return typeof act === 'string' ? act : insertOf(act)
}

type Trigger = { readonly name: string; readonly table: string; readonly events: readonly string[] }

/** What is in the database, whoever wrote it there. Events: see pg_trigger.h. */
async function triggers(): Promise<Trigger[]> {
  const { rows } = await client.query<Trigger>(
    `select t.tgname as name, c.relname as table, array_remove(array[case when t.tgtype & 4 > 0 then 'insert' end, case when t.tgtype & 8 > 0 then 'delete' end,
       case when t.tgtype & 16 > 0 then 'update' end, case when t.tgtype & 32 > 0 then 'truncate' end], null) as events
     from pg_trigger t join pg_class c on c.oid = t.tgrelid where not t.tgisinternal order by 1`,
  )
  return rows
}

/**
 * Makes the attempt in a transaction of which nothing stays.
 * @returns with which SQLSTATE it was refused and what was said; or whether it had its effect
 */
async function outcome(attempt: Attempt, disabled: string): Promise<string | boolean> {
  await client.query('begin; set local session_replication_role = replica')
  try {
    for (const row of [...base, ...(attempt.given ?? [])]) await client.query(insertOf(row))
    await client.query(`set local session_replication_role = origin; ${disabled}; ${asAnn}`)
    if (attempt.granted !== undefined) await client.query(`grant ${attempt.granted} to ${attempt.as}`)
    if (attempt.as !== undefined) await client.query(`set local role ${attempt.as}`)
    await client.query('savepoint before')
    try {
      await client.query(`${statementOf(attempt)}; set constraints all immediate`)
    } catch (error) {
      const { code, message } = error as pg.DatabaseError
      return `${code} ${message}`
    }
    if (attempt.effect === undefined) return true
    const { rows } = await client.query<{ seen: boolean }>(`select ${attempt.effect} as seen`)
    return rows[0]?.seen ?? false
  } finally {
    await client.query('rollback')
  }
}

test('every trigger has an attempt for each event that sets it off, and no attempt is at one that is gone', async () => {
  const found = Object.fromEntries((await triggers()).map(({ name, events }) => [name, events.toSorted()]))
  const tried = Object.fromEntries(
    Object.entries(attempts).map(([name, all]) => [
      name,
      [...new Set(all.map((one) => statementOf(one).split(' ')[0]))].toSorted(),
    ]),
  )
  expect({ ...tried, [untold]: ['insert', 'update'] }).toEqual(found)
})

describe('is what it does, and without it nothing would', () => {
  test.each(Object.keys(attempts))('%s', async (name) => {
    const { table } = (await triggers()).find((one) => one.name === name) ?? {}
    if (table === undefined) expect.fail('There is no such trigger.')
    for (const attempt of attempts[name] ?? []) {
      const [kept, gone] = [
        await outcome(attempt, 'select'),
        await outcome(attempt, `alter table ${table} disable trigger ${name}`),
      ]
      const act = statementOf(attempt)
      if (attempt.refused === undefined) {
        expect([kept, gone], act).toEqual([true, false])
      } else {
        expect(kept, act).toMatch(new RegExp(`^${attempt.refused} `))
        // What is emptied with it may be guarded for itself.
        if (act.startsWith('truncate')) expect(gone, act).not.toBe(kept)
        else expect(gone, act).toBe(true)
      }
    }
  })
})

test(`${untold}: ingest is told at once of what is stored and of what is let go, and of nothing without it`, async () => {
  const own = await createTestDatabase()
  const committing = new pg.Client({ connectionString: own.url })
  await committing.connect()
  const heard: string[] = []
  committing.on('notification', (told) => heard.push(told.channel))
  /** A session hears of its own commit before the commit is answered. */
  async function told(act: string): Promise<string[]> {
    heard.length = 0
    await committing.query(act)
    return [...heard]
  }
  await committing.query('listen intake')
  const acts = [insertOf(['webhook_event', { channel_id: channel }]), 'update webhook_event set held = held']
  for (const act of acts) expect(await told(act), act).toEqual(['intake'])
  await committing.query(`delete from webhook_event; alter table webhook_event disable trigger ${untold}`)
  for (const act of acts) expect(await told(act), act).toEqual([])
  await committing.end()
  await own.drop()
})
