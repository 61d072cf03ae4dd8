import type { CoverageState, Proposal, Session } from '@buergerdraht/contract'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice

beforeAll(async () => {
  office = await startOffice()
})
afterAll(() => office.close())

/** As it is before anybody has signed: an update that the trigger allows nobody else. */
async function takeSignaturesBack(): Promise<void> {
  await office.database.pool.query(`set session_replication_role = replica;
    update deletion_rule set proposed_by = null, approved_by = null, approved_at = null where version = 1;
    set session_replication_role = origin`)
}

/** Counted anew since now, as whoever asked for it sees it. */
async function counted(dpo: Visitor): Promise<NonNullable<CoverageState['latest']>> {
  await dpo.post('/retention/coverage')
  return vi.waitFor(
    async () => {
      const { body } = await dpo.get<CoverageState>('/retention/coverage')
      if (body.asked || body.latest === null) throw new Error('not yet')
      return body.latest
    },
    { timeout: 60_000, interval: 100 },
  )
}

test('whatever is written, each row with personal data says when it has to be gone', async () => {
  const clerk = await office.signIn('clerk')
  await office.citizenWrites('491710000901', 'Wann hat das Amt auf?')
  await office.settled()
  const dpo = await office.signIn('dpo')
  const { rows, classified, overdue, items } = await counted(dpo)
  expect(rows).toBeGreaterThan(10)
  expect(classified).toBe(rows)
  expect(overdue).toBe(0)
  expect(items.find(({ table }) => table === 'conversation')).toMatchObject({ cluster: 'DA01', overdue: 0 })
  expect((await clerk.get('/retention/coverage')).status).toBe(403)
  const lead = await office.signIn('team-lead')
  const { body: seen } = await lead.get<CoverageState>('/retention/coverage')
  expect(seen).toMatchObject({ objects: rows, classified: rows, missing: [], overdue: 0, kept: 0 })
  expect(seen.due).toBeGreaterThan(0)
  expect((seen.due ?? 0) + (seen.waiting ?? 0)).toBe(rows)

  const metrics = await (await fetch(`${office.workerUrl}/metrics`)).text()
  expect(metrics).toContain(`buergerdraht_personal_rows ${rows}`)
  expect(metrics).toContain('buergerdraht_personal_rows_unclassified 0')
  expect(metrics).toContain('buergerdraht_personal_rows_overdue 0')
  expect(metrics).toContain('buergerdraht_personal_rows_kept 0')
})

test('a gap is red until the worker has mended it, and a gap that it cannot mend stays', async () => {
  const dpo = await office.signIn('dpo')
  const { pool } = office.database
  await office.citizenWrites('491710000902', 'Und am Freitag?')
  await office.settled()
  await pool.query(`insert into search_entry (id, conversation_id, team_id, at, tokens)
    select gen_random_uuid(), gen_random_uuid(), id, now(), '{1}' from team limit 1`)
  const { rows, classified } = await counted(dpo)
  expect(rows - classified).toBe(1)
  expect((await dpo.get<CoverageState>('/retention/coverage')).body.missing).toEqual([
    { table: 'search_entry', count: 1 },
  ])
  const metrics = await (await fetch(`${office.workerUrl}/metrics`)).text()
  expect(metrics).toContain('buergerdraht_personal_rows_unclassified 1')
  await pool.query(`delete from search_entry where tokens = '{1}'`)
})

test('an office works on trial until the data-protection officer has signed what somebody else proposed', async () => {
  await takeSignaturesBack()
  const [records, dpo] = [await office.signIn('records'), await office.signIn('dpo')]
  async function onTrial(): Promise<boolean> {
    return (await dpo.get<Session>('/session')).body.onTrial
  }
  expect(await onTrial()).toBe(true)
  expect((await dpo.post('/retention/signature')).status).toBe(403)
  expect((await records.post('/retention/signature')).status).toBe(202)
  expect((await dpo.get<CoverageState>('/retention/coverage')).body).toMatchObject({
    onTrial: true,
    signingProposed: true,
  })
  const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
  const proposal = body.items.find(({ kind, state }) => kind === 'sign-catalogue' && state === 'open')
  expect(proposal?.payload).toMatchObject({ signed: expect.arrayContaining(['LR-DA01@1', 'LR-DA20@1']) })
  expect((await records.post(`/proposals/${proposal?.id}/approval`)).status).toBe(403)
  expect((await dpo.post(`/proposals/${proposal?.id}/approval`)).status).toBe(200)
  expect(await onTrial()).toBe(false)
  const { rows } = await office.database.pool.query<{ persons: number; by: number }>(
    `select count(distinct a.id)::int as persons, count(*)::int as by from deletion_rule r join account a on a.person_id in (r.proposed_by, r.approved_by)`,
  )
  expect(rows[0]).toEqual({ persons: 2, by: 40 })
  // There is nothing left to sign.
  expect((await records.post('/retention/signature')).status).toBe(409)
})
