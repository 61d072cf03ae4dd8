import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { drift, historyDifference } from '../src/drift.ts'
import { migrate, migrations } from '../src/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../src/test-database.ts'

let database: TestDatabase
let client: pg.Client

beforeEach(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})

afterEach(async () => {
  await client.end()
  await database.drop()
})

test('the migrations make what schema.prisma says', async () => {
  expect(await drift(database.url)).toBe('')
})

test('a column that no migration makes is a difference', async () => {
  await client.query('begin; alter table team add column colour text; commit')
  expect(await drift(database.url)).toContain('DROP COLUMN "colour"')
})

test('what the schema language cannot say is no difference', async () => {
  await client.query(`
    alter table team add constraint team_named check (name <> '');
    create index team_partial on team (name) where name > 'm';
    create index team_expression on team (lower(name));
    create function team_touched() returns trigger language plpgsql as $$ begin return new; end $$;
    create trigger team_touched before insert on team for each row execute function team_touched();
  `)
  expect(await drift(database.url)).toBe('')
})

test("Prisma's own command line finds every migration applied and nothing failed", async () => {
  expect(await historyDifference(database.url)).toBeNull()
})

test('migrating again, and from several processes at once, changes nothing', async () => {
  expect(await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)])).toEqual([
    [],
    [],
    [],
  ])
  const { rows } = await client.query('select count(*)::int as count from _prisma_migrations')
  expect(rows).toEqual([{ count: migrations().length }])
})

test('keyed hashes that were base64url become the bytes they stood for, and nothing becomes nothing', async () => {
  const mac = randomBytes(16)
  // Every character that the two alphabets do not share.
  const odd = Buffer.from('-_-_-_-_-_-_-_-_-_-_-w', 'base64url')
  const sql = migrations().find(({ name }) => name.endsWith('_macs_as_bytes'))?.sql ?? ''
  await client.query(`set session_replication_role = replica;
    alter table message alter provider_id_mac type text using null, alter reply_to_mac type text using null;
    alter table reaction alter provider_id_mac type text using null;
    alter table early_arrival alter target_mac type text using ''`)
  await client.query(
    `insert into reaction (id, message_id, sender, at, provider_id_mac)
       select gen_random_uuid(), gen_random_uuid(), 'citizen', now(), mac from unnest($1::text[]) as m(mac)`,
    [[mac.toString('base64url'), odd.toString('base64url'), null]],
  )
  await client.query(sql)
  const { rows } = await client.query<{ mac: Buffer | null }>('select provider_id_mac as mac from reaction')
  expect(rows.map((row) => row.mac?.toString('hex') ?? null).toSorted()).toEqual(
    [mac.toString('hex'), odd.toString('hex'), null].toSorted(),
  )
  await client.query('reset session_replication_role')
  expect(await drift(database.url)).toBe('')
})

test('a database of a newer release is refused', async () => {
  await client.query(
    `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('1', 'c', '29990101_x', now())`,
  )
  await expect(migrate(database.url)).rejects.toThrow(
    'made by a newer release: it holds the migration 29990101_x',
  )
})

test('an applied migration that was edited afterwards is refused', async () => {
  await client.query(`update _prisma_migrations set checksum = 'other'`)
  await expect(migrate(database.url)).rejects.toThrow('was changed after it had been applied')
})
