import { readFileSync, writeFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLogins } from '../src/make-roles.ts'
import { requireRights } from '../src/require-rights.ts'
import { loginRoles, viewerRoles } from '../src/roles.ts'
import { createTestDatabase, type TestDatabase } from '../src/test-database.ts'

let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

type Privilege = { role: string; relation: string; column: string; privilege: string }

/** What the database says that each role may do with each column; `delete` and `truncate` are of a whole table. */
const privilegesSql = `
  with role as (select unnest($1::text[]) as name),
    relation as (select c.oid, c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v'))
  select r.name as role, t.relname as relation, a.attname as column, p.name as privilege
    from role r cross join relation t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    cross join unnest(array['select', 'insert', 'update']) as p(name)
    where has_column_privilege(r.name, t.oid, a.attnum, p.name)
  union all
  select r.name, t.relname, '*', p.name from role r cross join relation t cross join unnest(array['delete', 'truncate']) as p(name)
    where has_table_privilege(r.name, t.oid, p.name)`

async function privileges(): Promise<Privilege[]> {
  const roles = [loginRoles.api, loginRoles.worker, ...Object.values(viewerRoles)]
  return (await client.query<Privilege>(privilegesSql, [roles])).rows
}

async function columnsOf(relation: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [relation],
  )
  return rows.map(({ name }) => name)
}

/** relation → role → privilege → columns; `*` for all that there are. */
type Rules = Record<string, Record<string, Record<string, string>>>

async function found(): Promise<Rules> {
  const rules: Rules = {}
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v') order by relname`,
  )
  const all = await privileges()
  for (const { name } of rows) {
    const columns = await columnsOf(name)
    const ofRelation = all.filter((one) => one.relation === name)
    rules[name] = { columns: { all: columns.join(' ') } }
    for (const role of [...new Set(ofRelation.map((one) => one.role))].sort()) {
      const ofRole = ofRelation.filter((one) => one.role === role)
      const byPrivilege: Record<string, string> = {}
      for (const privilege of ['select', 'insert', 'update', 'delete', 'truncate']) {
        const granted = ofRole.filter((one) => one.privilege === privilege).map((one) => one.column)
        if (granted.length === 0) continue
        const inOrder = columns.filter((column) => granted.includes(column))
        byPrivilege[privilege] =
          granted[0] === '*' || inOrder.length === columns.length ? '*' : inOrder.join(' ')
      }
      rules[name][role.replace('buergerdraht_', '')] = byPrivilege
    }
  }
  return rules
}

const rulesFile = new URL('privileges.json', import.meta.url)

test('every role may do with every column what the rules say, and no column is without one', async () => {
  // A new column or table: grant in its migration what each role needs, and write down here what that is
  // (RIGHTS_WRITE=1 does; read the difference before it is committed).
  if (process.env['RIGHTS_WRITE'] === '1')
    writeFileSync(rulesFile, `${JSON.stringify(await found(), null, 2)}\n`)
  expect(await found()).toEqual(JSON.parse(readFileSync(rulesFile, 'utf8')))
})

/** What is content, leads to it, or opens it: nothing that a role without content may touch at all. */
const secret =
  /_sealed$|_mac$|^(wrapped|kek_id|tokens|token|prefix|password_hash|token_hash|profile_sealed|waveform|code_mac|public_key|salt)$/

describe.each(['records', 'metadata', 'technical', 'auditor'] as const)('%s', (viewer) => {
  test('has no privilege on a key, a sealed column, a keyed hash or a password', async () => {
    const mine = (await privileges()).filter((one) => one.role === viewerRoles[viewer])
    expect(
      mine.filter((one) => ['data_key', 'search_entry', 'team_search_entry'].includes(one.relation)),
    ).toEqual([])
    const touched = mine.filter((one) => secret.test(one.column) && one.relation !== 'audit_entry')
    expect(touched.map((one) => `${one.privilege} ${one.relation}.${one.column}`)).toEqual([])
  })

  test('is refused by the database itself', async () => {
    const { rows } = await client.query<{ relation: string; name: string }>(
      `select c.relname as relation, a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname like '%\\_sealed'`,
    )
    expect(rows.length).toBeGreaterThan(10)
    for (const { relation, name } of rows) {
      await client.query(`begin; set local role ${viewerRoles[viewer]}`)
      const answer = client.query(`select "${name}" from "${relation}"`)
      await expect(answer, `${relation}.${name}`).rejects.toMatchObject({ code: '42501' })
      await client.query('rollback')
    }
  })
})

test('staff read no keys either, and no password; what is sealed they open through the program alone', async () => {
  const mine = (await privileges()).filter(
    ({ role, privilege }) => role === viewerRoles.staff && privilege === 'select',
  )
  expect(mine.filter((one) => one.relation === 'data_key' || one.column === 'password_hash')).toEqual([])
  expect(mine.filter((one) => one.relation === 'session' || one.relation === 'totp_factor')).toEqual([])
})

test('the api by itself reads no text, name or number', async () => {
  const mine = (await privileges()).filter(
    ({ role, privilege }) => role === loginRoles.api && privilege === 'select',
  )
  const content = mine.filter((one) =>
    ['content_sealed', 'profile_sealed', 'value_sealed', 'emoji_sealed', 'file_name_sealed'].includes(
      one.column,
    ),
  )
  expect(content).toEqual([])
})

test('the worker reads no password and no session', async () => {
  const mine = (await privileges()).filter(
    ({ role, privilege }) => role === loginRoles.worker && privilege === 'select',
  )
  expect(mine.filter((one) => /^(password_hash|token_hash|secret_sealed|email)$/.test(one.column))).toEqual(
    [],
  )
})

test('no role of the running program is above the rules, or owns anything', async () => {
  const names = [loginRoles.api, loginRoles.worker, ...Object.values(viewerRoles)]
  const { rows } = await client.query(
    `select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as above,
       rolcanlogin, exists (select from pg_class where relowner = r.oid) or exists (select from pg_proc where proowner = r.oid) as owns
     from pg_roles r where rolname = any($1) order by rolname`,
    [names],
  )
  expect(rows).toHaveLength(names.length)
  for (const row of rows) expect(row).toMatchObject({ above: false, owns: false })
  expect(rows.filter((row) => row.rolcanlogin).map((row) => row.rolname)).toEqual([
    loginRoles.api,
    loginRoles.worker,
  ])
  const { rows: members } = await client.query(
    `select m.rolname as member from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles g on g.oid = a.roleid
     where g.rolname = any($1) and not m.rolsuper and m.rolname <> $2`,
    [[loginRoles.owner, ...Object.values(viewerRoles)], loginRoles.api],
  )
  expect(members).toEqual([])
})

test('all tables and functions belong to the owner', async () => {
  const { rows } = await client.query(
    `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'S') and relowner <> $1::regrole
     union all select proname from pg_proc where pronamespace = 'public'::regnamespace and proowner <> $1::regrole`,
    [loginRoles.owner],
  )
  expect(rows).toEqual([])
})

test('who logs in as the api has its rights from the first statement on, and can make, alter and grant nothing', async () => {
  const { api } = await openLogins(database.url)
  await requireRights(api, 'api', { production: true })
  await expect(requireRights(database.url, 'api', { production: true })).rejects.toThrow('is a superuser')
  await expect(requireRights(database.url, 'api', { production: false })).resolves.toBeUndefined()
  await expect(requireRights(api, 'worker', { production: false })).rejects.toThrow(
    'may not work as buergerdraht_worker',
  )
  const as = new pg.Client({ connectionString: api })
  await as.connect()
  try {
    for (const statement of [
      'select content_sealed from message',
      'create table mine (n int)',
      'alter table message disable row level security',
      'set role buergerdraht_owner',
      'set role buergerdraht_worker',
      'drop view team_search_entry',
    ]) {
      await expect(as.query(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
    // PostgreSQL only warns of a grant that gives nothing.
    await as.query('grant select on data_key to public')
  } finally {
    await as.end()
  }
  const { rows } = await client.query(`select has_table_privilege('public', 'data_key', 'select') as granted`)
  expect(rows).toEqual([{ granted: false }])
})
