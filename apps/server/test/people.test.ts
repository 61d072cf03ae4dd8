import type {
  Conversation,
  ErrorBody,
  Invitation,
  Person,
  Proposal,
  Role,
  Session,
} from '@buergerdraht/contract'
import { transaction } from '@buergerdraht/office'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EventReader } from './event-reader.ts'
import { StoryOffice } from './start-office.ts'
import { type Answer, Visitor } from './visitor.ts'

let office: StoryOffice
let now = new Date('2026-11-23T08:00:00Z')
let admin: Visitor
let dpo: Visitor

beforeAll(async () => {
  office = await StoryOffice.prepare({ now: () => now })
  await office.startApi()
  await office.startWorker()
})
afterAll(() => office.close())
beforeEach(async () => {
  await office.database.pool.query('truncate sign_in_failure, proposal')
  admin = await office.signIn('admin')
  dpo = await office.signIn('dpo')
})

type Invited = { person: Person; invitation: Invitation }
const password = 'korrekt pferd batterie klammer'
let count = 0

async function teamIds(): Promise<string[]> {
  const { rows } = await office.database.pool.query<{ id: string }>('select id from team order by name')
  return rows.map(({ id }) => id)
}

async function invite(role: Role, more: object = {}): Promise<Answer<Invited & ErrorBody>> {
  count += 1
  const email = `neu${count}@musterstadt.example`
  return admin.post<Invited & ErrorBody>('/people', { email, displayName: `Neu ${count}`, role, ...more })
}

/** Somebody invited who has set up the account, signed in. */
async function newColleague(role: Role, more: object = {}): Promise<{ person: Person; visitor: Visitor }> {
  const { body } = await invite(role, more)
  const visitor = new Visitor(office.baseUrl)
  const accepted = await visitor.post<Session>('/invitations/accepted', {
    token: body.invitation.token,
    password,
  })
  expect(accepted.status).toBe(201)
  visitor.cookie = accepted.headers.getSetCookie()[0]?.split(';')[0] ?? null
  return { person: await person(body.person.id), visitor }
}

async function person(id: string): Promise<Person> {
  return (await admin.get<Person>(`/people/${id}`)).body
}

async function change(id: string, more: object, by = admin): Promise<Answer<Person & ErrorBody>> {
  const { revision } = await person(id)
  return by.ask<Person & ErrorBody>('PATCH', `/api/v1/people/${id}`, { body: { revision, ...more } })
}

async function openProposals(visitor: Visitor): Promise<Proposal[]> {
  const { body } = await visitor.get<{ items: Proposal[] }>('/proposals')
  return body.items.filter(({ state }) => state === 'open')
}

async function recorded(act: string, objectId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await office.database.pool.query<{ facts: Record<string, unknown> }>(
    'select facts from audit_entry where act = $1 and object_id = $2 order by id',
    [act, objectId],
  )
  return rows.map(({ facts }) => facts)
}

describe('an invitation', () => {
  test('is redeemed once: the invited person chooses a password and is signed in', async () => {
    const [team] = await teamIds()
    const { status, body } = await invite('clerk', { teamIds: [team] })
    expect(status).toBe(201)
    expect(body.person).toMatchObject({ state: 'invited', role: 'clerk', teams: [{ id: team }] })
    const { token } = body.invitation
    const visitor = new Visitor(office.baseUrl)
    expect(await visitor.post('/invitations/opened', { token })).toMatchObject({
      status: 200,
      body: { email: body.person.email },
    })
    expect(await visitor.post('/invitations/accepted', { token, password: 'kurz' })).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'password' }] },
    })
    const answers = await Promise.all(
      [1, 2].map(() => new Visitor(office.baseUrl).post('/invitations/accepted', { token, password })),
    )
    expect(answers.map((one) => one.status).toSorted()).toEqual([201, 404])
    expect(await visitor.post('/invitations/opened', { token })).toMatchObject({
      body: { code: 'invitation-void' },
    })
    expect((await visitor.signIn(body.person.email, password)).status).toBe(200)
    expect((await person(body.person.id)).state).toBe('active')
    expect(await recorded('account-invited', body.person.id)).toEqual([{}])
    const { rows } = await office.database.pool.query('select * from invitation')
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('expires after three days, is void once it was renewed or taken back, and is not redeemed at another desk', async () => {
    const { body } = await invite('clerk')
    const visitor = new Visitor(office.baseUrl)
    async function isOpen({ token }: Invitation): Promise<boolean> {
      return (await visitor.post('/invitations/opened', { token })).status === 200
    }
    const path = `/people/${body.person.id}/invitation`
    const renewed = await admin.post<Invitation>(path)
    expect([await isOpen(body.invitation), await isOpen(renewed.body)]).toEqual([false, true])
    expect(await dpo.post('/invitations/opened', { token: renewed.body.token })).toMatchObject({
      status: 409,
      body: { code: 'invitation-for-other' },
    })
    const { rows: failed } = await office.database.pool.query<{ reason: string }>(
      `select distinct facts ->> 'reason' as reason from audit_entry where act = 'sign-in-failed' and actor_id is null order by 1`,
    )
    expect(failed.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['invitation-for-other', 'invitation-void']),
    )
    expect((await admin.delete(path)).status).toBe(204)
    expect(await isOpen(renewed.body)).toBe(false)
    const again = await admin.post<Invitation>(path)
    now = new Date(now.getTime() + 3 * 24 * 60 * 60 * 1000)
    expect(await isOpen(again.body)).toBe(false)
    admin = await office.signIn('admin')
    dpo = await office.signIn('dpo')
  })

  test('is given to nobody who has set up the account: it would be a way to take it over', async () => {
    const { person: colleague } = await newColleague('clerk')
    expect(await admin.post(`/people/${colleague.id}/invitation`)).toMatchObject({
      status: 409,
      body: { code: 'account-set-up' },
    })
  })

  test('an address that is taken is refused', async () => {
    const email = office.demo.logins.find(({ role }) => role === 'clerk')?.email ?? ''
    const answer = await invite('clerk', { email: email.toUpperCase() })
    expect(answer).toMatchObject({ status: 400, body: { fields: [{ path: 'email' }] } })
  })
})

describe('a role that two persons give', () => {
  test('is proposed, approved by another person, and holds with the next request', async () => {
    const { person: colleague, visitor } = await newColleague('records')
    expect(colleague).toMatchObject({ role: 'clerk', teams: [], proposedRole: 'records' })
    expect((await visitor.get('/proposals')).status).toBe(403)
    const [own] = await openProposals(admin)
    expect(own).toMatchObject({ own: true, mayDecide: false, concerns: { id: colleague.id } })
    const [proposal] = await openProposals(dpo)
    expect(proposal).toMatchObject({ kind: 'grant-role', mayDecide: true, payload: { role: 'records' } })
    const path = `/proposals/${proposal?.id}`
    expect(await admin.post(`${path}/approval`)).toMatchObject({
      status: 409,
      body: { code: 'second-person-required' },
    })
    const auditor = await office.signIn('auditor')
    expect(await auditor.post(`${path}/approval`)).toMatchObject({ status: 403 })
    expect(await dpo.post(`${path}/approval`)).toMatchObject({ status: 200, body: { state: 'approved' } })
    expect((await visitor.get<Session>('/session')).body.account.role).toBe('records')
    expect(await dpo.post(`${path}/approval`)).toMatchObject({ body: { code: 'proposal-closed' } })
    const facts = { kind: 'grant-role', role: 'records', proposal: proposal?.id }
    expect(await recorded('proposed', colleague.id)).toEqual([facts])
    expect(await recorded('proposal-approved', colleague.id)).toEqual([facts])
  })

  test('of two who approve at once one does', async () => {
    await newColleague('auditor')
    const [proposal] = await openProposals(dpo)
    const path = `/proposals/${proposal?.id}/approval`
    const answers = await Promise.all([dpo.post(path), dpo.post(path)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await recorded('proposal-approved', proposal?.concerns?.id ?? '')).length).toBe(1)
  })

  test('is not approved with another account of the same person, nor by whom it concerns', async () => {
    const { body: session } = await admin.get<Session>('/session')
    const { person: second } = await newColleague('dpo', { samePersonAs: session.account.id })
    const [first] = await openProposals(dpo)
    expect((await dpo.post(`/proposals/${first?.id}/approval`)).status).toBe(200)
    const sameHuman = new Visitor(office.baseUrl)
    await sameHuman.signIn(second.email, password)
    const { person: colleague } = await newColleague('auditor')
    const [proposal] = await openProposals(sameHuman)
    expect(proposal).toMatchObject({ mayDecide: false, concerns: { id: colleague.id } })
    expect(await sameHuman.post(`/proposals/${proposal?.id}/approval`)).toMatchObject({
      status: 409,
      body: { code: 'second-person-required' },
    })
    await dpo.post(`/proposals/${proposal?.id}/refusal`)
    expect((await person(colleague.id)).role).toBe('clerk')
    // About the one who would decide: the DPO is to become an auditor.
    const { body: own } = await dpo.get<Session>('/session')
    expect((await change(own.account.id, { role: 'auditor' })).status).toBe(200)
    const [aboutDpo] = await openProposals(dpo)
    expect(await dpo.post(`/proposals/${aboutDpo?.id}/approval`)).toMatchObject({
      body: { code: 'second-person-required' },
    })
    expect((await admin.post(`/proposals/${aboutDpo?.id}/withdrawal`)).status).toBe(200)
    expect((await openProposals(dpo)).length).toBe(0)
  })

  test('is not given while somebody else could set up the account with the link', async () => {
    const { body } = await invite('admin')
    const [proposal] = await openProposals(dpo)
    const path = `/proposals/${proposal?.id}/approval`
    expect(await dpo.post(path)).toMatchObject({ status: 409, body: { code: 'invitation-open' } })
    await new Visitor(office.baseUrl).post('/invitations/accepted', {
      token: body.invitation.token,
      password,
    })
    expect((await dpo.post(path)).status).toBe(200)
  })

  test('waits seven days; what was changed meanwhile has to be proposed anew', async () => {
    const { person: colleague } = await newColleague('records')
    const [stale] = await openProposals(dpo)
    await change(colleague.id, { role: 'team-lead' })
    expect(await dpo.post(`/proposals/${stale?.id}/approval`)).toMatchObject({
      status: 409,
      body: { code: 'changed-meanwhile' },
    })
    // The new one takes the place of the one whose ground is gone.
    expect((await change(colleague.id, { role: 'records' })).status).toBe(200)
    const [fresh, ...others] = await openProposals(dpo)
    expect([fresh?.id === stale?.id, others]).toEqual([false, []])
    now = new Date(now.getTime() + 7 * 24 * 60 * 60 * 1000)
    dpo = await office.signIn('dpo')
    admin = await office.signIn('admin')
    expect(await dpo.post(`/proposals/${fresh?.id}/approval`)).toMatchObject({
      body: { code: 'proposal-closed' },
    })
    expect((await person(colleague.id)).proposedRole).toBeNull()
  })

  test('is not given by the administrators’ role in the database, whatever the program does', async () => {
    const { person: colleague } = await newColleague('clerk')
    async function become(role: string): Promise<void> {
      await transaction(
        office.database.pool,
        ({ client }) =>
          client.query('update account set role = $2::role where id = $1', [colleague.id, role]),
        '; set local role buergerdraht_technical',
      )
    }
    await become('team-lead')
    for (const role of ['records', 'dpo', 'admin', 'auditor'])
      await expect(become(role)).rejects.toMatchObject({ code: '42501' })
  })

  test('is wanted of the identity provider too: its rules wait for a second person', async () => {
    const rules = [{ value: 'it', role: 'admin', teamIds: [] }]
    async function save(body: object) {
      return admin.ask<{ rulesWait: boolean; providerRules: object[] }>('PATCH', '/api/v1/sign-in-settings', {
        body,
      })
    }
    const saved = await save({ providerClaim: 'groups', providerRules: rules })
    expect(saved).toMatchObject({ status: 200, body: { rulesWait: true, providerRules: [] } })
    const [proposal] = await openProposals(dpo)
    expect(proposal).toMatchObject({ kind: 'change-provider-rules', payload: { providerRules: rules } })
    expect((await dpo.post(`/proposals/${proposal?.id}/approval`)).status).toBe(200)
    const { body } = await admin.get('/sign-in-settings')
    expect(body).toMatchObject({ rulesWait: false, providerClaim: 'groups', providerRules: rules })
    // Taking such rules away, and rules that give what one person may give, hold at once.
    const harmless = [{ value: 'amt', role: 'clerk', teamIds: [] }]
    expect((await save({ providerRules: harmless })).body).toMatchObject({
      rulesWait: false,
      providerRules: harmless,
    })
    await save({ providerClaim: 'roles', providerRules: [] })
  })
})

describe('a change', () => {
  test('of somebody whom another administrator has changed meanwhile is refused', async () => {
    const { person: colleague } = await newColleague('clerk')
    const body = { revision: colleague.revision, displayName: 'Anders' }
    const path = `/api/v1/people/${colleague.id}`
    const answers = await Promise.all([1, 2].map(() => admin.ask('PATCH', path, { body })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'changed-meanwhile' })
  })

  test('of teams and of who can sign in holds with the next request and on open streams', async () => {
    const [team, other] = await teamIds()
    const { person: colleague, visitor } = await newColleague('clerk', { teamIds: [team] })
    await change(colleague.id, { teamIds: [other] })
    const { body } = await visitor.get<Session>('/session')
    expect(body.account.teams.map(({ id }) => id)).toEqual([other])
    const stream = await EventReader.open(visitor)
    expect(stream.status).toBe(200)
    await change(colleague.id, { disabled: true })
    expect((await visitor.get('/session')).status).toBe(401)
    await expect.poll(() => stream.ended, { timeout: 60_000 }).toBe(true)
    expect((await visitor.signIn(colleague.email, password)).status).toBe(401)
    await change(colleague.id, { disabled: false })
    expect((await visitor.signIn(colleague.email, password)).status).toBe(200)
  })

  test('that would leave nobody who administers is refused, and so is it for two at once', async () => {
    const { body } = await admin.get<Session>('/session')
    const own = body.account.id
    await office.database.pool.query(`update account set role = 'clerk' where role = 'admin' and id <> $1`, [
      own,
    ])
    for (const more of [{ disabled: true }, { role: 'clerk' }])
      expect(await change(own, more)).toMatchObject({ status: 409, body: { code: 'last-administrator' } })
    const { person: second, visitor } = await newColleague('admin')
    // Invited, but not yet one: it does not count.
    expect(await change(own, { disabled: true })).toMatchObject({ body: { code: 'last-administrator' } })
    const [proposal] = await openProposals(dpo)
    await dpo.post(`/proposals/${proposal?.id}/approval`)
    const [ofFirst, ofSecond] = [await person(own), await person(second.id)]
    const answers = await Promise.all([
      visitor.ask('PATCH', `/api/v1/people/${own}`, {
        body: { revision: ofFirst.revision, role: 'clerk' },
      }),
      admin.ask('PATCH', `/api/v1/people/${second.id}`, {
        body: { revision: ofSecond.revision, role: 'clerk' },
      }),
    ])
    const { rows: left } = await office.database.pool.query(
      `select id from account where role = 'admin' and disabled_at is null`,
    )
    await office.database.pool.query(`update account set role = 'admin' where id = $1`, [own])
    const [done, refused] = answers.map(({ status }) => status).toSorted()
    expect(done).toBe(200)
    // Who came second is the last one by then, or no administrator any more.
    expect([403, 409]).toContain(refused)
    expect(left.length).toBe(1)
  })

  test('wants that it was shown lately who sits there, and so does an approval', async () => {
    const { person: colleague } = await newColleague('records')
    const [proposal] = await openProposals(dpo)
    now = new Date(now.getTime() + 6 * 60_000)
    const answers = [
      await change(colleague.id, { displayName: 'X' }),
      await dpo.post(`/proposals/${proposal?.id}/approval`),
    ]
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 401, body: { code: 'step-up-required' } })
  })
})

describe('what somebody held who is gone', () => {
  test('goes back to the team, and says so', async () => {
    const clerk = office.demo.logins.find(({ role }) => role === 'clerk')
    const visitor = await office.signIn('clerk')
    await office.citizenWrites('4915112300077', 'Wann kommt die Sperrmüllabfuhr?')
    await office.settled()
    const { body } = await visitor.get<{ items: Conversation[] }>('/conversations')
    const id = body.items.find(({ assignee }) => assignee === null)?.id ?? ''
    const taken = { assignee: 'me', expected: null }
    expect((await visitor.put(`/conversations/${id}/assignee`, taken)).status).toBe(200)
    const { rows } = await office.database.pool.query<{ id: string }>(
      'select id from account where email = $1',
      [clerk?.email],
    )
    const accountId = rows[0]?.id ?? ''
    await change(accountId, { disabled: true })
    await expect
      .poll(
        async () =>
          (await office.database.pool.query('select assignee_id from conversation where id = $1', [id]))
            .rows[0],
        { timeout: 60_000 },
      )
      .toEqual({ assignee_id: null })
    expect(await recorded('conversation-given-back', id)).toEqual([{}])
    await change(accountId, { disabled: false })
  })
})

test('whom to ask while a colleague is away is shown with what they have in hand, as long as that person can sign in', async () => {
  await office.citizenWrites('4915112300079', 'Wer gießt die Linde am Markt?')
  await office.settled()
  const lead = await office.signIn('team-lead')
  const { body } = await lead.get<{ items: Conversation[] }>('/conversations')
  const [conversation] = body.items
  const team = { teamIds: [conversation?.team.id] }
  const holder = (await newColleague('clerk', team)).person
  const deputy = (await newColleague('clerk', team)).person
  const path = `/conversations/${conversation?.id}`
  const taken = { assignee: holder.id, expected: conversation?.assignee?.id ?? null }
  expect((await lead.put(`${path}/assignee`, taken)).status).toBe(200)
  async function shown(): Promise<Conversation['assignee']> {
    return (await lead.get<Conversation>(path)).body.assignee
  }
  const { displayName } = holder
  expect(await shown()).toEqual({ id: holder.id, displayName, deputy: null })
  expect((await change(holder.id, { deputyId: deputy.id })).status).toBe(200)
  expect(await shown()).toEqual({ id: holder.id, displayName, deputy: deputy.displayName })
  expect((await change(deputy.id, { disabled: true })).status).toBe(200)
  expect(await shown()).toEqual({ id: holder.id, displayName, deputy: null })
})

describe('a team', () => {
  test('is made, renamed and closed; its numbers and conversations go to another one', async () => {
    const { pool } = office.database
    await office.citizenWrites('4915112300078', 'Wo zahle ich die Hundesteuer?')
    await office.settled()
    const [first] = await teamIds()
    const made = await admin.post<{ id: string; name: string }>('/teams', { name: 'Kämmerei' })
    expect(made.status).toBe(201)
    expect(await admin.post('/teams', { name: 'Kämmerei' })).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'name' }] },
    })
    const path = `/api/v1/teams/${made.body.id}`
    expect(await admin.ask('PATCH', path, { body: { name: 'Stadtkasse' } })).toMatchObject({
      body: { name: 'Stadtkasse' },
    })
    await pool.query('update conversation set team_id = $1 where team_id = $2', [made.body.id, first])
    const before = await admin.get<{ conversations: number }>(`/teams/${made.body.id}`)
    expect(before.body.conversations).toBeGreaterThan(0)
    for (const to of [made.body.id, '0193f000-0000-7000-8000-000000000000'])
      expect((await admin.ask('POST', `${path}/closure`, { body: { handOverTo: to } })).status).toBe(400)
    expect((await admin.ask('POST', `${path}/closure`, { body: { handOverTo: first } })).status).toBe(204)
    expect((await admin.get(`/teams/${made.body.id}`)).status).toBe(404)
    const after = await admin.get<{ conversations: number }>(`/teams/${first}`)
    expect(after.body.conversations).toBeGreaterThanOrEqual(before.body.conversations)
    expect((await recorded('team-closed', made.body.id)).length).toBe(1)
  })

  test.each([true, false])('its people go along where that is wanted: %s', async (withPeople) => {
    const [first] = await teamIds()
    const made = await admin.post<{ id: string }>('/teams', { name: `Steueramt ${withPeople}` })
    const { id: teamId } = made.body
    const { person: here } = await newColleague('clerk', { teamIds: [teamId] })
    const { person: both } = await newColleague('clerk', { teamIds: [teamId, first] })
    expect((await admin.get(`/teams/${teamId}`)).body).toMatchObject({ people: 2, peopleOfThisAlone: 1 })
    const closing = await admin.post(`/teams/${teamId}/closure`, { handOverTo: first, withPeople })
    expect(closing.status).toBe(204)
    expect((await person(here.id)).teams.map(({ id }) => id)).toEqual(withPeople ? [first] : [])
    expect((await person(both.id)).teams.map(({ id }) => id)).toEqual([first])
    const joined = { change: 'team-joined', team: first }
    const told = (await recorded('account-changed', here.id)).filter(({ team }) => team === first)
    expect(told).toEqual(withPeople ? [joined] : [])
  })
})

test('who holds which role is seen without a name, page after page, by the mark that the log has', async () => {
  const [team] = await teamIds()
  const { person: colleague } = await newColleague('team-lead', { teamIds: [team] })
  type Holders = { items: { id: string }[]; nextCursor: string | null; counts: Record<Role, number> }
  const seen: { id: string }[] = []
  let cursor: string | null = null
  do {
    const more: string = cursor === null ? '' : `&cursor=${cursor}`
    const answer: Answer<Holders> = await dpo.get<Holders>(`/role-holders?limit=5${more}`)
    expect(answer.status).toBe(200)
    seen.push(...answer.body.items)
    cursor = answer.body.nextCursor
  } while (cursor !== null)
  expect(seen.find(({ id }) => id === colleague.id)).toEqual({
    id: colleague.id,
    role: 'team-lead',
    state: 'active',
    teams: [{ id: team, name: expect.any(String) }],
  })
  const { rows } = await office.database.pool.query<{ id: string; email: string; display_name: string }>(
    'select id, email, display_name from account',
  )
  expect(new Set(seen.map(({ id }) => id)).size).toBe(rows.length)
  for (const { email, display_name } of rows)
    for (const name of [email, display_name]) expect(JSON.stringify(seen)).not.toContain(name)
  const auditor = await office.signIn('auditor')
  expect((await auditor.get('/role-holders?role=dpo')).status).toBe(200)
})

test('ten thousand accounts are listed by the page, each once, and searched in the body', async () => {
  await office.database.pool.query(
    `insert into account (email, display_name, role) select 'masse' || n || '@musterstadt.example', 'Masse ' || lpad(n::text, 5, '0'), 'clerk'
     from generate_series(1, 10000) n`,
  )
  type Page = { items: Person[]; nextCursor: string | null }
  const seen = new Set<string>()
  let cursor: string | null = null
  do {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const { body }: Answer<Page> = await admin.get<Page>(`/people?limit=100${more}`)
    for (const { id } of body.items) seen.add(id)
    cursor = body.nextCursor
  } while (cursor !== null)
  const { rows } = await office.database.pool.query<{ n: number }>('select count(*)::int as n from account')
  expect(seen.size).toBe(rows[0]?.n)
  const found = await admin.post<Page>('/people/search', { q: 'masse 0042' })
  expect(found.body.items.map(({ displayName }) => displayName)).toEqual(
    Array.from({ length: 10 }, (_, n) => `Masse 0042${n}`),
  )
  expect((await admin.post<Page>('/people/search', { q: '100%_' })).body.items).toEqual([])
  expect((await admin.get('/people?cursor=nonsense')).status).toBe(400)
  await office.database.pool.query(`delete from account where display_name like 'Masse %'`)
})
