import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { viewerRoles } from '../src/roles.ts'
import { createTestDatabase, type TestDatabase } from '../src/test-database.ts'

let database: TestDatabase
let client: pg.Client

/** A team with a conversation and everything that may hang on one. */
type World = Readonly<
  Record<
    | 'team'
    | 'account'
    | 'channel'
    | 'contact'
    | 'conversation'
    | 'message'
    | 'attachment'
    | 'unsent'
    | 'request',
    string
  >
>
const worlds: World[] = []

async function makeWorld(name: string): Promise<World> {
  const it: World = {
    team: randomUUID(),
    account: randomUUID(),
    channel: randomUUID(),
    contact: randomUUID(),
    conversation: randomUUID(),
    message: randomUUID(),
    attachment: randomUUID(),
    unsent: randomUUID(),
    request: randomUUID(),
  }
  const key = randomUUID()
  await client.query(`
    insert into team (id, name) values ('${it.team}', '${name}');
    insert into account (id, email, display_name, role) values ('${it.account}', '${it.account}@a.example', '${name}', 'clerk');
    insert into team_member values ('${it.account}', '${it.team}');
    insert into channel (id, vendor, name, team_id, phone_number_id, display_phone_number, base_url, key_id, credentials_sealed)
      values ('${it.channel}', 'meta', '${name}', '${it.team}', '${it.channel}', '', '', '${key}', '');
    insert into contact (id, channel_id, key_id, shape, created_at) values ('${it.contact}', '${it.channel}', '${key}', 0, now());
    insert into contact_identity (id, channel_id, contact_id, kind, value_mac, value_sealed, since_at)
      values (gen_random_uuid(), '${it.channel}', '${it.contact}', 'phone', '\\x01', '\\x02', now());
    insert into conversation (id, channel_id, contact_id, team_id, key_id, opened_at, last_message_at)
      values ('${it.conversation}', '${it.channel}', '${it.contact}', '${it.team}', '${key}', now(), now());
    insert into message (id, conversation_id, channel_id, direction, kind, sent_at, received_at)
      values ('${it.message}', '${it.conversation}', '${it.channel}', 'inbound', 'text', now(), now());
    insert into message_version (message_id, version, content_sealed, said_at) values ('${it.message}', 1, '', now());
    insert into erased_file (message_id, ledger_entry, files, rule, ground, erased_at) values ('${it.message}', 1, 1, 'LR-DA01@1', 'ART17_1A', now());
    insert into reaction (id, message_id, sender, at) values (gen_random_uuid(), '${it.message}', 'citizen', now());
    insert into attachment (id, conversation_id, message_id, kind, media_type, created_at) values ('${it.attachment}', '${it.conversation}', '${it.message}', 'image', 'image/png', now());
    insert into attachment (id, conversation_id, uploaded_by, kind, media_type, created_at) values ('${it.unsent}', '${it.conversation}', '${it.account}', 'image', 'image/png', now());
    insert into draft (conversation_id, account_id, content_sealed, saved_at) values ('${it.conversation}', '${it.account}', '', now());
    insert into presence (tab_id, account_id, conversation_id, writing, seen_at) values (gen_random_uuid(), '${it.account}', '${it.conversation}', false, now());
    insert into search_entry (id, conversation_id, team_id, at, tokens) values ('${it.message}', '${it.conversation}', '${it.team}', now(), '{1}');
    insert into conversation_signal (conversation_id, finder_version, state, filing, signals, weight, computed_at)
      values ('${it.conversation}', 1, 'open', 'UNDECIDED', '[]', 0, now());
    insert into workbench_decision (conversation_id, decision, decided_by, decided_at) values ('${it.conversation}', 'delete', '${it.account}', now());
    insert into data_subject_request (id, kind, contact_id, conversation_id, message_id, received_at, due_at)
      values ('${it.request}', 'ACCESS', '${it.contact}', '${it.conversation}', '${it.message}', now(), now() + interval '1 month');
    insert into redaction (request_id, conversation_id, part, begins, ends, blacked, decided_by, decided_at)
      values ('${it.request}', '${it.conversation}', '\\x01', 0, 1, true, '${it.account}', now());
    insert into correction (id, conversation_id, message_id, content_sealed, marked_by, marked_at)
      values (gen_random_uuid(), '${it.conversation}', '${it.message}', '', '${it.account}', now())`)
  return it
}

beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  worlds.push(await makeWorld('Bürgeramt'), await makeWorld('Standesamt'))
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

/** Runs it as staff of these teams; nothing of it stays. */
async function asStaff(teams: readonly string[], account: string, sql: string): Promise<pg.QueryResult> {
  await client.query(
    `begin; set local role ${viewerRoles.staff}; set local app.teams = '{${teams.join()}}'; set local app.account = '${account}'`,
  )
  try {
    return await client.query(sql)
  } finally {
    await client.query('rollback')
  }
}

const own = 0
const foreign = 1
function world(index: number): World {
  return worlds[index] as World
}

/** Every relation whose rows are a conversation's or lead to one, and how a row says which world it is of. */
const guarded: Record<string, (it: World) => string> = {
  conversation: (it) => `id = '${it.conversation}'`,
  contact: (it) => `id = '${it.contact}'`,
  contact_identity: (it) => `contact_id = '${it.contact}'`,
  message: (it) => `id = '${it.message}'`,
  message_version: (it) => `message_id = '${it.message}'`,
  erased_file: (it) => `message_id = '${it.message}'`,
  reaction: (it) => `message_id = '${it.message}'`,
  attachment: (it) => `conversation_id = '${it.conversation}'`,
  draft: (it) => `conversation_id = '${it.conversation}'`,
  presence: (it) => `conversation_id = '${it.conversation}'`,
  search_entry: (it) => `conversation_id = '${it.conversation}'`,
  conversation_signal: (it) => `conversation_id = '${it.conversation}'`,
  workbench_decision: (it) => `conversation_id = '${it.conversation}'`,
  data_subject_request: (it) => `conversation_id = '${it.conversation}'`,
  redaction: (it) => `conversation_id = '${it.conversation}'`,
  correction: (it) => `conversation_id = '${it.conversation}'`,
  team_search_entry: (it) => `conversation_id = '${it.conversation}'`,
}

describe.each(Object.entries(guarded))('%s', (relation, of) => {
  test('shows the rows of the own team, and none of another however they are asked for', async () => {
    const { team, account } = world(own)
    // The view is empty for whoever is nobody.
    const table = relation.replace('team_', '')
    const all = await client.query(`select from ${table}`)
    const mine = await client.query(`select from ${table} where ${of(world(own))}`)
    expect(mine.rowCount).toBeGreaterThan(0)
    expect((await asStaff([team], account, `select from ${relation}`)).rowCount).toBe(mine.rowCount)
    expect(
      (await asStaff([team], account, `select from ${relation} where ${of(world(foreign))}`)).rowCount,
    ).toBe(0)
    expect((await asStaff([], randomUUID(), `select from ${relation}`)).rowCount).toBe(0)
    expect(all.rowCount).toBeGreaterThan(mine.rowCount ?? 0)
  })

  test('is not shown where nobody has said who asks', async () => {
    await client.query(`begin; set local role ${viewerRoles.staff}`)
    expect((await client.query(`select from ${relation}`)).rowCount).toBe(0)
    await client.query('rollback')
  })
})

test('every table that names a conversation, a message or a contact, and that staff may read, is guarded', async () => {
  const { rows } = await client.query<{ name: string; guarded: boolean }>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and has_any_column_privilege($1, c.oid, 'select')
       and (c.relname in ('conversation', 'contact') or exists (select from pg_attribute a where a.attrelid = c.oid
         and a.attname in ('conversation_id', 'message_id', 'contact_id')))`,
    [viewerRoles.staff],
  )
  expect(rows.filter((row) => !row.guarded)).toEqual([])
  expect(rows.map((row) => row.name).sort()).toEqual(
    Object.keys(guarded)
      .filter((name) => name !== 'team_search_entry')
      .sort(),
  )
})

test.each([
  ['conversation', 'set unread_count = 9'],
  ['message', 'set settled_at = now()'],
  ['reaction', 'set replaced_at = now()'],
  ['draft', 'set saved_at = now()'],
  ['search_entry', `set tokens = '{}'`],
])('a row of another team is not changed: %s', async (table, change) => {
  const { team, account } = world(own)
  const of = guarded[table] ?? (() => 'false')
  expect(
    (await asStaff([team], account, `update ${table} ${change} where ${of(world(foreign))}`)).rowCount,
  ).toBe(0)
  expect(
    (await asStaff([team], account, `update ${table} ${change} where ${of(world(own))}`)).rowCount,
  ).toBeGreaterThan(0)
})

test.each(['sampled = true', 'run_id = gen_random_uuid()'])(
  'nobody at the workbench chooses what is drawn: %s',
  async (change) => {
    const { team, account } = world(own)
    await expect(asStaff([team], account, `update workbench_decision set ${change}`)).rejects.toMatchObject({
      code: '42501',
    })
  },
)

test('nothing is put into a conversation of another team, and no conversation is handed to one', async () => {
  const [mine, theirs] = [world(own), world(foreign)]
  for (const sql of [
    `insert into message (id, conversation_id, channel_id, direction, kind, sent_at, received_at)
       values (gen_random_uuid(), '${theirs.conversation}', '${theirs.channel}', 'inbound', 'text', now(), now())`,
    `insert into draft (conversation_id, account_id, content_sealed, saved_at) values ('${theirs.conversation}', '${mine.account}', '', now())`,
    `insert into presence (tab_id, account_id, conversation_id, writing, seen_at) values (gen_random_uuid(), '${mine.account}', '${theirs.conversation}', false, now())`,
    `insert into presence (tab_id, account_id, conversation_id, writing, seen_at) values (gen_random_uuid(), '${theirs.account}', '${mine.conversation}', false, now())`,
    `insert into search_entry (id, conversation_id, team_id, at, tokens) values (gen_random_uuid(), '${theirs.conversation}', '${theirs.team}', now(), '{}')`,
    `update conversation set team_id = '${theirs.team}' where id = '${mine.conversation}'`,
  ]) {
    await expect(asStaff([mine.team], mine.account, sql), sql).rejects.toMatchObject({ code: '42501' })
  }
})

test('a draft and a file that was not sent are their author’s alone, also within the team', async () => {
  const { team } = world(own)
  const colleague = randomUUID()
  expect((await asStaff([team], colleague, 'select from draft')).rowCount).toBe(0)
  expect((await asStaff([team], colleague, 'select from attachment')).rowCount).toBe(1)
  expect((await asStaff([team], colleague, 'delete from attachment where message_id is null')).rowCount).toBe(
    0,
  )
})

test('whoever deletes an upload takes its key along without reading any', async () => {
  const { team, account, unsent } = world(own)
  await client.query(
    `insert into data_key (id, purpose, wrapped, kek_id) values ($1, 'attachment', '', '')`,
    [unsent],
  )
  await client.query(
    `begin; set local role ${viewerRoles.staff}; set local app.teams = '{${team}}'; set local app.account = '${account}'`,
  )
  await client.query('delete from attachment where message_id is null')
  await client.query('reset role')
  expect((await client.query('select from data_key where id = $1', [unsent])).rowCount).toBe(0)
  await client.query('rollback')
})

test('the search of staff walks the inverted index, as it does without row-level security', async () => {
  const { team, conversation } = world(own)
  await client.query(
    `insert into search_entry (id, conversation_id, team_id, at, tokens)
     select gen_random_uuid(), '${conversation}', '${team}', now(), array[n, n + 1] from generate_series(1, 20000) as n`,
  )
  await client.query('analyze search_entry')
  await client.query(`begin; set local role ${viewerRoles.staff}; set local app.teams = '{${team}}'`)
  const { rows } = await client.query(
    `explain select conversation_id from team_search_entry where tokens @> '{77}'`,
  )
  await client.query(
    `rollback; delete from search_entry where id <> '${world(own).message}' and team_id = '${team}'`,
  )
  expect(JSON.stringify(rows)).toContain('search_entry_tokens_idx')
})
