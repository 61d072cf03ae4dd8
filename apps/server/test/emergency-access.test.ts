import type {
  AuditEntry,
  DpoNotice,
  EmergencyAccess,
  ErrorBody,
  Proposal,
  Session,
} from '@buergerdraht/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { EventReader } from './event-reader.ts'
import { StoryOffice } from './start-office.ts'
import type { Answer, Visitor } from './visitor.ts'

let office: StoryOffice
let now = new Date('2026-11-23T08:00:00Z')
let admin: Visitor
let dpo: Visitor
/** Where the citizen has written to, and a team beside it. */
let team: { id: string; name: string }
let conversationId: string
/** Of the same team. */
let otherId: string
const words = 'Der Brunnen am Markt läuft über.'

type Listed = { items: EmergencyAccess[]; requests: Proposal[]; teams: { id: string; name: string }[] }

beforeAll(async () => {
  office = await StoryOffice.prepare({ now: () => now })
  await office.startApi()
  await office.startWorker()
  await office.citizenWrites('491713920044', words)
  await office.citizenWrites('491713920045', 'Danke!')
  await office.settled()
  const { rows } = await office.database.pool.query<{ id: string; team: typeof team }>(
    `select c.id, json_build_object('id', t.id, 'name', t.name) as team from conversation c join team t on t.id = c.team_id`,
  )
  const [found, other] = rows
  if (found === undefined || other === undefined) throw new Error('The messages did not arrive.')
  conversationId = found.id
  otherId = other.id
  team = found.team
})
afterAll(() => office.close())
beforeEach(async () => {
  await office.database.pool.query('truncate sign_in_failure, proposal, dpo_notice, emergency_access cascade')
  admin = await office.signIn('admin')
  dpo = await office.signIn('dpo')
})

async function list(visitor: Visitor): Promise<Listed> {
  return (await visitor.get<Listed>('/emergency-access')).body
}

function askFor(visitor: Visitor, more: object = {}): Promise<Answer<Proposal & ErrorBody>> {
  return visitor.post<Proposal & ErrorBody>('/emergency-access', {
    teamId: team.id,
    reason: 'fault',
    ...more,
  })
}

/** Granted to somebody by the data-protection officer, and taken up. */
async function granted(more: object = {}, holder = admin): Promise<EmergencyAccess> {
  const { body } = await askFor(holder, more)
  expect((await dpo.post(`/proposals/${body.id}/approval`)).status).toBe(200)
  const access = (await list(holder)).items.find(({ holds }) => holds)
  if (access === undefined) throw new Error('Nothing was granted.')
  expect((await holder.post(`/emergency-access/${access.id}/session`)).status).toBe(204)
  return access
}

async function reads(visitor: Visitor): Promise<number> {
  return (await visitor.get(`/conversations/${conversationId}/messages`)).status
}

async function session(visitor: Visitor): Promise<Session> {
  return (await visitor.get<Session>('/session')).body
}

describe('emergency access', () => {
  test('gives an administrator a team’s conversations for half an hour, once a second person has approved', async () => {
    expect(await reads(admin)).toBe(403)
    const { status, body } = await askFor(admin)
    expect({ status, payload: body.payload }).toMatchObject({ status: 201, payload: { minutes: 30 } })
    expect(await reads(admin)).toBe(403)
    expect((await list(admin)).requests).toMatchObject([{ id: body.id, state: 'open' }])
    expect(await admin.post(`/proposals/${body.id}/approval`)).toMatchObject({
      status: 409,
      body: { code: 'second-person-required' },
    })
    expect((await dpo.post(`/proposals/${body.id}/approval`)).status).toBe(200)
    const [access] = (await list(admin)).items
    expect(access).toMatchObject({ holds: true, own: true, reason: 'fault', team })
    // Granted is not taken up.
    expect(await reads(admin)).toBe(403)
    expect((await admin.post(`/emergency-access/${access?.id}/session`)).status).toBe(204)
    expect(await reads(admin)).toBe(200)
    expect(await session(admin)).toMatchObject({
      account: { role: 'clerk', teams: [team] },
      emergencyAccess: { id: access?.id, team },
      mayDownload: false,
    })
    // What their own role may is not theirs meanwhile, and another session of theirs has nothing of it.
    expect((await admin.get('/people')).status).toBe(403)
    const elsewhere = await office.signIn('admin')
    expect([await reads(elsewhere), (await elsewhere.get('/people')).status]).toEqual([403, 200])
    now = new Date(now.getTime() + 29 * 60_000)
    expect(await reads(admin)).toBe(200)
    now = new Date(now.getTime() + 61_000)
    expect(await reads(admin)).toBe(403)
    expect(await session(admin)).toMatchObject({ account: { role: 'admin' }, emergencyAccess: null })
    expect(await admin.post(`/emergency-access/${access?.id}/session`)).toMatchObject({
      body: { code: expect.stringMatching('emergency-access-over|step-up-required') },
    })
  })

  test('is for the named team alone, in the program and in the database', async () => {
    await granted()
    const { body } = await admin.get<{ items: { id: string }[] }>('/conversations?status=all&order=latest')
    expect(new Set(body.items.map(({ id }) => id))).toEqual(new Set([conversationId, otherId]))
    const { pool } = office.database
    const { rows } = await pool.query<{ id: string }>('select id from team where id <> $1 limit 1', [team.id])
    await pool.query('update conversation set team_id = $1', [rows[0]?.id])
    try {
      expect(await reads(admin)).toBe(404)
      expect(
        (await admin.get<{ items: unknown[] }>('/conversations?status=all&order=latest')).body.items,
      ).toEqual([])
    } finally {
      await pool.query('update conversation set team_id = $1', [team.id])
    }
  })

  test.each([[4], [61], [0], [30.5]])('is not asked for %d minutes', async (minutes) => {
    expect(await askFor(admin, { minutes })).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'minutes' }] },
    })
  })

  test.each([['curious'], ['danger '], ['']])('is not asked for with the reason %j', async (reason) => {
    expect(await askFor(admin, { reason })).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'reason' }] },
    })
    expect((await list(admin)).requests).toEqual([])
  })

  test('the database keeps none that is longer than an hour, or one person’s', async () => {
    const insert = `insert into emergency_access (id, account_id, team_id, reason, granted_by, granted_at, until)
      select gen_random_uuid(), a.id, $1, 'fault', case when $2 then a.id else gen_random_uuid() end, now(), now() + $3::interval from account a limit 1`
    const { pool } = office.database
    await expect(pool.query(insert, [team.id, false, '61 minutes'])).rejects.toThrow('emergency_access_hour')
    await expect(pool.query(insert, [team.id, true, '30 minutes'])).rejects.toThrow('emergency_access_two')
  })

  test('gives whoever is of another team that one and no more: neither the own team and role besides, nor files to save', async () => {
    const { pool } = office.database
    const { rows } = await pool.query<{ id: string }>(
      `insert into team (name) values ('Anderswo') on conflict (name) do update set name = excluded.name returning id`,
    )
    const lead = await office.signIn('team-lead')
    await pool.query(`update office_setting set download_roles = '{team-lead}'`)
    expect((await lead.get(`/conversations/${conversationId}`)).status).toBe(200)
    expect((await lead.get('/deletion-runs')).status).toBe(200)
    expect(await session(lead)).toMatchObject({ mayDownload: true })
    await granted({ teamId: rows[0]?.id }, lead)
    expect((await lead.get(`/conversations/${conversationId}`)).status).toBe(404)
    expect((await lead.get('/deletion-runs')).status).toBe(403)
    expect(await session(lead)).toMatchObject({
      account: { role: 'clerk', teams: [{ name: 'Anderswo' }] },
      mayDownload: false,
    })
  })

  test('holds in the session that has taken it up, not in one that was open before', async () => {
    const open = await office.signIn('admin')
    await granted()
    expect([await reads(open), (await open.get('/people')).status]).toEqual([403, 200])
  })

  test('is not taken up any more once it is over', async () => {
    const access = await granted()
    await admin.delete(`/emergency-access/${access.id}`)
    expect(await admin.post(`/emergency-access/${access.id}/session`)).toMatchObject({
      status: 409,
      body: { code: 'emergency-access-over' },
    })
  })

  test('is granted by no auditor, and to nobody who has been disabled meanwhile', async () => {
    const { body } = await askFor(admin)
    expect((await (await office.signIn('auditor')).post(`/proposals/${body.id}/approval`)).status).toBe(403)
    const { pool } = office.database
    const { id } = (await session(admin)).account
    await pool.query('update account set disabled_at = now() where id = $1', [id])
    try {
      expect((await dpo.post(`/proposals/${body.id}/approval`)).status).toBe(404)
    } finally {
      await pool.query('update account set disabled_at = null where id = $1', [id])
    }
    expect((await list(dpo)).items).toEqual([])
  })

  test('is not asked for a team that is none', async () => {
    expect(await askFor(admin, { teamId: '0193f000-0000-7000-8000-000000000000' })).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'teamId' }] },
    })
  })

  test('is listed for whoever holds or has granted it and the data-protection officer, and is gone when its entries are', async () => {
    const access = await granted()
    expect((await list(await office.signIn('team-lead'))).items).toEqual([])
    expect((await list(dpo)).items).toMatchObject([{ id: access.id }])
    const { expireDpoNotices, expireEmergencyAccess } = await import('@buergerdraht/office')
    const { pool } = office.database
    const later = { pool, now: () => new Date(now.getTime() + 91 * 24 * 60 * 60_000) }
    async function left(): Promise<(number | null)[]> {
      await expireEmergencyAccess(later)
      await expireDpoNotices(later)
      const tables = ['emergency_access', 'dpo_notice']
      return Promise.all(tables.map(async (table) => (await pool.query(`select from ${table}`)).rowCount))
    }
    // What nobody has taken note of stays.
    expect(await left()).toEqual([0, 1])
    const { body } = await dpo.get<{ items: DpoNotice[] }>('/dpo-notices')
    await dpo.post(`/dpo-notices/${body.items[0]?.id}/acknowledgement`)
    expect(await left()).toEqual([0, 0])
  })

  test('wants a step-up, to ask and to take up', async () => {
    const { body } = await askFor(admin)
    await dpo.post(`/proposals/${body.id}/approval`)
    const [access] = (await list(admin)).items
    now = new Date(now.getTime() + 6 * 60_000)
    expect(await askFor(admin)).toMatchObject({ body: { code: 'step-up-required' } })
    expect(await admin.post(`/emergency-access/${access?.id}/session`)).toMatchObject({
      body: { code: 'step-up-required' },
    })
  })

  test('is asked for by nobody who watches over it, and not for the own team', async () => {
    expect((await askFor(dpo)).status).toBe(403)
    expect((await askFor(await office.signIn('auditor'))).status).toBe(403)
    const clerk = await office.signIn('clerk')
    const own = (await session(clerk)).account.teams[0]?.id
    expect(await askFor(clerk, { teamId: own })).toMatchObject({
      status: 400,
      body: { fields: [{ path: 'teamId' }] },
    })
  })

  test('is held once at a time, and taken up by nobody else', async () => {
    const access = await granted()
    const again = await office.signIn('admin')
    expect(await askFor(again)).toMatchObject({ status: 409, body: { code: 'emergency-access-holds' } })
    const lead = await office.signIn('team-lead')
    expect((await lead.post(`/emergency-access/${access.id}/session`)).status).toBe(404)
  })

  test('a request can be taken back by whoever made it, and by nobody else', async () => {
    const { body } = await askFor(admin)
    const lead = await office.signIn('team-lead')
    expect((await lead.delete(`/emergency-access/${body.id}`)).status).toBe(404)
    expect((await admin.delete(`/emergency-access/${body.id}`)).status).toBe(204)
    expect(await dpo.post(`/proposals/${body.id}/approval`)).toMatchObject({
      body: { code: 'proposal-closed' },
    })
  })

  test.each([
    ['whoever holds it', () => admin],
    ['who granted it, the data-protection officer', () => dpo],
  ] as const)('is ended by %s, and the stream with it', async (_who, by) => {
    const access = await granted()
    const stream = await EventReader.open(admin)
    expect((await by().delete(`/emergency-access/${access.id}`)).status).toBe(204)
    expect(await reads(admin)).toBe(403)
    await stream.until(() => stream.ended)
    expect(await by().delete(`/emergency-access/${access.id}`)).toMatchObject({
      body: { code: expect.stringMatching('emergency-access-over|not-found') },
    })
  })

  test('is ended by the data-protection officer also where somebody else has granted it, and by no third', async () => {
    const records = await office.signIn('records')
    const { body } = await askFor(admin)
    expect((await records.post(`/proposals/${body.id}/approval`)).status).toBe(200)
    const [access] = (await list(records)).items
    expect(access).toMatchObject({ holds: true, own: false })
    const lead = await office.signIn('team-lead')
    expect((await lead.delete(`/emergency-access/${access?.id}`)).status).toBe(404)
    expect((await dpo.delete(`/emergency-access/${access?.id}`)).status).toBe(204)
    expect((await list(records)).items[0]).toMatchObject({
      holds: false,
      endedBy: { displayName: expect.any(String) },
    })
  })

  test('what is taken under it is kept while it holds, and goes back to the team with its end', async () => {
    const access = await granted()
    const taken = await admin.put(`/conversations/${conversationId}/assignee`, {
      assignee: 'me',
      expected: null,
    })
    expect(taken.status).toBe(200)
    const { pool } = office.database
    async function holder(of: string): Promise<string | null> {
      const { rows } = await pool.query<{ assignee_id: string | null }>(
        'select assignee_id from conversation where id = $1',
        [of],
      )
      return rows[0]?.assignee_id ?? null
    }
    const { id } = (await session(admin)).account
    // When the worker has given back what nobody holds any more, it has looked at this one too.
    await pool.query('update conversation set assignee_id = $2 where id = $1', [
      otherId,
      (await session(dpo)).account.id,
    ])
    await expect.poll(() => holder(otherId), { timeout: 60_000 }).toBe(null)
    expect(await holder(conversationId)).toBe(id)
    await admin.delete(`/emergency-access/${access.id}`)
    await expect.poll(() => holder(conversationId), { timeout: 60_000 }).toBe(null)
  })

  test('everything done under it carries its id in the audit log, which is filtered by it', async () => {
    // What was read under an earlier one, a moment ago, hides nothing.
    const earlier = await granted()
    expect(await reads(admin)).toBe(200)
    await admin.delete(`/emergency-access/${earlier.id}`)
    const access = await granted()
    expect(await reads(admin)).toBe(200)
    await admin.post(`/conversations/${conversationId}/number`)
    await admin.post('/conversations/search', { q: 'Brunnen', status: 'all', limit: 30 })
    await admin.delete(`/emergency-access/${access.id}`)
    const { body } = await dpo.get<{ items: AuditEntry[] }>(`/audit/events?emergencyAccess=${access.id}`)
    expect(new Set(body.items.map(({ act }) => act))).toEqual(
      new Set([
        'emergency-access-granted',
        'emergency-access-taken-up',
        'conversation-read',
        'number-shown',
        'conversations-searched',
        'emergency-access-ended',
      ]),
    )
    expect(body.items.every(({ facts }) => facts['emergencyAccess'] === access.id)).toBe(true)
    expect(JSON.stringify(body)).not.toContain('Brunnen')
    const { body: others } = await dpo.get<{ items: AuditEntry[] }>(`/audit/events?limit=100`)
    expect(others.items.length).toBeGreaterThan(body.items.length)
  })

  test('its end is noted also when its time has run out', async () => {
    const access = await granted({ minutes: 5 })
    now = new Date(now.getTime() + 6 * 60_000)
    const { expireEmergencyAccess } = await import('@buergerdraht/office')
    expect(await expireEmergencyAccess({ pool: office.database.pool, now: () => now })).toBeGreaterThan(0)
    const { rows } = await office.database.pool.query<{ facts: object }>(
      `select facts from audit_entry where act = 'emergency-access-ended' and facts ->> 'emergencyAccess' = $1`,
      [access.id],
    )
    expect(rows).toMatchObject([{ facts: { reason: 'expired' } }])
  })

  test('wants the second factor that clerks need, also of whoever needs none otherwise', async () => {
    const { pool } = office.database
    await pool.query(`update sign_in_setting set second_factor_roles = '{clerk}'`)
    try {
      expect((await admin.get('/people')).status).toBe(200)
      await granted()
      expect(await admin.get(`/conversations/${conversationId}/messages`)).toMatchObject({
        status: 403,
        body: { code: 'second-factor-required' },
      })
    } finally {
      await pool.query(`update sign_in_setting set second_factor_roles = '{}'`)
    }
  })

  test.each(['clerk', 'admin'])('the rules from where %ss are answered hold for it', async (role) => {
    await granted()
    const { pool } = office.database
    await pool.query('update sign_in_setting set network_rules = $1', [{ [role]: ['10.0.0.0/8'] }])
    try {
      expect(await admin.get('/session')).toMatchObject({
        status: 403,
        body: { code: 'network-not-allowed' },
      })
    } finally {
      await pool.query(`update sign_in_setting set network_rules = '{}'`)
    }
  })
})

describe('the data-protection officer', () => {
  async function notices(): Promise<DpoNotice[]> {
    return (await dpo.get<{ items: DpoNotice[] }>('/dpo-notices')).body.items
  }

  test('is told at once of an emergency access, and acknowledges it once', async () => {
    const access = await granted()
    const [notice] = await notices()
    expect(notice).toMatchObject({
      kind: 'emergency-access',
      proposedBy: access.holder,
      decidedBy: access.grantedBy,
      acknowledgedAt: null,
      emergencyAccess: { id: access.id, holds: true, team },
    })
    const path = `/dpo-notices/${notice?.id}/acknowledgement`
    expect((await (await office.signIn('auditor')).post(path)).status).toBe(403)
    expect((await dpo.post(path)).status).toBe(204)
    expect((await dpo.post(path)).status).toBe(204)
    expect((await notices())[0]).toMatchObject({ acknowledgedBy: { displayName: expect.any(String) } })
    const { rows } = await office.database.pool.query(
      `select facts from audit_entry where act = 'dpo-notice-acknowledged' and facts ->> 'emergencyAccess' = $1`,
      [access.id],
    )
    expect(rows).toHaveLength(1)
  })

  test('is told when a channel’s account was changed', async () => {
    const { rows } = await office.database.pool.query<{ id: string; name: string; base_url: string }>(
      'select id, name, base_url from channel',
    )
    const [channel] = rows
    const proposed = await admin.ask('PATCH', `/api/v1/channels/${channel?.id}`, {
      body: { credentials: { webhookSecrets: ['ein-neues-geheimnis-von-heute'] } },
    })
    expect(proposed.status).toBeLessThan(300)
    const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
    const proposal = body.items.find(({ state }) => state === 'open')
    expect(await notices()).toEqual([])
    expect((await dpo.post(`/proposals/${proposal?.id}/approval`)).status).toBe(200)
    expect(await notices()).toMatchObject([
      {
        kind: 'channel-account',
        channel: { name: channel?.name, address: false, credentials: ['webhookSecrets'] },
        acknowledgedAt: null,
      },
    ])
  })
})
