import type { ErrorBody, LiftedName, Proposal, Session } from '@buergerdraht/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { StoryOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
let now = new Date('2026-11-23T08:00:00Z')
let auditor: Visitor
let dpo: Visitor
let clerk: Session['account']

beforeAll(async () => {
  office = await StoryOffice.prepare({ now: () => now })
  await office.startApi()
})
afterAll(() => office.close())
beforeEach(async () => {
  await office.database.pool.query('truncate sign_in_failure, proposal')
  auditor = await office.signIn('auditor')
  dpo = await office.signIn('dpo')
  clerk = (await (await office.signIn('clerk')).get<Session>('/session')).body.account
})

function askFor(visitor: Visitor, more: object = {}) {
  return visitor.post<Proposal & ErrorBody>('/audit/names', {
    accountId: clerk.id,
    reason: 'suspected-misuse',
    ...more,
  })
}

async function names(visitor: Visitor): Promise<LiftedName[]> {
  return (await visitor.get<{ items: LiftedName[] }>('/audit/names')).body.items
}

describe('the name behind a pseudonym', () => {
  test('is told to the auditor who asked, once the data-protection officer has agreed, for a day, and that is recorded', async () => {
    const { status, body } = await askFor(auditor)
    expect(status).toBe(201)
    const path = `/proposals/${body.id}/approval`
    expect(await auditor.post(path)).toMatchObject({ body: { code: 'second-person-required' } })
    expect(await names(auditor)).toEqual([])
    expect((await dpo.post(path)).status).toBe(200)
    expect(await names(auditor)).toEqual([
      {
        accountId: clerk.id,
        displayName: clerk.displayName,
        until: new Date(now.getTime() + 24 * 60 * 60_000).toISOString(),
      },
    ])
    // Not to the one who agreed.
    expect(await names(dpo)).toEqual([])
    const { rows } = await office.database.pool.query(
      `select act from audit_entry where object_id = $1 and act in ('proposed', 'proposal-approved', 'name-shown') order by id desc limit 3`,
      [clerk.id],
    )
    expect(rows.map(({ act }) => act)).toEqual(['name-shown', 'proposal-approved', 'proposed'])
    now = new Date(now.getTime() + 24 * 60 * 60_000)
    auditor = await office.signIn('auditor')
    expect(await names(auditor)).toEqual([])
  })

  test('stands in no proposal, neither while it is open nor afterwards', async () => {
    const { body } = await askFor(dpo, { hours: 2 })
    async function seen(): Promise<string> {
      const answers = await Promise.all([dpo.get('/proposals'), auditor.get('/proposals')])
      return JSON.stringify(answers.map((answer) => answer.body))
    }
    expect(await seen()).toContain(body.id)
    expect(await seen()).not.toContain(clerk.displayName)
    expect((await auditor.post(`/proposals/${body.id}/approval`)).status).toBe(200)
    expect(await seen()).not.toContain(clerk.displayName)
    expect(await names(dpo)).toHaveLength(1)
  })

  test('is asked for by nobody else, for no longer than a day, for no stranger, and after a step-up', async () => {
    for (const role of ['clerk', 'team-lead', 'records', 'admin'] as const)
      expect((await askFor(await office.signIn(role))).status).toBe(403)
    for (const hours of [0, 25])
      expect(await askFor(auditor, { hours })).toMatchObject({
        status: 400,
        body: { fields: [{ path: 'hours' }] },
      })
    expect((await askFor(auditor, { accountId: crypto.randomUUID() })).status).toBe(404)
    now = new Date(now.getTime() + 6 * 60_000)
    expect(await askFor(auditor)).toMatchObject({ body: { code: 'step-up-required' } })
  })

  test('is not decided by whom it concerns', async () => {
    const { account } = (await dpo.get<Session>('/session')).body
    const { body } = await askFor(auditor, { accountId: account.id })
    expect(await dpo.post(`/proposals/${body.id}/approval`)).toMatchObject({
      body: { code: 'second-person-required' },
    })
  })
})
