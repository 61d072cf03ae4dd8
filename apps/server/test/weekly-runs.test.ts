import type { DeletionRun, Proposal, StandingApproval } from '@buergerdraht/contract'
import { prepareRuns } from '@buergerdraht/custody'
import type { OfficeContext } from '@buergerdraht/office'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { archiveWaives } from './archive-waives.ts'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
beforeEach(async () => {
  office = await startOffice()
  // The running worker plans for this week by itself, once: while there is nothing yet.
  await expect
    .poll(async () => (await office.database.pool.query('select from planned_week')).rowCount)
    .toBe(1)
  await archiveWaives(office.database.pool)
  return () => office.close()
})

const dayMs = 24 * 60 * 60 * 1000

/** The worker's sweep, as many weeks from now. What the sweep of the running office does is the same, in this week. */
function plansInWeek(weeks: number): Promise<number> {
  return prepareRuns({
    pool: office.database.pool,
    now: () => new Date(Date.now() + weeks * 7 * dayMs),
  } as OfficeContext)
}
/** A matter that was answered and closed long ago, and of which somebody has decided that it is no record. */
async function oldMatter(phone: string): Promise<string> {
  await office.citizenWrites(phone, 'Wann hat das Amt auf?')
  await office.settled()
  const { rows } = await office.database.pool.query<{ id: string }>(
    `update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null where state = 'open' returning id`,
  )
  return rows[0]?.id ?? expect.fail('no conversation')
}
async function runs(by: Visitor): Promise<DeletionRun[]> {
  return (await by.get<{ items: DeletionRun[] }>('/deletion-runs')).body.items
}
async function proposal(by: Visitor, kind: Proposal['kind']): Promise<string> {
  const { body } = await by.get<{ items: Proposal[] }>('/proposals')
  return body.items.find((one) => one.kind === kind && one.state === 'open')?.id ?? expect.fail('no proposal')
}
async function ended(by: Visitor, id: string): Promise<DeletionRun> {
  return vi.waitFor(
    async () => {
      const { body } = await by.get<DeletionRun>(`/deletion-runs/${id}`)
      if (body.state !== 'completed') throw new Error(`It is ${body.state}`)
      return body
    },
    { timeout: 60_000, interval: 200 },
  )
}
async function isThere(id: string): Promise<boolean> {
  return (await office.database.pool.query('select from conversation where id = $1', [id])).rowCount === 1
}
/** The last day that may be asked for: today in twelve months. */
function inAYear(days = 0): string {
  const at = new Date(Date.now() + days * dayMs)
  at.setUTCFullYear(at.getUTCFullYear() + 1)
  return at.toISOString().slice(0, 10)
}
async function standing(records: Visitor, dpo: Visitor, rule = 'LR-DA01@1'): Promise<StandingApproval> {
  expect((await records.post('/standing-approvals', { rule, endsOn: inAYear(-1) })).status).toBe(202)
  const id = await proposal(dpo, 'standing-approval')
  expect((await records.post(`/proposals/${id}/approval`)).body).toMatchObject({
    code: 'second-person-required',
  })
  expect((await dpo.post(`/proposals/${id}/approval`)).status).toBe(200)
  const { body } = await dpo.get<{ items: StandingApproval[] }>('/standing-approvals')
  return body.items[0] ?? expect.fail('no standing approval')
}
async function bothSign(): Promise<[Visitor, Visitor]> {
  return [await office.signIn('records'), await office.signIn('dpo')]
}

describe('a week', () => {
  test('is planned for once, and what it prepares waits for two persons', async () => {
    const [records, dpo] = await bothSign()
    const id = await oldMatter('491710000921')
    expect(await plansInWeek(0)).toBe(0)
    expect(await runs(dpo)).toEqual([])
    expect((await Promise.all([plansInWeek(1), plansInWeek(1)])).toSorted()).toEqual([0, 1])
    const [prepared, ...more] = await runs(dpo)
    expect(more).toEqual([])
    expect(prepared).toMatchObject({ state: 'prepared', kind: 'planned', waiting: 1, standing: false })
    const path = `/deletion-runs/${prepared?.id}`

    const lead = await office.signIn('team-lead')
    expect((await lead.post(`${path}/proposal`)).status).toBe(403)
    expect((await dpo.post(`${path}/approval`)).status).toBe(404)
    expect((await records.post<DeletionRun>(`${path}/proposal`)).body).toMatchObject({ state: 'planned' })
    expect((await dpo.post(`${path}/proposal`)).body).toMatchObject({ code: 'changed-meanwhile' })
    expect((await records.post(`${path}/approval`)).body).toMatchObject({ code: 'second-person-required' })
    expect(await isThere(id)).toBe(true)
    expect((await dpo.post(`${path}/approval`)).status).toBe(200)
    expect(await ended(dpo, prepared?.id ?? '')).toMatchObject({ destroyed: 1 })
    expect(await isThere(id)).toBe(false)
  })

  test('takes what nobody has put forward of the one before into its own run', async () => {
    const dpo = await office.signIn('dpo')
    await oldMatter('491710000922')
    await plansInWeek(1)
    await oldMatter('491710000923')
    await plansInWeek(2)
    expect((await runs(dpo)).map(({ state, waiting }) => [state, waiting])).toEqual([
      ['prepared', 2],
      ['expired', 1],
    ])
  })
})

describe('a standing approval', () => {
  test('lets what falls due under its rule go with the next week, in the name of the two who gave it', async () => {
    const { pool } = office.database
    const [records, dpo] = await bothSign()
    const given = await standing(records, dpo)
    expect(given).toMatchObject({
      rule: 'LR-DA01@1',
      state: 'in-force',
      proposedRole: 'records',
      approvedRole: 'dpo',
      revokedAt: null,
    })
    const id = await oldMatter('491710000924')
    const lasting = await oldMatter('491710000925')
    await pool.query(`update conversation set cluster = 'DA02', filing = 'FILED' where id = $1`, [lasting])
    await plansInWeek(1)
    const all = await runs(dpo)
    const own = all.find((run) => run.standing)
    expect(await ended(dpo, own?.id ?? '')).toMatchObject({ destroyed: 1, standing: true })
    expect(await isThere(id)).toBe(false)
    // Of another rule nobody has said so.
    expect(await isThere(lasting)).toBe(true)
    const { body } = await dpo.get<{ items: { seq: number; facts: unknown }[] }>('/ledger/entries')
    expect(body.items.find(({ seq }) => seq === 0)?.facts).toContainEqual({
      name: { de: 'Beteiligt', en: 'Took part' },
      value: { de: 'Schriftgutverwaltung, Datenschutz', en: 'records management, data protection' },
    })
  })

  test('is for twelve months at most, for a signed version in force, by another person, and ends with another', async () => {
    const [records, dpo] = await bothSign()
    const clerk = await office.signIn('clerk')
    const asked = { rule: 'LR-DA01@1', endsOn: inAYear(-1) }
    expect((await clerk.post('/standing-approvals', asked)).status).toBe(403)
    for (const endsOn of [inAYear(2), new Date(Date.now() - 2 * dayMs).toISOString().slice(0, 10)])
      expect((await records.post('/standing-approvals', { ...asked, endsOn })).body).toMatchObject({
        code: 'invalid-input',
        fields: [{ path: 'endsOn' }],
      })
    for (const rule of ['LR-DA01@2', 'LR-DA12@1'])
      expect((await records.post('/standing-approvals', { ...asked, rule })).body).toMatchObject({
        code: 'changed-meanwhile',
      })
    const first = await standing(records, dpo)
    const second = await standing(records, dpo)
    const { body } = await dpo.get<{ items: StandingApproval[] }>('/standing-approvals')
    expect(body.items.map(({ id, state }) => [id, state])).toEqual([
      [second.id, 'in-force'],
      [first.id, 'revoked'],
    ])
  })

  test('says nothing of a version that came later', async () => {
    const { pool } = office.database
    const [records, dpo] = await bothSign()
    await standing(records, dpo)
    await pool.query(
      `insert into deletion_rule (cluster, version, retention, valid_from, approved_at, proposed_by, approved_by)
       select cluster, 2, retention, now(), now(), proposed_by, approved_by from deletion_rule where cluster = 'DA01' and version = 1`,
    )
    const id = await oldMatter('491710000926')
    await pool.query('update conversation set rule_version = 2 where id = $1', [id])
    const { body } = await dpo.get<{ items: StandingApproval[] }>('/standing-approvals')
    expect(body.items.map(({ state }) => state)).toEqual(['rule-changed'])
    await plansInWeek(1)
    expect((await runs(dpo)).map(({ state }) => state)).toEqual(['prepared'])
  })

  test('that is revoked by one stops what of a run under it is not condemned', async () => {
    const [records, dpo] = await bothSign()
    const { id: approval } = await standing(records, dpo)
    const id = await oldMatter('491710000927')
    await office.stopWorker()
    await plansInWeek(1)
    const [run] = await runs(dpo)
    expect(run).toMatchObject({ state: 'approved', standing: true })
    expect((await dpo.post(`/standing-approvals/${approval}/revocation`)).status).toBe(204)
    expect((await dpo.post(`/standing-approvals/${approval}/revocation`)).status).toBe(409)
    await office.startWorker()
    expect(await ended(dpo, run?.id ?? '')).toMatchObject({
      destroyed: 0,
      fallenOut: [{ reason: 'APPROVAL_ENDED', count: 1 }],
    })
    expect(await isThere(id)).toBe(true)
  })

  test('does not carry a run that is far larger than any before', async () => {
    const { pool } = office.database
    const [records, dpo] = await bothSign()
    await standing(records, dpo)
    const id = await oldMatter('491710000928')
    // Copies of a matter.
    const { rows } = await pool.query<{ columns: string }>(
      `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
       where table_name = 'conversation' and column_name <> 'id' and is_generated = 'NEVER'`,
    )
    const columns = rows[0]?.columns ?? ''
    await pool.query(
      `insert into conversation (id, ${columns}) select gen_random_uuid(), ${columns} from conversation, generate_series(1, 500) where id = $1`,
      [id],
    )
    await plansInWeek(1)
    expect((await runs(dpo)).map(({ state, waiting }) => [state, waiting])).toEqual([['prepared', 501]])
  })
})

describe('an emergency', () => {
  test('deletes what was unlawfully processed before its time, tells data protection, and goes before other runs', async () => {
    const { pool } = office.database
    const [records, dpo] = await bothSign()
    const fresh = await oldMatter('491710000929')
    // Not even closed long ago; and nobody has decided whether it is a record.
    await pool.query(
      `update conversation set closed_at = now(), due_at = null, waits_for = 'CASE_CLOSED', filing = 'UNDECIDED' where id = $1`,
      [fresh],
    )
    const held = await oldMatter('491710000930')
    expect(
      (
        await records.post('/holds', {
          scope: { kind: 'CONVERSATION', id: held },
          protection: {
            kind: 'hold',
            reason: 'LITIGATION',
            basis: 'ART17_3E',
            reviewOn: inAYear(-40),
            expiresOn: inAYear(-30),
          },
        })
      ).status,
    ).toBe(201)
    const asked = { kind: 'emergency', conversationIds: [fresh, held] }
    const { body: run } = await records.post<DeletionRun>('/deletion-runs', asked)
    expect(run).toMatchObject({
      kind: 'emergency',
      waiting: 1,
      fallenOut: [{ reason: 'LEGAL_HOLD', count: 1 }],
    })
    const notices = await dpo.get<{ items: { kind: string; run: unknown }[] }>('/dpo-notices')
    expect(notices.body.items).toMatchObject([{ kind: 'emergency-run', run: { id: run.id, matters: 1 } }])
    const proposals = await dpo.get<{ items: Proposal[] }>('/proposals')
    expect(proposals.body.items[0]?.payload).toMatchObject({ emergency: true, conversations: 1 })

    await office.stopWorker()
    const { body: usual } = await records.post<DeletionRun>('/deletion-runs', {
      kind: 'manual',
      conversationIds: [await oldMatterWithoutWorker()],
    })
    expect((await dpo.post(`/deletion-runs/${usual.id}/approval`)).status).toBe(200)
    expect((await dpo.post(`/deletion-runs/${run.id}/approval`)).status).toBe(200)
    await office.startWorker()
    expect(await ended(dpo, run.id)).toMatchObject({ destroyed: 1 })
    await ended(dpo, usual.id)
    expect(await isThere(fresh)).toBe(false)
    expect(await isThere(held)).toBe(true)
    const { body } = await dpo.get<{ items: { type: string; facts: { value: { en: string } }[] }[] }>(
      '/ledger/entries',
    )
    const deletions = body.items.filter(({ type }) => type === 'DELETE').toReversed()
    expect(deletions.map(({ facts }) => facts.find(({ value }) => /GDPR/.test(value.en))?.value.en)).toEqual([
      'Art. 17 (1) (d) GDPR',
      'Art. 5 (1) (e) GDPR (storage limitation)',
    ])
  })

  async function oldMatterWithoutWorker(): Promise<string> {
    await office.startWorker()
    const id = await oldMatter('491710000931')
    await office.stopWorker()
    return id
  }
})
