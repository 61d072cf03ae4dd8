import { randomUUID } from 'node:crypto'
import type { DueState, ErrorBody, PageOfDue } from '@buergerdraht/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { StoryOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

/** A Wednesday; in the night to Sunday of its week the clocks are put forward. */
const now = '2027-03-24T10:00:00.000Z'

let office: StoryOffice
let dpo: Visitor

beforeAll(async () => {
  // Without a worker: nothing compares the dates that are written here with the law.
  office = await StoryOffice.prepare({ now: () => new Date(now) })
  await office.startApi()
  dpo = await office.signIn('dpo')
})
afterAll(() => office.close())
beforeEach(async () => {
  await office.database.pool.query(`set session_replication_role = replica;
    delete from attachment; delete from conversation; delete from contact; delete from data_subject_request; delete from legal_hold; delete from search_entry;
    delete from archive_offer_item; delete from archive_offer; delete from archive_agreement; delete from privacy_notice_evidence; delete from privacy_notice;
    set session_replication_role = origin`)
})

type Matter = {
  readonly dueAt?: string
  readonly closedAt?: string
  readonly lastMessageAt?: string
  readonly filing?: string
}

function query(sql: string, values: readonly unknown[]): Promise<unknown> {
  return office.database.pool.query(sql, [...values])
}

async function addPerson(dueAt?: string): Promise<string> {
  const id = randomUUID()
  await query(
    `insert into contact (id, channel_id, key_id, shape, created_at, relation_ended_at, due_at, waits_for)
     select $1, id, $1, 1, $2, $3, $3, case when $3::timestamptz is null then 'RELATION_ENDED' end from channel limit 1`,
    [id, now, dueAt ?? null],
  )
  return id
}

async function addMatter(of: Matter = {}): Promise<string> {
  const id = randomUUID()
  const closedAt = of.closedAt ?? (of.dueAt === undefined ? null : '2027-01-01T00:00:00Z')
  await query(
    `insert into conversation (id, channel_id, contact_id, team_id, key_id, state, opened_at, closed_at, last_message_at, due_at, waits_for, filing)
     select $1, id, $2, team_id, $1, case when $3::timestamptz is null then 'open' else 'closed' end, $4, $3, $4, $5,
       case when $5::timestamptz is null then 'CASE_CLOSED' end, $6 from channel limit 1`,
    [
      id,
      await addPerson(),
      closedAt,
      of.lastMessageAt ?? now,
      of.dueAt ?? null,
      closedAt === null ? 'UNDECIDED' : (of.filing ?? 'NOT_FILE_RELEVANT'),
    ],
  )
  return id
}

async function addFile(conversationId: string, dueAt: string): Promise<string> {
  const id = randomUUID()
  await query(
    `insert into attachment (id, conversation_id, kind, media_type, created_at, due_at, waits_for) values ($1, $2, 'image', 'image/png', $3, $4, null)`,
    [id, conversationId, now, dueAt],
  )
  return id
}

async function addRequest(conversationId: string, closedAt: string | null): Promise<string> {
  const id = randomUUID()
  await query(
    `insert into data_subject_request (id, kind, contact_id, conversation_id, opened_by, opened_role, received_at, due_at)
     select $1, 'ACCESS', contact_id, id, $1, 'clerk', '2024-01-01', '2024-02-01' from conversation where id = $2`,
    [id, conversationId],
  )
  if (closedAt !== null)
    await query(
      `update data_subject_request set identity = 'SAME_CHAT', identified_at = $2, identified_by = $1, outcome = 'GRANTED', decided_at = $2, decided_by = $1,
         closed_at = $2, closed_by = $1 where id = $1`,
      [id, closedAt],
    )
  return id
}

async function due(): Promise<DueState> {
  const { status, body } = await dpo.get<DueState>('/retention/due')
  expect(status).toBe(200)
  return body
}

async function page(asked: string): Promise<PageOfDue> {
  const { status, body } = await dpo.get<PageOfDue>(`/retention/objects?${asked}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body
}
async function ids(asked: string): Promise<string[]> {
  return (await page(asked)).items.map(({ id }) => id)
}

test('at its border an object is due in one week and not in the other, and what is due now is overdue', async () => {
  const at: Record<string, string> = {}
  for (const dueAt of [
    '2027-03-24T09:59:59.999Z',
    now,
    '2027-03-24T10:00:00.001Z',
    // Sunday 23:59:59.999 in summer time, and the midnight after it.
    '2027-03-28T21:59:59.999Z',
    '2027-03-28T22:00:00.000Z',
    '2027-06-13T21:59:59.999Z',
    '2027-06-13T22:00:00.000Z',
  ])
    at[dueAt] = await addMatter({ dueAt })
  const { overdue, weeks } = await due()
  expect(overdue).toEqual({ matter: 2, contact: 0, file: 0, request: 0, notice: 0 })
  expect(weeks).toHaveLength(12)
  expect(weeks[0]).toMatchObject({ week: '2027-W12', monday: '2027-03-22', counts: { matter: 2 } })
  expect(weeks[1]).toMatchObject({ week: '2027-W13', monday: '2027-03-29', counts: { matter: 1 } })
  expect(weeks[11]).toMatchObject({ week: '2027-W23', monday: '2027-06-07', counts: { matter: 1 } })
  expect(weeks.reduce((sum, { counts }) => sum + counts.matter, 0)).toBe(4)

  expect(await ids('list=overdue')).toEqual([at['2027-03-24T09:59:59.999Z'], at[now]])
  expect(await ids('list=week&week=2027-W12')).toEqual([
    at['2027-03-24T10:00:00.001Z'],
    at['2027-03-28T21:59:59.999Z'],
  ])
  expect(await ids('list=week&week=2027-W13')).toEqual([at['2027-03-28T22:00:00.000Z']])
  expect(await ids('list=week&week=2027-W23')).toEqual([at['2027-06-13T21:59:59.999Z']])
})

test('matters, persons, files and requests are told apart, each by its id, rule and date and whose it is, and by nothing else', async () => {
  const matter = await addMatter({ dueAt: '2027-04-01T22:00:00.000Z' })
  const file = await addFile(matter, '2027-03-30T22:00:00.000Z')
  const person = await addPerson('2027-04-02T22:00:00.000Z')
  // Three years after the day on which it was closed.
  const request = await addRequest(matter, '2024-03-29T10:00:00.000Z')
  await addRequest(matter, '2024-04-05T10:00:00.000Z')
  const old = await addRequest(matter, '2024-03-23T10:00:00.000Z')
  await query(
    `insert into legal_hold (id, kind, scope, object_id, reason, basis, set_by, set_role, set_at, review_at, expires_at)
     select gen_random_uuid(), 'hold', 'CONTACT', contact_id, 'LITIGATION', 'ART_17_3_E', gen_random_uuid(), 'records', now() - interval '1 day',
       now() + interval '300 days', now() + interval '300 days' from conversation where id = $1`,
    [matter],
  )
  const { overdue, kept, weeks } = await due()
  expect(overdue).toEqual({ matter: 0, contact: 0, file: 0, request: 0, notice: 0 })
  expect(kept).toEqual({ matter: 0, contact: 0, file: 0, request: 1, notice: 0 })
  expect(weeks[1]?.counts).toEqual({ matter: 1, contact: 1, file: 1, request: 1, notice: 0 })
  expect(weeks[2]?.counts).toEqual({ matter: 0, contact: 0, file: 0, request: 1, notice: 0 })
  const { name: team } = await office.database.prisma.team.findFirstOrThrow({
    where: { id: (await office.database.prisma.channel.findFirstOrThrow()).teamId },
  })
  const common = { ruleVersion: 1, waitsFor: null, undecidedSince: null }
  expect((await page('list=week&week=2027-W13')).items).toEqual([
    {
      ...common,
      id: request,
      kind: 'request',
      cluster: 'DA18',
      dueAt: '2027-03-29T22:00:00.000Z',
      team,
      held: true,
      atArchive: false,
    },
    {
      ...common,
      id: file,
      kind: 'file',
      cluster: 'DA04',
      dueAt: '2027-03-30T22:00:00.000Z',
      team,
      held: true,
      atArchive: false,
    },
    {
      ...common,
      id: matter,
      kind: 'matter',
      cluster: 'DA01',
      dueAt: '2027-04-01T22:00:00.000Z',
      team,
      held: true,
      atArchive: false,
    },
    {
      ...common,
      id: person,
      kind: 'contact',
      cluster: 'DA06',
      dueAt: '2027-04-02T22:00:00.000Z',
      team: null,
      held: false,
      atArchive: false,
    },
  ])
  expect(await ids('list=kept')).toEqual([old])
  for (const [kind, id] of Object.entries({ matter, file, contact: person, request }))
    expect(await ids(`list=week&week=2027-W13&kind=${kind}`)).toEqual([id])
})

/** Told about their data, and due a year after whom it is about. */
async function addNotice(person: string, dueAt: string): Promise<string> {
  const id = randomUUID()
  await query(
    `insert into privacy_notice (version, draft, text, proposed_by, proposed_at) values (1, '{}', 'x', $1, $2) on conflict do nothing`,
    [id, now],
  )
  await query(
    `insert into privacy_notice_evidence (id, contact_id, version, variant, owed_at, relation_ended_at, due_at, waits_for) values ($1, $2, 1, 'plain', $3, $3, $4, null)`,
    [id, person, now, dueAt],
  )
  return id
}

async function personOf(matter: string): Promise<string> {
  const { contactId } = await office.database.prisma.conversation.findUniqueOrThrow({
    where: { id: matter },
  })
  return contactId
}

/** In force for 300 days more; or since a day ago no longer. */
async function addHold(
  scope: string,
  named: { objectId?: string; cluster?: string },
  daysLeft: 300 | -1 = 300,
): Promise<void> {
  await query(
    `insert into legal_hold (id, kind, scope, object_id, cluster, reason, basis, set_by, set_role, set_at, review_at, expires_at)
     select gen_random_uuid(), 'hold', $1, $2, $3, 'LITIGATION', 'ART17_3E', gen_random_uuid(), 'records', now() - interval '3 days', e.at, e.at
     from (select now() + $4 * interval '1 day' as at) e`,
    [scope, named.objectId ?? null, named.cluster ?? null, daysLeft],
  )
}
function dropHolds(): Promise<unknown> {
  return query(
    `set session_replication_role = replica; delete from legal_hold; set session_replication_role = origin`,
    [],
  )
}

const past = '2027-03-20T23:00:00.000Z'

/** What is past its date, as its lists say it; what is counted is as long. */
async function pastIds(): Promise<{ overdue: string[]; kept: string[] }> {
  const counted = await due()
  const [overdue, kept] = [(await page('list=overdue')).items, (await page('list=kept')).items]
  for (const [list, items] of [
    ['overdue', overdue],
    ['kept', kept],
  ] as const)
    for (const [kind, n] of Object.entries(counted[list]))
      expect([list, kind, items.filter((one) => one.kind === kind).length]).toEqual([list, kind, n])
  for (const { held, atArchive } of overdue) expect([held, atArchive]).toEqual([false, false])
  for (const { held, atArchive } of kept) expect(held || atArchive).toBe(true)
  return { overdue: overdue.map(({ id }) => id), kept: kept.map(({ id }) => id) }
}

test('what a hold keeps past its date is not overdue, but in a list of its own: whatever it is over, and what goes with it', async () => {
  const matter = await addMatter({ dueAt: past })
  const [file, person] = [await addFile(matter, past), await addPerson(past)]
  const [notice, request] = [
    await addNotice(person, past),
    await addRequest(matter, '2024-03-20T10:00:00.000Z'),
  ]
  const other = await addMatter({ dueAt: past })
  const alone = await addNotice(await personOf(other), past)
  const all = [matter, file, person, notice, request, other, alone]
  expect(await pastIds()).toEqual({ overdue: expect.arrayContaining(all), kept: [] })
  const scopes = [
    ['EVERYTHING', {}, all],
    ['CONVERSATION', { objectId: matter }, [matter, file]],
    ['CONTACT', { objectId: await personOf(matter) }, [matter, file, request]],
    ['CONTACT', { objectId: person }, [person, notice]],
    ['OBJECT', { objectId: matter }, [matter, file]],
    // Nothing of a matter goes without the rest of it.
    ['OBJECT', { objectId: file }, [matter, file]],
    ['CLUSTER', { cluster: 'DA04' }, [matter, file]],
    ['CLUSTER', { cluster: 'DA01' }, [matter, file, other]],
    ['OBJECT', { objectId: notice }, [notice]],
    ['CLUSTER', { cluster: 'DA06' }, [person]],
    ['CLUSTER', { cluster: 'DA20' }, [notice, alone]],
    ['CLUSTER', { cluster: 'DA18' }, [request]],
    ['CLUSTER', { cluster: 'DA13' }, []],
  ] as const
  for (const [scope, named, expected] of scopes) {
    await addHold(scope, named)
    const { overdue, kept } = await pastIds()
    expect({ scope, named, kept: kept.toSorted() }).toEqual({ scope, named, kept: expected.toSorted() })
    expect(overdue.toSorted()).toEqual(all.filter((id) => !kept.includes(id)).toSorted())
    // Nothing is called overdue that the database refuses to delete.
    const { rows } = await office.database.pool.query<{ id: string }>(
      `select c.id from conversation c where is_held(c.id, c.id, c.contact_id, c.cluster)
       union all select a.id from attachment a join conversation c on c.id = a.conversation_id where is_held(a.id, c.id, c.contact_id, a.cluster)
       union all select id from contact where due_at is not null and is_held(id, null, id, cluster)`,
    )
    expect(kept).toEqual(expect.arrayContaining(rows.map(({ id }) => id)))
    await dropHolds()
  }
  await addHold('EVERYTHING', {}, -1)
  expect((await pastIds()).kept).toEqual([])
  // What is not past its date is in neither, but says what holds it.
  const ahead = await addMatter({ dueAt: '2027-03-30T22:00:00.000Z' })
  await addHold('CONVERSATION', { objectId: ahead })
  expect((await pastIds()).kept).toEqual([])
  expect((await page('list=week&week=2027-W13')).items).toMatchObject([{ id: ahead, held: true }])
})

type Answer = { readonly valuation: 'A' | 'B' | 'V'; readonly transfer?: 'OPEN' | 'SENT' | 'CONFIRMED' }

/** A matter past its date with a file, offered then; and what the archive has said of it. */
async function addOffered(offeredAt: string, answer?: Answer): Promise<{ matter: string; file: string }> {
  const matter = await addMatter({ dueAt: past })
  const file = await addFile(matter, past)
  await query(
    `insert into archive_offer (id, offered_at, offered_by, offered_role, offered) values ($1, $2, $1, 'records', 1)`,
    [matter, offeredAt],
  )
  const decidedBy = answer === undefined ? null : matter
  await query(
    `insert into archive_offer_item (conversation_id, offer_id, number, proposal, valuation, basis, decided_by, decided_at, transfer)
     values ($1, $1, 1, 'V', $2, case when $3::uuid is not null then 'EE-2027-01' end, $3, case when $3::uuid is not null then $4::timestamptz end, $5)`,
    [matter, answer?.valuation ?? null, decidedBy, now, answer?.transfer ?? null],
  )
  return { matter, file }
}

test('what is with the archive is not overdue until it has said V, has what it wants, or its silence releases', async () => {
  const offeredAt = '2026-03-01T10:00:00.000Z'
  const open = await addOffered(offeredAt)
  const later = await addOffered(offeredAt, { valuation: 'B' })
  const wanted = await addOffered(offeredAt, { valuation: 'A', transfer: 'SENT' })
  const [handedOver, useless] = [
    await addOffered(offeredAt, { valuation: 'A', transfer: 'CONFIRMED' }),
    await addOffered(offeredAt, { valuation: 'V' }),
  ]
  const fresh = await addOffered('2027-01-10T10:00:00.000Z')
  const never = await addMatter({ dueAt: past })
  function idsOf(...offered: readonly { matter: string; file: string }[]): string[] {
    return offered.flatMap(({ matter, file }) => [matter, file]).toSorted()
  }
  async function found(): Promise<{ overdue: string[]; kept: string[] }> {
    const { overdue, kept } = await pastIds()
    return { overdue: overdue.toSorted(), kept: kept.toSorted() }
  }
  const gone = [...idsOf(handedOver, useless), never].toSorted()
  expect(await found()).toEqual({ overdue: gone, kept: idsOf(open, later, wanted, fresh) })
  for (const one of (await page('list=kept')).items) expect([one.held, one.atArchive]).toEqual([false, true])

  const agreeing = `insert into archive_agreement (agreed_at, agreement) values ($1, $2)`
  const mode = { kind: 'OFFER_EACH' }
  await query(agreeing, [
    '2026-01-01T10:00:00Z',
    { land: 'HE', answerWithinMonths: 12, silence: 'RELEASES_NOTHING', mode },
  ])
  expect((await found()).kept).toEqual(idsOf(open, later, wanted, fresh))
  await query(agreeing, [
    '2026-01-02T10:00:00Z',
    { land: 'ST', answerWithinMonths: 12, silence: 'RELEASES', mode },
  ])
  expect(await found()).toEqual({
    overdue: [...gone, ...idsOf(open)].toSorted(),
    kept: idsOf(later, wanted, fresh),
  })

  // One that is held too says both, and is counted once.
  await addHold('CONVERSATION', { objectId: fresh.matter })
  expect((await found()).kept).toEqual(idsOf(later, wanted, fresh))
  const both = (await page('list=kept&kind=matter')).items.find(({ id }) => id === fresh.matter)
  expect(both).toMatchObject({ held: true, atArchive: true })
})

test('a list is read page by page, each object once, whatever kind it is of, and its length is the figure', async () => {
  const matter = await addMatter({ dueAt: '2027-03-20T23:00:00.000Z' })
  for (let index = 0; index < 4; index++) {
    await addMatter({ dueAt: '2027-03-20T23:00:00.000Z' })
    await addFile(matter, '2027-03-20T23:00:00.000Z')
    await addRequest(matter, '2024-03-20T10:00:00.000Z')
  }
  await addPerson('2027-03-19T23:00:00.000Z')
  const found: string[] = []
  const lengths: number[] = []
  let cursor: string | null = null
  do {
    const one: PageOfDue = await page(`list=overdue&limit=3${cursor === null ? '' : `&cursor=${cursor}`}`)
    found.push(...one.items.map(({ id }) => id))
    lengths.push(one.items.length)
    cursor = one.nextCursor
  } while (cursor !== null)
  expect(lengths).toEqual([3, 3, 3, 3, 2])
  expect(new Set(found).size).toBe(14)
  expect(found).toEqual(await ids('list=overdue'))
  expect((await due()).overdue).toEqual({ matter: 5, contact: 1, file: 4, request: 4, notice: 0 })

  const { nextCursor } = await page('list=waiting&limit=3')
  const first = await ids('list=waiting')
  expect(await ids(`list=waiting&cursor=${nextCursor}`)).toEqual(first.slice(3))
  expect(first.length).toBe(5)
})

test('what nobody has decided about is counted by its age in days of the town hall; what is decided, or open and alive, is not', async () => {
  // Today is 24 March: the ninetieth day before it is 24 December.
  const closedAt = {
    'under-90': '2026-12-24T23:00:00.000Z',
    '90-180': '2026-12-24T22:59:59.999Z',
    '180-365': '2026-09-24T22:00:00.000Z',
    'over-365': '2026-03-24T22:59:59.999Z',
  }
  const made: Record<string, string> = {}
  for (const [age, at] of Object.entries(closedAt))
    made[age] = await addMatter({ closedAt: at, filing: 'UNDECIDED' })
  const silent = await addMatter({ lastMessageAt: '2026-08-01T10:00:00.000Z', filing: 'UNDECIDED' })
  await addMatter({ lastMessageAt: '2027-03-01T10:00:00.000Z', filing: 'UNDECIDED' })
  await addMatter({ closedAt: '2026-08-01T10:00:00.000Z', filing: 'FILED' })
  expect((await due()).undecided).toEqual([
    { age: 'under-90', matters: 1 },
    { age: '90-180', matters: 1 },
    { age: '180-365', matters: 2 },
    { age: 'over-365', matters: 1 },
  ])
  expect(await ids('list=undecided&age=under-90')).toEqual([made['under-90']])
  expect(await ids('list=undecided&age=90-180')).toEqual([made['90-180']])
  expect(await ids('list=undecided&age=180-365')).toEqual([silent, made['180-365']])
  expect((await page('list=undecided&age=over-365')).items).toMatchObject([
    { id: made['over-365'], undecidedSince: closedAt['over-365'], dueAt: null, waitsFor: 'CASE_CLOSED' },
  ])
})

test('what waits is listed with what for, and what has no rule or no matter as missing', async () => {
  const open = await addMatter()
  const request = await addRequest(open, null)
  const waiting = (await page('list=waiting')).items
  expect(waiting.map(({ kind, waitsFor }) => `${kind} ${waitsFor}`).toSorted()).toEqual([
    'contact RELATION_ENDED',
    'matter CASE_CLOSED',
    'request CASE_CLOSED',
  ])
  expect(waiting.map(({ id }) => id)).toContain(request)

  expect(await ids('list=missing')).toEqual([])
  await query('update conversation set rule_version = 7 where id = $1', [open])
  await query(
    'insert into search_entry (id, conversation_id, team_id, at, tokens) select id, id, team_id, $2, $3 from conversation where id = $1',
    [open, now, '{1}'],
  )
  const stray = randomUUID()
  await query(
    'insert into search_entry (id, conversation_id, team_id, at, tokens) select $1, $1, id, $2, $3 from team limit 1',
    [stray, now, '{1}'],
  )
  const missing = (await page('list=missing')).items
  expect(await ids('list=missing&kind=matter')).toEqual([open])
  expect(missing.map(({ id, kind, ruleVersion }) => [id, kind, ruleVersion])).toEqual(
    [
      [open, 'matter', 7],
      [stray, 'search-entry', null],
    ].toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  )
})

test('data protection, records management and administration see it; nobody else is told anything', async () => {
  await addMatter({ dueAt: '2027-03-20T23:00:00.000Z' })
  const paths = ['/retention/due', '/retention/objects?list=overdue']
  for (const role of ['dpo', 'records', 'admin'] as const) {
    const who = await office.signIn(role)
    const [figures, list] = [
      await who.get<DueState>(paths[0] ?? ''),
      await who.get<PageOfDue>(paths[1] ?? ''),
    ]
    expect([figures.status, list.status], role).toEqual([200, 200])
    expect([figures.body.overdue.matter, list.body.items.length], role).toEqual([1, 1])
  }
  for (const role of ['clerk', 'team-lead', 'auditor'] as const) {
    const who = await office.signIn(role)
    for (const path of paths) expect((await who.get(path)).status, `${role} ${path}`).toBe(403)
  }
})

test('a list without its week or age, a week that there is not, and the place in another list are refused by name', async () => {
  for (const [asked, path] of [
    ['list=week', 'week'],
    ['list=undecided', 'age'],
    ['list=week&week=2027-W54', 'week'],
    ['list=week&week=now', 'week'],
    ['list=everything', 'list'],
    ['list=overdue&limit=201', 'limit'],
    ['list=overdue&cursor=x', 'cursor'],
    [`list=overdue&cursor=t.0.${randomUUID()}`, 'cursor'],
    [`list=kept&cursor=o.0.${randomUUID()}`, 'cursor'],
  ]) {
    const { status, body } = await dpo.get<ErrorBody>(`/retention/objects?${asked}`)
    expect([status, JSON.stringify(body).includes(`"${path}"`)], asked).toEqual([400, true])
  }
})
