import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Inbox, openAgain } from '@buergerdraht/inbox'
import { createDatabase, type Database } from '@buergerdraht/prisma'
import { createTestDatabase, type TestDatabase } from '@buergerdraht/prisma/test-database'
import { catalogue } from '@buergerdraht/records'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { begunBefore } from '../src/coverage/begun-before.ts'
import { countCoverage, coverageTotals, sweepCoverage } from '../src/coverage/coverage.ts'
import { tables, wordsOf } from '../src/coverage/tables.ts'

let made: TestDatabase
let database: Database
let now: Date
const never = new AbortController().signal

beforeEach(async () => {
  made = await createTestDatabase()
  database = createDatabase(made.url)
  now = new Date('2026-11-16T12:00:00Z')
})
afterEach(async () => {
  await database.close()
  await made.drop()
})

function note(): void {}
function office(): Pick<Inbox, 'pool' | 'now' | 'log'> {
  return { pool: database.pool, now: () => now, log: { info: note, warn: note, error: note } }
}

async function addMatter(of: { closedAt?: string; filing?: string } = {}): Promise<string> {
  const { prisma } = database
  const team = await prisma.team.create({ data: { name: randomUUID() } })
  const channel = await prisma.channel.create({
    data: {
      vendor: 'meta',
      name: 'x',
      teamId: team.id,
      phoneNumberId: randomUUID(),
      displayPhoneNumber: '+49',
      baseUrl: 'http://x',
      keyId: randomUUID(),
      credentialsSealed: new Uint8Array(1),
    },
  })
  const [contactId, id, messageId] = [randomUUID(), randomUUID(), randomUUID()]
  const at = new Date('2026-10-01T08:00:00Z')
  await prisma.contact.create({
    data: { id: contactId, channelId: channel.id, keyId: randomUUID(), shape: 1, createdAt: at },
  })
  const closedAt = of.closedAt === undefined ? null : new Date(of.closedAt)
  await prisma.conversation.create({
    data: {
      id,
      channelId: channel.id,
      contactId,
      teamId: team.id,
      keyId: randomUUID(),
      openedAt: at,
      lastMessageAt: at,
      ...(closedAt === null ? {} : { closedAt, state: 'closed' }),
      ...(of.filing === undefined ? {} : { filing: of.filing }),
    },
  })
  await prisma.message.create({
    data: {
      conversationId: id,
      kind: 'text',
      id: messageId,
      channelId: channel.id,
      direction: 'inbound',
      sentAt: at,
      receivedAt: at,
    },
  })
  await prisma.attachment.create({
    data: {
      id: randomUUID(),
      conversationId: id,
      kind: 'image',
      messageId,
      mediaType: 'image/png',
      createdAt: at,
    },
  })
  return id
}

async function dates(conversationId: string) {
  const matter = await database.prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })
  const file = await database.prisma.attachment.findFirstOrThrow({ where: { conversationId } })
  return {
    matter: matter.dueAt?.toISOString() ?? matter.waitsFor,
    file: file.dueAt?.toISOString() ?? file.waitsFor,
  }
}

async function totals() {
  const items = await countCoverage(office())
  function sum(name: 'rows' | 'classified' | 'overdue'): number {
    return items.reduce((all, one) => all + one[name], 0)
  }
  return { gaps: sum('rows') - sum('classified'), overdue: sum('overdue'), items }
}

test('each table and each column has its mark, and none has two', async () => {
  const { rows } = await database.pool.query<{ table: string; columns: string[] }>(
    `select c.relname as table, array_agg(a.attname::text order by a.attname) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> '_prisma_migrations' group by 1`,
  )
  const inDatabase = Object.fromEntries(rows.map(({ table, columns }) => [table, columns.toSorted()]))
  const declared = Object.fromEntries(
    Object.entries(tables).map(([table, { personal, other }]) => [
      table,
      [...wordsOf(personal), ...wordsOf(other)].toSorted(),
    ]),
  )
  expect(declared).toEqual(inDatabase)
})

test('what is sealed or hashed for look-up is marked as personal, and such a table has a fate', () => {
  for (const [table, { fates, personal, other }] of Object.entries(tables)) {
    const sealed = wordsOf(other).filter((column) => /_sealed$|_mac$/.test(column))
    expect(
      sealed.filter((column) => !['credentials_sealed', 'proof_mac'].includes(column)),
      `${table} has sealed columns that are not personal`,
    ).toEqual([])
    expect(
      fates.some(({ kind }) => kind === 'NONE'),
      table,
    ).toBe(personal === '')
  }
})

test('the schema says the same cluster of each table', () => {
  const schema = readFileSync(new URL('../../../prisma/schema.prisma', import.meta.url), 'utf8')
  const said: Record<string, string> = {}
  for (const [, doc = '', body = ''] of schema.matchAll(
    /((?:^\/\/\/.*\n)+)^model \w+ \{\n((?:.*\n)*?)^\}/gm,
  )) {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? ''
    said[table] = /@cluster ((?:DA\d\d ?)+)/.exec(doc)?.[1]?.trim() ?? (doc.includes('@nopii') ? '' : '?')
  }
  const own: Record<string, string> = {
    contact: 'DA06',
    conversation: 'DA01',
    attachment: 'DA04',
    privacy_notice_evidence: 'DA20',
  }
  const declared = Object.fromEntries(
    Object.entries(tables).map(([table, { fates }]) => [
      table,
      fates
        .map((fate) => (fate.kind === 'NONE' ? '' : fate.kind === 'OWN' ? own[table] : fate.cluster))
        .join(' '),
    ]),
  )
  expect(said).toEqual(declared)
})

test('what goes with a row has a foreign key that takes it along, where it says so', async () => {
  const { rows } = await database.pool.query<{ key: string }>(
    `select c.conrelid::regclass || '.' || a.attname || ' ' || c.confrelid::regclass as key from pg_constraint c
     join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1] where c.contype = 'f' and c.confdeltype in ('c', 'r', 'a')`,
  )
  const keys = rows.map(({ key }) => key)
  const bound = Object.entries(tables).flatMap(([table, { fates }]) =>
    fates.flatMap((fate) =>
      fate.kind === 'WITH' && fate.keptBy === 'KEY' ? [`${table}.${fate.by} ${fate.of}`] : [],
    ),
  )
  expect(bound.filter((one) => !keys.includes(one))).toEqual([])
})

test('the rules begin as the proposals of the catalogue, signed by nobody', async () => {
  const rules = await database.prisma.deletionRule.findMany({ orderBy: { cluster: 'asc' } })
  expect(rules.map(({ cluster, version, retention }) => ({ cluster, version, retention }))).toEqual(
    Object.values(catalogue).map(({ code, proposal }) => ({
      cluster: code,
      version: 1,
      retention: proposal,
    })),
  )
  expect(rules.every(({ approvedBy }) => approvedBy === null)).toBe(true)
})

test('a matter waits for closing from the moment it is written; closed, it and its files have a date; opened again, they wait', async () => {
  const id = await addMatter()
  expect(await dates(id)).toEqual({ matter: 'CASE_CLOSED', file: 'PARENT' })
  await sweepCoverage(office(), never)
  expect(await dates(id)).toEqual({ matter: 'CASE_CLOSED', file: 'PARENT' })

  const closed = await addMatter({ closedAt: '2026-11-10T09:00:00Z' })
  await database.prisma.coverage.create({ data: { askedAt: now } })
  expect(await sweepCoverage(office(), never)).toBe(2)
  // Thirty days and fourteen days after the day of closing, at midnight in the town hall.
  expect(await dates(closed)).toEqual({
    matter: '2026-12-10T23:00:00.000Z',
    file: '2026-11-24T23:00:00.000Z',
  })
  expect((await totals()).gaps).toBe(0)

  await openAgain(database.pool, [closed])
  expect(await dates(closed)).toEqual({ matter: 'CASE_CLOSED', file: 'PARENT' })
})

test('the database takes no row that says neither, and no open matter with a date', async () => {
  const id = await addMatter()
  const { pool } = database
  await expect(pool.query('update conversation set waits_for = null where id = $1', [id])).rejects.toThrow(
    'conversation_due',
  )
  await expect(
    pool.query('update conversation set waits_for = null, due_at = now() where id = $1', [id]),
  ).rejects.toThrow('conversation_open_waits')
  await expect(pool.query('update contact set due_at = now()')).rejects.toThrow('contact_due')
})

test('a row under a version that there is not is a gap; so is an entry of the search without its matter', async () => {
  const id = await addMatter()
  expect((await totals()).gaps).toBe(0)
  await database.pool.query('update conversation set rule_version = 7 where id = $1', [id])
  await database.pool.query(
    'insert into search_entry (id, conversation_id, team_id, at, tokens) values ($1, $1, $1, now(), $2)',
    [randomUUID(), '{1}'],
  )
  const { gaps, items } = await totals()
  expect(gaps).toBe(2)
  expect(items.filter(({ rows, classified }) => rows !== classified).map(({ table }) => table)).toEqual([
    'conversation',
    'search_entry',
  ])
  // The nightly comparison puts the first right.
  await sweepCoverage(office(), never)
  expect((await totals()).gaps).toBe(1)
})

test('what is past its date is counted as overdue, in tables that say it and in tables of which it is said', async () => {
  await addMatter({ closedAt: '2026-09-01T09:00:00Z' })
  await sweepCoverage(office(), never)
  const { pool } = database
  for (const day of ['2026-11-15', '2026-08-01'])
    await pool.query('insert into sign_in_failure (bucket_mac, count, since_at) values ($1, 1, $2)', [
      Buffer.from(day),
      new Date(`${day}T12:00:00Z`),
    ])
  const { items } = await totals()
  const overdue = Object.fromEntries(items.map(({ table, overdue: count }) => [table, count]))
  expect(overdue).toMatchObject({ conversation: 1, attachment: 1, sign_in_failure: 1, message: 0 })
})

async function hold(scope: string, objectId: string | null, cluster: string | null): Promise<void> {
  await database.pool.query(
    `insert into legal_hold (id, kind, scope, object_id, cluster, reason, basis, set_by, set_role, set_at, review_at, expires_at)
     values (gen_random_uuid(), 'hold', $1, $2, $3, 'LITIGATION', 'ART17_3E', gen_random_uuid(), 'records', now() - interval '1 day',
       now() + interval '300 days', now() + interval '300 days')`,
    [scope, objectId, cluster],
  )
}

test('what a hold or the archive keeps past its date is counted beside what is overdue, each row once', async () => {
  const [offered, late] = [
    await addMatter({ closedAt: '2026-09-01T09:00:00Z' }),
    await addMatter({ closedAt: '2026-09-01T09:00:00Z' }),
  ]
  await sweepCoverage(office(), never)
  const { pool } = database
  await pool.query('insert into sign_in_failure (bucket_mac, count, since_at) values ($1, 1, $2)', [
    Buffer.from('x'),
    new Date('2026-08-01T12:00:00Z'),
  ])
  async function past(): Promise<Record<string, [overdue: number, kept: number]>> {
    const { items } = await totals()
    return Object.fromEntries(items.map(({ table, overdue, kept }) => [table, [overdue, kept]]))
  }
  expect(await past()).toMatchObject({
    conversation: [2, 0],
    attachment: [2, 0],
    sign_in_failure: [1, 0],
  })
  await pool.query(
    `insert into archive_offer (id, offered_at, offered_by, offered_role, offered) values ($1, now(), $1, 'records', 1)`,
    [offered],
  )
  await pool.query(
    `insert into archive_offer_item (conversation_id, offer_id, number, proposal) values ($1, $1, 1, 'V')`,
    [offered],
  )
  expect(await past()).toMatchObject({
    conversation: [1, 1],
    attachment: [1, 1],
    sign_in_failure: [1, 0],
    message: [0, 0],
  })
  await hold('CLUSTER', null, 'DA12')
  await hold('CONVERSATION', offered, null)
  expect(await past()).toMatchObject({
    conversation: [1, 1],
    attachment: [1, 1],
    sign_in_failure: [0, 1],
  })
  await hold('CONVERSATION', late, null)
  const { items, overdue } = await totals()
  expect(overdue).toBe(0)
  expect(items.reduce((sum, { kept }) => sum + kept, 0)).toBe(5)
  expect((await coverageTotals(office()))?.kept).toBe(0)
  now = new Date('2026-11-18T12:00:00Z')
  await sweepCoverage(office(), never)
  expect(await coverageTotals(office())).toMatchObject({ overdue: 0, kept: 5 })
})

test('a matter is kept whole where a message of it is held, or a kind of data of which it has a draft', async () => {
  const id = await addMatter({ closedAt: '2026-09-01T09:00:00Z' })
  await addMatter({ closedAt: '2026-09-01T09:00:00Z' })
  await sweepCoverage(office(), never)
  const { id: message } = await database.prisma.message.findFirstOrThrow({ where: { conversationId: id } })
  await database.pool.query(`set session_replication_role = replica;
    insert into draft (conversation_id, account_id, content_sealed, saved_at) values ('${id}', '${id}', '', now());
    set session_replication_role = origin`)
  async function kept(): Promise<Record<string, number>> {
    const { items } = await totals()
    return Object.fromEntries(items.flatMap((one) => (one.kept > 0 ? [[one.table, one.kept]] : [])))
  }
  for (const [scope, objectId, cluster] of [
    ['OBJECT', message, null],
    ['CLUSTER', null, 'DA07'],
  ] as const) {
    await hold(scope, objectId, cluster)
    expect(await kept(), scope).toEqual({ conversation: 1, attachment: 1 })
    await database.pool.query(
      'set session_replication_role = replica; delete from legal_hold; set session_replication_role = origin',
    )
    expect(await kept()).toEqual({})
  }
})

test('figures that an earlier build has counted say of nothing that it is kept', async () => {
  const old = { table: 'conversation', cluster: 'DA01', rows: 3, classified: 3, waiting: 1, overdue: 2 }
  await database.pool.query('insert into coverage (asked_at, computed_at, figures) values ($1, $1, $2)', [
    now,
    JSON.stringify([old]),
  ])
  expect(await coverageTotals(office())).toEqual({ rows: 3, classified: 3, waiting: 1, overdue: 2, kept: 0 })
})

test('a shortened rule moves the date, and the matter keeps the version that protects it; a longer one takes it over', async () => {
  const id = await addMatter({ closedAt: '2026-11-10T09:00:00Z' })
  await sweepCoverage(office(), never)
  async function addRule(version: number, period: string): Promise<void> {
    await database.pool.query(
      `insert into deletion_rule (cluster, version, retention, valid_from, proposed_by, approved_by, approved_at)
       values ('DA01', $1, $2, $3, gen_random_uuid(), gen_random_uuid(), $3)`,
      [
        version,
        { kind: 'CLASS', class: { start: 'CASE_CLOSED', endOfYear: false, period }, minKeep: null },
        new Date(now.getTime() - 10_000 + version),
      ],
    )
    await database.prisma.coverage.create({ data: { askedAt: now } })
    await sweepCoverage(office(), never)
  }
  function stored() {
    return database.prisma.conversation.findUniqueOrThrow({ where: { id } })
  }
  await addRule(2, '7d')
  expect(await stored()).toMatchObject({ ruleVersion: 1, dueAt: new Date('2026-11-17T23:00:00Z') })
  await addRule(3, '90d')
  expect(await stored()).toMatchObject({ ruleVersion: 3, dueAt: new Date('2027-02-08T23:00:00Z') })
})

test('a rule that is signed stays as it is', async () => {
  const { pool } = database
  const persons = [randomUUID(), randomUUID()]
  await expect(
    pool.query(`update deletion_rule set approved_at = now(), proposed_by = $1, approved_by = $1`, [
      persons[0],
    ]),
  ).rejects.toThrow('deletion_rule_approved')
  await pool.query(
    `update deletion_rule set approved_at = now(), proposed_by = $1, approved_by = $2`,
    persons,
  )
  await expect(pool.query(`update deletion_rule set approved_by = $1`, [randomUUID()])).rejects.toThrow(
    'stays as it is',
  )
  await expect(pool.query(`delete from deletion_rule`)).rejects.toThrow('stays as it is')
})

test('a person whose last matter has gone is due; one who comes back is not', async () => {
  const id = await addMatter()
  const { contactId } = await database.prisma.conversation.findUniqueOrThrow({ where: { id } })
  function contact() {
    return database.prisma.contact.findUniqueOrThrow({ where: { id: contactId } })
  }
  await database.pool.query('delete from conversation where id = $1', [id])
  await sweepCoverage(office(), never)
  expect(await contact()).toMatchObject({ dueAt: now, waitsFor: null, relationEndedAt: now })
  const first = now
  now = new Date('2026-11-18T12:00:00Z')
  await sweepCoverage(office(), never)
  expect((await contact()).dueAt).toEqual(first)
})

test('it is counted once a night, and when somebody asks', async () => {
  const { coverage } = database.prisma
  await sweepCoverage(office(), never)
  await sweepCoverage(office(), never)
  expect(await coverage.count()).toBe(1)
  await coverage.create({ data: { askedAt: now } })
  await sweepCoverage(office(), never)
  expect(await coverage.count({ where: { computedAt: now } })).toBe(2)
  // One in the morning in the town hall is still that night, three is the next.
  now = new Date('2026-11-17T00:30:00Z')
  await sweepCoverage(office(), never)
  expect(await coverage.count()).toBe(2)
  now = new Date('2026-11-17T02:30:00Z')
  await sweepCoverage(office(), never)
  expect(await coverage.count()).toBe(3)
})

test('when a period can have begun is asked of the law', async () => {
  const rule = {
    cluster: 'DA12',
    version: 1,
    retention: catalogue.DA12.proposal,
    validFrom: '2000-01-01T00:00:00.000Z',
    approved: null,
  } as never
  // Ninety days before the beginning of the day that is, by the clock of the town hall.
  expect(begunBefore(rule, 'COLLECTED', null, now)).toEqual(new Date('2026-08-17T21:59:59.999Z'))
  expect(begunBefore(rule, 'CASE_CLOSED', null, now)).toBeNull()
})
