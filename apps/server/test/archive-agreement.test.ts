import type { AgreementWithArchive, DeletionRun, Proposal } from '@buergerdraht/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

type Standing = {
  readonly current: (AgreementWithArchive & { readonly proposedBy: string | null }) | null
  readonly proposed: AgreementWithArchive | null
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

const path = '/retention/archive-agreement'
const waiver = { basis: 'GV-2026-01', category: 'DA01', validFrom: '2020-01-01', validUntil: null }
const agreement: AgreementWithArchive = {
  land: 'HE',
  answerWithinMonths: 6,
  silence: 'RELEASES_NOTHING',
  mode: { kind: 'GENERAL_WAIVER', waivers: [waiver] },
}
async function standing(): Promise<Standing> {
  return (await dpo.get<Standing>(path)).body
}
async function agreed(what: AgreementWithArchive): Promise<void> {
  expect(await records.post(path, what)).toMatchObject({ status: 202 })
  expect((await standing()).proposed).toEqual(what)
  const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
  const open = body.items.find(({ kind, state }) => kind === 'agree-with-archive' && state === 'open')
  expect((await records.post(`/proposals/${open?.id}/approval`)).status).toBe(403)
  expect((await dpo.post(`/proposals/${open?.id}/approval`)).status).toBe(200)
  expect(await standing()).toMatchObject({ current: what, proposed: null })
}

test('what two persons have put down lets a run take what the archive has waived, until they put down something else', async () => {
  await office.citizenWrites('491710001301', 'Wann hat das Amt auf?')
  await office.settled()
  await office.database.pool.query(
    `update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null`,
  )
  async function planned() {
    return records.post<DeletionRun & { code?: string }>('/deletion-runs', { kind: 'planned' })
  }
  expect((await planned()).body.code).toBe('nothing-to-delete')
  await agreed(agreement)
  expect((await standing()).current?.proposedBy).not.toBeNull()
  expect(await planned()).toMatchObject({ status: 201, body: { waiting: 1 } })
  // A valuation of another kind, and the same matter is wanted.
  await agreed({
    ...agreement,
    mode: { kind: 'CATALOGUE', entries: [{ ...waiver, basis: 'BK-2026-01', valuation: 'A' }] },
  })
  expect((await planned()).body.code).toBe('nothing-to-delete')
  // One that has ended is none, to the day.
  await agreed({
    ...agreement,
    mode: { kind: 'GENERAL_WAIVER', waivers: [{ ...waiver, validUntil: '2026-01-31' }] },
  })
  expect((await planned()).body.code).toBe('nothing-to-delete')
  await agreed({ ...agreement, mode: { kind: 'OFFER_EACH' } })
  expect((await planned()).body.code).toBe('nothing-to-delete')
})

test.each([
  ['silence that releases where it does not', { silence: 'RELEASES' }, 'silence', 'Schweigen'],
  [
    'less time than the law gives the archive',
    { land: 'ST', silence: 'RELEASES', answerWithinMonths: 6 },
    'answerWithinMonths',
    '12 Monate',
  ],
  [
    'a cluster twice at once',
    { mode: { kind: 'GENERAL_WAIVER', waivers: [waiver, { ...waiver, basis: 'GV-2026-02' }] } },
    'mode',
    'doppelt',
  ],
  [
    'what is no record',
    { mode: { kind: 'GENERAL_WAIVER', waivers: [{ ...waiver, category: 'DA09' }] } },
    'mode.waivers.0.category',
    'nicht möglich',
  ],
  [
    'an end before its beginning',
    { mode: { kind: 'GENERAL_WAIVER', waivers: [{ ...waiver, validUntil: '2019-12-31' }] } },
    'mode.waivers.0.validUntil',
    'vor dem ersten',
  ],
  [
    'a basis that names none',
    { mode: { kind: 'GENERAL_WAIVER', waivers: [{ ...waiver, basis: 'per Telefon' }] } },
    'mode.waivers.0.basis',
    '',
  ],
] as const)('%s is refused where it stands', async (_what, wrong, field, sentence) => {
  expect(await records.post(path, { ...agreement, ...wrong })).toMatchObject({
    status: 400,
    body: { fields: [{ path: field, message: expect.stringContaining(sentence) }] },
  })
})

test('is proposed by records and administration alone, and seen by whoever answers for it', async () => {
  const [clerk, admin] = await Promise.all([office.signIn('clerk'), office.signIn('admin')])
  expect((await dpo.post(path, agreement)).status).toBe(403)
  expect((await clerk.post(path, agreement)).status).toBe(403)
  expect((await clerk.get(path)).status).toBe(403)
  expect((await admin.get(path)).status).toBe(200)
})
