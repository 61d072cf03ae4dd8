import type { CatalogueCluster, FilingPlanEntry, FilingPlanFile, Proposal } from '@buergerdraht/contract'
import { beforeEach, expect, test, vi } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

type Plan = {
  readonly current: { readonly version: number; readonly entries: FilingPlanEntry[] } | null
  readonly proposed: { readonly version: number } | null
  readonly waiting: number
}

let office: StoryOffice
let records: Visitor
let dpo: Visitor
let lead: Visitor
beforeEach(async () => {
  office = await startOffice()
  records = await office.signIn('records')
  dpo = await office.signIn('dpo')
  lead = await office.signIn('team-lead')
  return () => office.close()
})

/** A matter that is closed to the file. */
async function filed(phone: string, fileReference: string): Promise<string> {
  await office.citizenWrites(phone, 'Ich widerspreche dem Bescheid.')
  await office.settled()
  const { body } = await lead.get<{ items: { id: string }[] }>('/conversations?status=open&limit=100')
  const id = body.items[0]?.id ?? expect.fail('no conversation')
  const filing = { relevance: 'to-file', fileReference }
  expect((await lead.post(`/conversations/${id}/close`, { filing })).status).toBe(200)
  return id
}
async function standing(id: string) {
  const { rows } = await office.database.pool.query<{
    variant: string | null
    waits_for: string | null
    year: number
  }>(
    `select variant, waits_for, extract(year from due_at at time zone 'Europe/Berlin')::int - extract(year from closed_at at time zone 'Europe/Berlin')::int as year
     from conversation where id = $1`,
    [id],
  )
  return rows[0] ?? expect.fail('no conversation')
}
async function plan(): Promise<Plan> {
  return (await dpo.get<Plan>('/retention/filing-plan')).body
}
async function inForce(entries: readonly FilingPlanEntry[]): Promise<void> {
  const basedOn = (await plan()).current?.version ?? 0
  expect(await records.post('/retention/filing-plan', { basedOn, entries })).toMatchObject({ status: 202 })
  const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
  const open = body.items.find(({ kind, state }) => kind === 'change-filing-plan' && state === 'open')
  expect((await records.post(`/proposals/${open?.id}/approval`)).status).toBe(403)
  expect((await dpo.post(`/proposals/${open?.id}/approval`)).status).toBe(200)
}
const bau: FilingPlanEntry = { reference: '63', title: 'Bauen', years: 10 }
const widerspruch: FilingPlanEntry = { reference: '63.2', title: 'Widersprüche', years: 30 }
const heading: FilingPlanEntry = { reference: '63.1', title: 'Auskünfte', years: null }

test('a plan that was read from a file and agreed to gives what is closed to the file its date, and what has waited for one', async () => {
  const waiting = await filed('491710001201', '63.2-17/2026')
  expect(await standing(waiting)).toMatchObject({ variant: null, waits_for: 'VARIANT' })
  expect(await plan()).toMatchObject({ current: null, proposed: null, waiting: 1 })

  const csv =
    'Kennzeichen;Bezeichnung;Aufbewahrungsfrist\r\n63;Bauen;10\r\n63.1;Auskünfte;\r\n63.2;Widersprüche;dauernd\r\n'
  const file = Buffer.from(csv, 'latin1').toString('base64')
  const { body: read } = await records.post<FilingPlanFile>('/retention/filing-plan/reading', { file })
  expect(read).toEqual({
    entries: [bau, heading, widerspruch],
    rounded: [{ line: 4, reference: '63.2', from: 'dauernd', to: 30 }],
  })
  expect((await dpo.post('/retention/filing-plan/reading', { file })).status).toBe(403)
  expect((await dpo.post('/retention/filing-plan', { basedOn: 0, entries: read.entries })).status).toBe(403)
  await inForce(read.entries)
  expect((await plan()).current).toMatchObject({ version: 1, entries: [bau, heading, widerspruch] })

  await vi.waitFor(
    async () =>
      expect(await standing(waiting)).toEqual({ variant: 'FILE_PLAN_30Y', waits_for: null, year: 31 }),
    { timeout: 120_000, interval: 200 },
  )
  // From now on at once, below a heading by what stands above it; a number is never cut.
  expect(await standing(await filed('491710001202', '63.1 - 4/26'))).toEqual({
    variant: 'FILE_PLAN_10Y',
    waits_for: null,
    year: 11,
  })
  expect(await standing(await filed('491710001203', '631-1'))).toMatchObject({
    variant: null,
    waits_for: 'VARIANT',
  })
  expect((await plan()).waiting).toBe(1)
})

test('a longer period holds for what is filed already, a shorter one does not', async () => {
  await inForce([bau, widerspruch])
  // One whose reference cannot be read is in nobody's way.
  const damaged = await filed('491710001207', '63/9')
  await office.database.pool.query(`update conversation set file_reference_sealed = '\\x00' where id = $1`, [
    damaged,
  ])
  const [one, other] = [await filed('491710001204', '63/1'), await filed('491710001205', '63.2/1')]
  await inForce([
    { ...bau, years: 30 },
    { ...widerspruch, years: 1 },
  ])
  await vi.waitFor(
    async () => expect(await standing(one)).toMatchObject({ variant: 'FILE_PLAN_30Y', year: 31 }),
    {
      timeout: 120_000,
      interval: 200,
    },
  )
  expect(await standing(other)).toMatchObject({ variant: 'FILE_PLAN_30Y', year: 31 })
  expect(await standing(await filed('491710001206', '63.2/2'))).toMatchObject({
    variant: 'FILE_PLAN_1Y',
    year: 2,
  })
})

test('nonsense is refused with its line and column, and so is what changes nothing or was made of another version', async () => {
  const file = Buffer.from('Kennzeichen;Bezeichnung;Frist\n63;Bauen;ewig\n').toString('base64')
  expect(await records.post('/retention/filing-plan/reading', { file })).toMatchObject({
    status: 400,
    body: {
      fields: [{ path: 'lines.2.columns.3', message: expect.stringContaining('1 bis 30') }],
    },
  })
  expect((await records.post('/retention/filing-plan/reading', { file: 'A'.repeat(800_000) })).status).toBe(
    400,
  )
  const entries = [bau]
  expect((await records.post('/retention/filing-plan', { basedOn: 0, entries: [bau, bau] })).status).toBe(400)
  const spaced = ['63 1', '63  1'].map((reference) => ({ ...bau, reference }))
  expect((await records.post('/retention/filing-plan', { basedOn: 0, entries: spaced })).status).toBe(400)
  expect((await records.post('/retention/filing-plan', { basedOn: 0, entries: [heading] })).status).toBe(400)
  expect((await records.post('/retention/filing-plan', { basedOn: 1, entries })).body.code).toBe(
    'changed-meanwhile',
  )
  await inForce(entries)
  expect(
    (await records.post('/retention/filing-plan', { basedOn: 0, entries: [widerspruch] })).body.code,
  ).toBe('changed-meanwhile')
  expect((await records.post('/retention/filing-plan', { basedOn: 1, entries })).body.code).toBe(
    'filing-plan-unchanged',
  )
  const [admin, many] = [
    await office.signIn('admin'),
    {
      basedOn: 1,
      entries: Array.from({ length: 5000 }, (_, n) => ({
        reference: `${n}`,
        title: 'Ein Titel von üblicher Länge, wie er im Plan steht',
        years: 5,
      })),
    },
  ]
  expect((await records.post('/retention/filing-plan', many)).status).toBe(202)
  expect((await admin.post('/retention/filing-plan', { basedOn: 1, entries: [widerspruch] })).body.code).toBe(
    'proposal-open',
  )
  expect(await plan()).toMatchObject({ current: { version: 1 }, proposed: { version: 2 } })
})

test('of every rule that can be changed one sees what it would do', async () => {
  const { body } = await dpo.get<{ clusters: CatalogueCluster[] }>('/retention/rules')
  const changeable = body.clusters.filter((cluster) => cluster.changeable)
  expect(changeable.map(({ code }) => code)).toEqual(['DA01', 'DA02', 'DA03', 'DA04', 'DA06'])
  for (const { code, versions } of changeable) {
    const periods = (versions[0]?.classes ?? []).map(({ variant }) => ({
      variant,
      period: '3y',
      endOfYear: false,
    }))
    expect(await dpo.post(`/retention/rules/${code}/preview`, { periods })).toMatchObject({ status: 200 })
  }
})
