import type { CalendarDraft, CalendarOfAlgorithms, Proposal } from '@buergerdraht/contract'
import { calendarInForce } from '@buergerdraht/office'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

type Standing = {
  readonly current: CalendarOfAlgorithms
  readonly decided: { readonly proposedBy: string | null; readonly approvedBy: string | null } | null
  readonly proposed: CalendarOfAlgorithms | null
}

let office: StoryOffice
let records: Visitor
let dpo: Visitor
beforeAll(async () => {
  office = await startOffice()
  records = await office.signIn('records')
  dpo = await office.signIn('dpo')
})
afterAll(() => office.close())

const path = '/archive/algorithm-calendar'
async function standing(): Promise<Standing> {
  return (await dpo.get<Standing>(path)).body
}
async function draft(): Promise<CalendarDraft> {
  const { source, hash, signature } = (await standing()).current
  return { source, hash, signature }
}
async function openProposal(): Promise<string | undefined> {
  const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
  return body.items.find(({ kind, state }) => kind === 'change-algorithm-calendar' && state === 'open')?.id
}

test('two persons change the calendar, and it holds for the time stamps that are asked for afterwards', async () => {
  const changed = { ...(await draft()), source: 'BSI TR-02102-1, 2027-01' }
  changed.hash = { ...changed.hash, sha384: '2033-12-31' }
  expect(await records.post(path, changed)).toMatchObject({ status: 202 })
  const today = new Date().toISOString().slice(0, 10)
  expect((await standing()).proposed).toEqual({ asOf: today, ...changed })
  const before = await calendarInForce(office.database.pool)
  const id = await openProposal()
  expect(await records.post(`/proposals/${id}/approval`)).toMatchObject({
    status: 409,
    body: { code: 'second-person-required' },
  })
  expect(await calendarInForce(office.database.pool)).toEqual(before)
  expect((await dpo.post(`/proposals/${id}/approval`)).status).toBe(200)
  expect(await standing()).toMatchObject({ current: { asOf: today, ...changed }, proposed: null })
  expect((await standing()).decided?.approvedBy).not.toBeNull()
  expect(await calendarInForce(office.database.pool)).toEqual({ asOf: today, ...changed })
  // An earlier calendar stays as it was decided.
  await expect(
    office.database.pool.query('update algorithm_calendar set calendar = calendar'),
  ).rejects.toMatchObject({
    code: '23001',
  })
})

test.each([
  [
    'what has ended does not come back',
    (it: CalendarDraft) => ({ ...it, hash: { ...it.hash, sha1: '2040-01-01' } }),
    'hash.sha1',
  ],
  [
    'a key length is not named twice',
    (it: CalendarDraft) => ({ ...it, signature: [...it.signature, ...it.signature.slice(-1)] }),
    'signature',
  ],
  [
    'nothing goes by which old signatures are judged',
    (it: CalendarDraft) => ({ ...it, signature: it.signature.slice(0, -1) }),
    'signature',
  ],
  [
    'an ended signature does not come back',
    (it: CalendarDraft) => ({
      ...it,
      signature: it.signature.map((one) => (one.until < '2020' ? { ...one, until: '2040-01-01' } : one)),
    }),
    'signature.0.until',
  ],
  [
    'a day is a day',
    (it: CalendarDraft) => ({ ...it, hash: { ...it.hash, sha256: '2032-02-30' } }),
    'hash.sha256',
  ],
  ['it says where it is from', (it: CalendarDraft) => ({ ...it, source: ' ' }), 'source'],
] as const)('%s', async (_what, wrong, field) => {
  const answer = await records.post<{ fields: { path: string }[] }>(path, wrong(await draft()))
  expect(answer.status).toBe(400)
  expect(answer.body.fields.map(({ path }) => path)).toContain(field)
})

test('is changed by records management alone, and seen by whoever watches over it', async () => {
  const [clerk, auditor] = await Promise.all([office.signIn('clerk'), office.signIn('auditor')])
  expect((await dpo.post(path, await draft())).status).toBe(403)
  expect((await auditor.get(path)).status).toBe(200)
  expect((await clerk.get(path)).status).toBe(403)
})
