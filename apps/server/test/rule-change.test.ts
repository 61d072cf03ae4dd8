import type { CatalogueCluster, Proposal, RulePreview } from '@buergerdraht/contract'
import { beforeEach, expect, test, vi } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
let records: Visitor
let dpo: Visitor
beforeEach(async () => {
  office = await startOffice()
  records = await office.signIn('records')
  dpo = await office.signIn('dpo')
  return () => office.close()
})

const dayMs = 24 * 60 * 60 * 1000

/** A matter without relevance for a file that was closed so many days ago, dated by the rules there are. */
async function closedMatter(phone: string, daysAgo: number): Promise<string> {
  await office.citizenWrites(phone, 'Wann hat das Amt auf?')
  await office.settled()
  const lead = await office.signIn('team-lead')
  const { body } = await lead.get<{ items: { id: string }[] }>('/conversations?status=open&limit=100')
  const id = body.items[0]?.id ?? expect.fail('no conversation')
  expect((await lead.post(`/conversations/${id}/close`, { filing: { relevance: 'none' } })).status).toBe(200)
  await office.database.pool.query(
    `update conversation set closed_at = closed_at - make_interval(days => $2), due_at = due_at - make_interval(days => $2) where id = $1`,
    [id, daysAgo],
  )
  return id
}
function period(days: string, endOfYear = false) {
  return { periods: [{ variant: null, period: days, endOfYear }] }
}
async function rule(by: Visitor, code: string): Promise<CatalogueCluster> {
  const { body } = await by.get<{ clusters: CatalogueCluster[] }>('/retention/rules')
  return body.clusters.find((one) => one.code === code) ?? expect.fail(`no ${code}`)
}
async function openChange(): Promise<Proposal> {
  const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
  return (
    body.items.find(({ kind, state }) => kind === 'change-rule' && state === 'open') ?? expect.fail('none')
  )
}
async function inForce(days: string): Promise<void> {
  expect((await records.post('/retention/rules/DA01/versions', period(days))).status).toBe(202)
  expect((await dpo.post(`/proposals/${(await openChange()).id}/approval`)).status).toBe(200)
}
type Dated = { readonly due_at: Date; readonly closed_at: Date; readonly rule_version: number }
async function dated(id: string, days: number): Promise<Dated> {
  return vi.waitFor(
    async () => {
      const { rows } = await office.database.pool.query<Dated>(
        'select due_at, closed_at, rule_version from conversation where id = $1',
        [id],
      )
      const row = rows[0] ?? expect.fail('no conversation')
      const passed = (row.due_at.getTime() - row.closed_at.getTime()) / dayMs
      // The day of closing does not count, and the last one counts whole.
      if (passed < days || passed > days + 1.1) throw new Error(`${passed} days`)
      return row
    },
    { timeout: 120_000, interval: 200 },
  )
}

test('a period is previewed, proposed, agreed to, and then moves the dates there are, and deletes nothing', async () => {
  const id = await closedMatter('491710001101', 20)
  const asked = period('14d')
  const { body: preview } = await dpo.post<RulePreview>('/retention/rules/DA01/preview', asked)
  expect(preview).toMatchObject({
    objects: 1,
    earlier: 1,
    later: 0,
    waiting: 0,
    dueAtOnce: 1,
    earlierByDays: 16,
    laterByDays: 0,
    teams: [{ objects: 1, earlier: 1, dueAtOnce: 1 }],
  })
  expect((await dpo.post<RulePreview>('/retention/rules/DA01/preview', period('90d'))).body).toMatchObject({
    objects: 1,
    earlier: 0,
    later: 1,
    dueAtOnce: 0,
    laterByDays: 60,
  })
  expect((await dpo.post('/retention/rules/DA01/versions', asked)).status).toBe(403)
  expect((await records.post('/retention/rules/DA01/versions', asked)).status).toBe(202)
  expect(await rule(records, 'DA01')).toMatchObject({ changeProposed: true, versions: [{ version: 1 }] })
  const proposal = await openChange()
  expect(proposal.payload).toEqual({ cluster: 'DA01', version: 2, ...asked })
  expect((await records.post(`/proposals/${proposal.id}/approval`)).status).toBe(403)
  expect((await dpo.post(`/proposals/${proposal.id}/approval`)).status).toBe(200)
  expect(await rule(dpo, 'DA01')).toMatchObject({
    changeProposed: false,
    versions: [
      {
        version: 2,
        classes: [{ period: '14d' }],
        signed: { proposedBy: expect.any(String), approvedBy: expect.any(String) },
      },
      { version: 1, classes: [{ period: '30d' }] },
    ],
  })

  // Shown under the new rule, protected by the old one until a run names the new.
  expect(await dated(id, 14)).toMatchObject({ rule_version: 1 })
  // A shortened rule that was a mistake is put back by a further version.
  await inForce('30d')
  expect(await dated(id, 30)).toMatchObject({ rule_version: 3 })
  expect((await rule(dpo, 'DA01')).versions.map(({ version }) => version)).toEqual([3, 2, 1])
})

test('what cannot be a rule is refused with a sentence, and nothing is proposed', async () => {
  async function refused(code: string, body: object) {
    const answer = await records.post(`/retention/rules/${code}/versions`, body)
    return [answer.status, answer.body.fields?.map(({ message }) => message) ?? answer.body.code]
  }
  expect(await refused('DA01', period('30d'))).toEqual([409, 'rule-unchanged'])
  expect(await refused('DA01', period('31d'))).toEqual([400, [expect.stringContaining('30d')]])
  expect(await refused('DA01', period('90d', true))).toEqual([
    400,
    [expect.stringContaining('ganzen Jahren')],
  ])
  expect(await refused('DA99', period('7d'))).toEqual([404, 'not-found'])
  // A log is swept by a period of the program, the ledger stays, notes go with their matter.
  for (const code of ['DA12', 'DA14', 'DA07'])
    expect(await refused(code, period('7d'))).toEqual([409, 'rule-not-changeable'])
  const one = { variant: 'FILE_PLAN_1Y', period: '2y', endOfYear: true }
  expect(await refused('DA03', { periods: [one] })).toEqual([400, [expect.any(String)]])
  expect(await refused('DA03', { periods: [one, one] })).toEqual([400, [expect.any(String)]])
  expect(await refused('DA03', { periods: [{ ...one, variant: 'RAW_EVENT' }] })).toEqual([
    400,
    [expect.any(String)],
  ])
  const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
  expect(body.items.filter(({ kind }) => kind === 'change-rule')).toEqual([])
})

test('two clusters can be changed side by side, and a rule that has changed meanwhile is not agreed to', async () => {
  expect((await records.post('/retention/rules/DA01/versions', period('90d'))).status).toBe(202)
  expect((await records.post('/retention/rules/DA02/versions', period('14d'))).status).toBe(202)
  const admin = await office.signIn('admin')
  expect((await admin.post('/retention/rules/DA01/versions', period('7d'))).body).toMatchObject({
    code: 'proposal-open',
  })
  const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
  const open = body.items.filter(({ kind, state }) => kind === 'change-rule' && state === 'open')
  expect(open).toHaveLength(2)
  // As if another change had come first.
  await office.database.pool.query(
    `insert into deletion_rule select cluster, 2, retention, now(), proposed_by, approved_by, approved_at from deletion_rule where cluster = 'DA02'`,
  )
  const [of01, of02] = ['DA01', 'DA02'].map((code) =>
    open.find(({ payload }) => 'cluster' in payload && payload.cluster === code),
  )
  expect((await dpo.post(`/proposals/${of02?.id}/approval`)).body).toMatchObject({
    code: 'changed-meanwhile',
  })
  expect((await dpo.post(`/proposals/${of01?.id}/approval`)).status).toBe(200)
})
