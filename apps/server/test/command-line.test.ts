import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createAccount, hashPassword } from '@buergerdraht/office'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { openLogins } from '../../../prisma/src/make-roles.ts'
import { Program } from './program.ts'
import { StoryOffice } from './start-office.ts'
import { Visitor } from './visitor.ts'

let office: StoryOffice
beforeAll(async () => {
  office = await StoryOffice.prepare()
})
afterAll(() => office.close())

const started: Program[] = []
afterEach(async () => {
  for (const program of started.splice(0)) await program.end('SIGKILL')
})

async function cli(args: readonly string[], input = '', environment: Record<string, string> = {}) {
  const program = new Program('cli', { ...office.environment, ...environment }, args)
  program.say(input)
  const status = await program.ended()
  return { status, output: program.output }
}

test('says what it can, and what was not understood', async () => {
  const help = await cli(['--help'])
  expect(help.status).toBe(0)
  for (const name of ['migrate', 'admin create', 'keys rotate', 'verify', 'bench'])
    expect(help.output).toContain(name)
  expect(await cli(['admin', 'remove'])).toMatchObject({ status: 2 })
  expect((await cli(['keys', 'rotate', '--help'])).output).toContain('--rewrap-only')
})

test('migrate finds nothing to do twice', async () => {
  expect(await cli(['migrate', '--json'])).toEqual({ status: 0, output: '{"applied":[]}\n' })
})

test('search rebuild fills the index anew, under another key', async () => {
  const { pool } = office.database
  async function index() {
    const { rows } = await pool.query<{ key: string; complete: boolean; entries: number }>(
      `select key_id as key, completed_at is not null as complete, (select count(*)::int from search_entry) as entries
       from search_generation`,
    )
    return rows[0]
  }
  expect(await cli(['search', 'rebuild', '--json'])).toMatchObject({
    status: 0,
    output: '{"complete":true}\n',
  })
  const before = await index()
  expect(await cli(['search', 'rebuild', '--json'])).toMatchObject({
    status: 0,
    output: '{"complete":true}\n',
  })
  const after = await index()
  expect(after).toMatchObject({ complete: true, entries: before?.entries })
  expect(after?.key).not.toBe(before?.key)
  const { rows } = await pool.query('select from data_key where id = $1', [before?.key])
  expect(rows).toHaveLength(0)
})

describe('the first administrator in production', () => {
  let apiUrl = ''
  function production() {
    return {
      NODE_ENV: 'production',
      PUBLIC_URL: office.baseUrl,
      KEY_FILE: office.config.keyFile,
      DATABASE_URL: apiUrl,
    }
  }
  // In production the api logs in with no more rights than it needs, and refuses to start with more.
  beforeAll(async () => {
    apiUrl = (await openLogins(office.environment['DATABASE_URL'] ?? '')).api
  })

  test('is invited once, while there is none, and made with the token, once', async () => {
    async function start() {
      const api = new Program('api', { ...office.environment, ...production() })
      started.push(api)
      await api.answers(`${office.baseUrl}/health/ready`, 200)
      await expect.poll(() => api.output).toContain('process ready')
      await api.end('SIGTERM')
      return api.output
    }
    expect(await start()).not.toContain('admin create')
    await office.database.prisma.account.deleteMany({ where: { role: 'admin' } })
    const output = await start()
    const tokenLine = /--token (\S+)/.exec(output)?.[1] ?? ''
    expect(tokenLine).toMatch(/^[0-9a-f]{48}$/)
    const { rows } = await office.database.pool.query<{ row: string }>(
      'select admin_invitation::text as row from admin_invitation',
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.row).not.toContain(tokenLine)
    const { rows: invited } = await office.database.pool.query(
      `select actor_id, facts from audit_entry where act = 'account-invited' and actor_id is null`,
    )
    expect(invited).toEqual([{ actor_id: null, facts: { role: 'admin', commandLine: true } }])

    const email = 'erste@musterstadt.example'
    const args = ['admin', 'create', '--email', email, '--name', 'Erste', '--json']
    expect(await cli([...args, '--token', 'wrong'], '', production())).toMatchObject({ status: 2 })
    const short = await cli([...args, '--token', tokenLine, '--password-stdin'], 'short\n', production())
    expect(short).toMatchObject({ status: 2 })
    const made = await cli([...args, '--token', tokenLine], '', production())
    expect(made.status).toBe(0)
    const { password } = JSON.parse(made.output) as { password: string }
    expect(await cli([...args, '--token', tokenLine], '', production())).toMatchObject({ status: 2 })
    await office.startApi()
    onTestFinished(() => office.stopApi())
    const visitor = new Visitor(office.baseUrl)
    expect((await visitor.signIn(email, password)).body.account.role).toBe('admin')
  })
})

describe('an account', () => {
  const password = 'neun blaue Hunde im Wald'
  beforeAll(() => office.startApi())
  afterAll(() => office.stopApi())

  function account(command: string, email: string, ...args: string[]) {
    return cli(['account', command, '--email', email, ...args, '--json'])
  }
  /** A clerk's account of the test's own, signed in. */
  async function newAccount(email: string): Promise<Visitor> {
    const { prisma } = office.database
    const person = { email, displayName: 'Nele Unruh', role: 'clerk' } as const
    const passwordHash = await hashPassword(password)
    await createAccount({ prisma, now: () => new Date() }, { ...person, passwordHash, teamIds: [] })
    const visitor = new Visitor(office.baseUrl)
    expect((await visitor.signIn(email, password)).status).toBe(200)
    return visitor
  }

  test('that was made signs in with the password that was shown', async () => {
    const email = 'neu@musterstadt.example'
    const person = ['--name', 'Nele Unruh', '--role', 'clerk', '--team', 'Bürgeramt']
    const made = await account('create', email, ...person)
    const shown = (JSON.parse(made.output) as { password: string }).password
    expect((await new Visitor(office.baseUrl).signIn(email, shown)).body.account).toMatchObject({
      displayName: 'Nele Unruh',
      role: 'clerk',
      teams: [{ name: 'Bürgeramt' }],
    })
  })

  test('that is disabled is signed out, and stays so when it is enabled again', async () => {
    const email = 'gesperrt@musterstadt.example'
    const visitor = await newAccount(email)
    expect(await account('disable', email)).toMatchObject({ status: 0 })
    expect((await visitor.get('/session')).status).toBe(401)
    expect((await new Visitor(office.baseUrl).signIn(email, password)).status).toBe(401)
    expect(await account('enable', email)).toMatchObject({ status: 0 })
    expect((await visitor.get('/session')).status).toBe(401)
    expect((await visitor.signIn(email, password)).status).toBe(200)
  })

  test('gets another role', async () => {
    const email = 'versetzt@musterstadt.example'
    const visitor = await newAccount(email)
    expect(await account('role', email, '--role', 'mayor')).toMatchObject({ status: 2 })
    expect(await account('role', email, '--role', 'dpo')).toMatchObject({ status: 0 })
    expect((await visitor.signIn(email, password)).body.account.role).toBe('dpo')
  })

  test('is signed out everywhere', async () => {
    const email = 'abgemeldet@musterstadt.example'
    const visitor = await newAccount(email)
    expect(await account('end-sessions', email)).toMatchObject({ status: 0 })
    expect((await visitor.get('/session')).status).toBe(401)
  })

  test('gets another password, but none that is easy to guess', async () => {
    const email = 'vergesslich@musterstadt.example'
    const visitor = await newAccount(email)
    for (const easy of ['kurz', 'passwordpassword', 'NeleUnruh1234']) {
      const refused = await cli(['account', 'password', '--email', email, '--password-stdin'], `${easy}\n`)
      expect(refused).toMatchObject({ status: 2 })
      expect(refused.output).toMatch(/^password: /)
      expect(refused.output).not.toContain(easy)
    }
    expect((await visitor.get('/session')).status).toBe(200)
    const chosen = 'sieben graue Esel am Deich'
    expect(
      await cli(['account', 'password', '--email', email, '--password-stdin'], `${chosen}\n`),
    ).toMatchObject({
      status: 0,
    })
    expect((await visitor.get('/session')).status).toBe(401)
    expect((await visitor.signIn(email, chosen)).status).toBe(200)
  })

  test('that is the last to administer stays so, and what helps is said', async () => {
    const email = 'letzte@musterstadt.example'
    await newAccount(email)
    const { pool } = office.database
    const { rows } = await pool.query<{ id: string }>(
      `update account set disabled_at = now() where role = 'admin' and disabled_at is null returning id`,
    )
    expect(await account('role', email, '--role', 'admin')).toMatchObject({ status: 0 })
    for (const change of [['disable'], ['role', '--role', 'clerk']] as const) {
      const [name, ...args] = change
      const answer = await cli(['account', name, '--email', email, ...args])
      expect(answer).toMatchObject({
        status: 2,
        output: expect.stringContaining('last account that can administer'),
      })
    }
    await pool.query('update account set disabled_at = null where id = any($1::uuid[])', [
      rows.map(({ id }) => id),
    ])
  })

  test('whose owner has lost everything signs in with the password alone, and the key of its secret is gone', async () => {
    const email = 'verloren@musterstadt.example'
    await newAccount(email)
    const { pool } = office.database
    const keyId = randomUUID()
    await pool.query(
      `insert into data_key (id, purpose, wrapped, kek_id) values ($1, 'account', '\\x00', 'x')`,
      [keyId],
    )
    await pool.query(
      `insert into totp_factor (account_id, key_id, secret_sealed, confirmed_at) select id, $1, '\\x00', now() from account where email = $2`,
      [keyId, email],
    )
    expect(await account('reset-second-factor', email)).toMatchObject({ status: 0 })
    expect((await pool.query('select from data_key where id = $1', [keyId])).rowCount).toBe(0)
    expect((await new Visitor(office.baseUrl).signIn(email, password)).status).toBe(200)
  })

  test('that does not exist is not changed', async () => {
    const answer = await cli(['account', 'disable', '--email', 'niemand@musterstadt.example'])
    expect(answer).toEqual({ status: 2, output: 'There is no account with this e-mail address.\n' })
  })
})

describe('emergency access', () => {
  beforeAll(() => office.startApi())
  afterAll(() => office.stopApi())
  const two = ['--operator', 'Anna Amsel', '--operator', 'Bert Blau']

  function grant(email: string, ...args: string[]) {
    return cli(['break-glass', '--email', email, '--team', 'Bürgeramt', ...args, '--json'])
  }

  test('is granted by two operators, told to the data-protection officer with their names, taken up in the page and ended', async () => {
    // Of their own: other tests take accounts away.
    const [email, password] = ['notfall@musterstadt.example', 'neun blaue Hunde im Wald']
    await createAccount(
      { prisma: office.database.prisma, now: () => new Date() },
      {
        email,
        displayName: 'Nele Unruh',
        role: 'records',
        passwordHash: await hashPassword(password),
        teamIds: [],
      },
    )
    const { status, output } = await grant(email, '--reason', 'security-incident', '--minutes', '10', ...two)
    expect(status).toBe(0)
    const { id } = JSON.parse(output) as { id: string }
    const dpo = await office.signIn('dpo')
    const { body } = await dpo.get<{ items: { emergencyAccess: object | null; proposedBy: null }[] }>(
      '/dpo-notices',
    )
    expect(body.items[0]).toMatchObject({
      kind: 'emergency-access',
      proposedBy: null,
      decidedBy: null,
      emergencyAccess: { id, operators: ['Anna Amsel', 'Bert Blau'], grantedBy: null, holds: true },
    })
    const holder = new Visitor(office.baseUrl)
    await holder.signIn(email, password)
    expect((await holder.get('/conversations')).status).toBe(403)
    expect((await holder.post(`/emergency-access/${id}/session`)).status).toBe(204)
    expect((await holder.get('/conversations')).status).toBe(200)
    expect(await cli(['break-glass', 'end', '--email', email])).toMatchObject({ status: 0 })
    expect((await holder.get('/conversations')).status).toBe(403)
    expect(await cli(['break-glass', 'end', '--email', email])).toMatchObject({ status: 2 })
    const { rows } = await office.database.pool.query<{ act: string; actor_id: null }>(
      `select act, actor_id from audit_entry where facts ->> 'emergencyAccess' = $1 and actor_id is null order by id`,
      [id],
    )
    expect(rows.map(({ act }) => act)).toEqual(['emergency-access-granted', 'emergency-access-ended'])
  })

  test.each([
    ['one operator', ['--reason', 'fault', '--operator', 'Anna Amsel']],
    ['the same one twice', ['--reason', 'fault', '--operator', 'Anna Amsel', '--operator', ' anna  amsel ']],
    ['a reason of no list', ['--reason', 'curious', ...two]],
    ['more than an hour', ['--reason', 'fault', '--minutes', '61', ...two]],
  ])('is not granted with %s', async (_name, args) => {
    const email = office.demo.logins.find(({ role }) => role === 'records')?.email ?? ''
    expect(await grant(email, ...args)).toMatchObject({ status: 2 })
    const { rows } = await office.database.pool.query(
      'select from emergency_access e join account a on a.id = e.account_id where a.email = $1',
      [email],
    )
    expect(rows).toEqual([])
  })

  test('is not granted for a team that the account is in, or for nobody', async () => {
    const clerk = office.demo.logins.find(({ role }) => role === 'clerk')?.email ?? ''
    const { rows } = await office.database.pool.query<{ name: string }>(
      'select t.name from team t join team_member m on m.team_id = t.id join account a on a.id = m.account_id where a.email = $1',
      [clerk],
    )
    const args = ['--team', rows[0]?.name ?? '', '--reason', 'fault', ...two]
    const own = await cli(['break-glass', '--email', clerk, ...args])
    expect(own).toEqual({ status: 2, output: 'This account is in that team already.\n' })
    expect(await grant('niemand@musterstadt.example', '--reason', 'fault', ...two)).toMatchObject({
      status: 2,
    })
  })
})

test.each([
  [['migrate', '--force']],
  [['migrate', 'now']],
  [['account', 'create', '--email', 'a@b.example']],
  [['keys', 'rotate', '--rewrap-only=yes']],
])('%j is not understood', async (args) => {
  expect(await cli(args)).toMatchObject({ status: 2 })
})

test('keys rotate puts a new key in place while the office runs', async () => {
  onTestFinished(async () => {
    await office.stopWorker()
    await office.stopApi()
  })
  await office.startApi()
  await office.startWorker()
  await office.citizenWrites('491702222222', 'Vor dem Wechsel')
  await office.settled()
  const before = await readFile(office.config.keyFile, 'utf8')
  expect(await cli(['keys', 'rotate', '--json'])).toMatchObject({ status: 0 })
  const after = await readFile(office.config.keyFile, 'utf8')
  expect(after.trim().split('\n')).toHaveLength(1)
  expect(after).not.toContain(before.trim())
  const { rows: recorded } = await office.database.pool.query(
    `select actor_id, facts from audit_entry where act = 'keys-rotated'`,
  )
  expect(recorded).toEqual([{ actor_id: null, facts: { commandLine: true } }])
  const { rows } = await office.database.pool.query('select distinct kek_id from data_key')
  expect(rows).toHaveLength(1)

  await office.citizenWrites('491702222222', 'Nach dem Wechsel')
  await office.settled()
  await office.stopWorker()
  await office.stopApi()
  // Nothing in memory: with the new key alone everything is readable.
  await office.startApi()
  const clerk = await office.signIn('clerk')
  const { body } = await clerk.get<{ items: { id: string; lastMessage: { text: string } }[] }>(
    '/conversations',
  )
  const theirs = body.items.find(({ lastMessage }) => lastMessage.text === 'Nach dem Wechsel')
  const messages = await clerk.get<{ items: { text: string }[] }>(`/conversations/${theirs?.id}/messages`)
  const texts = messages.body.items.map(({ text }) => text).toSorted()
  expect(texts).toEqual(['Nach dem Wechsel', 'Vor dem Wechsel'])
  const { status } = await office.deliver('{}')
  expect(status).toBe(200)
})

test('audit check finds what somebody with the database has changed in the log', async () => {
  const { pool } = office.database
  await Promise.all([office.startApi(), office.startWorker()])
  onTestFinished(async () => {
    await Promise.all([office.stopWorker(), office.stopApi()])
  })
  await office.signIn('clerk')
  await expect
    .poll(async () => (await pool.query('select from audit_waiting')).rowCount, { timeout: 60_000 })
    .toBe(0)
  // A worker signs what is new as it ends.
  await office.stopWorker()
  expect(await cli(['audit', 'check'])).toMatchObject({
    status: 0,
    output: expect.stringContaining('Up to here the ledger is the one'),
  })
  await pool.query(`set session_replication_role = replica;
    update audit_entry set act = 'signed-out' where id = (select entry_id from audit_leaf where entry_id is not null order by index limit 1);
    set session_replication_role = origin`)
  const changed = await cli(['audit', 'check', '--json'])
  expect(changed.status).toBe(1)
  expect(JSON.parse(changed.output)).toMatchObject({
    state: 'unusable',
    database: expect.arrayContaining([expect.objectContaining({ code: 'LEDGER_ENTRY_CHANGED' })]),
  })
})

test('deletion plan says what would go and what would stay, and plans nothing', async () => {
  const { pool } = office.database
  onTestFinished(async () => {
    await Promise.all([office.stopWorker(), office.stopApi()])
    await pool.query(`update contact set due_at = null, waits_for = 'RELATION_ENDED'`)
  })
  expect(await cli(['deletion', 'plan'])).toMatchObject({ status: 0, output: 'Nothing is due.\n' })
  await Promise.all([office.startApi(), office.startWorker()])
  await office.citizenWrites('491702222223', 'Wann ist Sprechstunde?')
  await office.settled()
  // The worker sets wrong dates right.
  await office.stopWorker()
  // Somebody who has an open matter, with a date that is wrong: the law has the last word.
  await pool.query(`update contact set due_at = now() - interval '1 day', waits_for = null where id in (
    select contact_id from conversation where state = 'open')`)
  const { status, output } = await cli(['deletion', 'plan', '--json'])
  expect(status).toBe(0)
  const { going, staying } = JSON.parse(output)
  expect(going).toEqual([])
  expect(staying).toEqual([{ reason: expect.any(String), count: expect.any(Number) }])
  expect((await pool.query('select from deletion_run')).rowCount).toBe(0)
})
