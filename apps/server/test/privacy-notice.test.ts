import { defaultNotice, type Message, type PrivacyNoticeState, type Proposal } from '@buergerdraht/contract'
import { beforeAll, expect, test } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
let admin: Visitor
let dpo: Visitor
let clerk: Visitor
beforeAll(async () => {
  office = await startOffice()
  admin = await office.signIn('admin')
  dpo = await office.signIn('dpo')
  clerk = await office.signIn('clerk')
  return () => office.close()
})

const values = {
  office: 'das Bürgeramt der Stadt Musterstadt',
  phone: '0800 1234567',
  email: 'buergeramt@musterstadt.example',
  form: 'https://musterstadt.example/kontakt',
  retention: '30 Tage',
  link: 'https://musterstadt.example/datenschutz',
}
async function state(): Promise<PrivacyNoticeState> {
  return (await dpo.get<PrivacyNoticeState>('/retention/privacy-notice')).body
}
async function openProposal(): Promise<string> {
  const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
  const open = body.items.find((one) => one.kind === 'change-privacy-notice' && one.state === 'open')
  return open?.id ?? expect.fail('nothing is proposed')
}
/** How many notices lie on the phone of a person. */
async function onPhone(identity: string): Promise<number> {
  const answer = await fetch(`${office.simulator.url}/citizens/${identity}/messages`)
  return JSON.stringify(await answer.json()).split('Guten Tag, hier ist das Bürgeramt').length - 1
}

test('an admin proposes a notice, data protection agrees, and whoever writes is told once by worker, queue and provider', async () => {
  const first = '491710004001'
  await office.citizenWrites(first, 'Vor dem Hinweis')
  await office.settled()
  expect(await state()).toMatchObject({ current: null, proposed: null, authority: expect.any(String) })

  // Nothing in it may stand for nothing.
  const empty = await admin.post<{ fields: { path: string; message: string }[] }>(
    '/retention/privacy-notice',
    {
      basedOn: 0,
      draft: { ...defaultNotice, values: { ...values, phone: '' } },
    },
  )
  expect(empty.status).toBe(400)
  expect(empty.body.fields).toEqual([
    {
      path: 'values.phone',
      message: 'Der Text nennt {Telefon}. Bitte ausfüllen oder aus dem Text nehmen.',
    },
  ])
  const draft = { ...defaultNotice, values }
  expect((await clerk.post('/retention/privacy-notice', { basedOn: 0, draft })).status).toBe(403)
  expect((await dpo.post('/retention/privacy-notice', { basedOn: 0, draft })).status).toBe(403)
  expect((await clerk.get('/retention/privacy-notice')).status).toBe(403)
  expect((await admin.post('/retention/privacy-notice', { basedOn: 7, draft })).body).toMatchObject({
    code: 'changed-meanwhile',
  })
  expect((await admin.post('/retention/privacy-notice', { basedOn: 0, draft })).status).toBe(202)
  expect(await state()).toMatchObject({ current: null, proposed: { version: 1, draft: { values } } })

  // Proposed is not in force.
  await office.citizenWrites(first, 'Noch immer vor dem Hinweis')
  await office.settled()
  const proposal = await openProposal()
  expect((await admin.post(`/proposals/${proposal}/approval`)).status).toBe(403)
  expect((await dpo.post(`/proposals/${proposal}/approval`)).status).toBe(200)
  expect(await state()).toMatchObject({
    current: { version: 1, draft: { values } },
    proposed: null,
    told: { delivered: 0, underWay: 0, failed: 0, unknown: 0, waiting: 0 },
  })
  expect((await admin.post('/retention/privacy-notice', { basedOn: 1, draft })).body).toMatchObject({
    code: 'privacy-notice-unchanged',
  })

  const second = '491710004002'
  await office.citizenWrites(second, 'Guten Tag')
  await office.citizenWrites(first, 'Und jetzt?')
  await office.citizenWrites(second, 'Noch etwas')
  await expect.poll(async () => (await state()).told, { timeout: 60_000 }).toMatchObject({ delivered: 2 })
  await office.settled()

  const { body } = await clerk.get<{
    items: { id: string; unreadCount: number; waitingSince: string | null }[]
  }>('/conversations?limit=100')
  expect(body.items).toHaveLength(2)
  for (const conversation of body.items) {
    expect(conversation.waitingSince).not.toBeNull()
    const thread = await clerk.get<{ items: Message[] }>(`/conversations/${conversation.id}/messages`)
    const lines = thread.body.items.filter(({ kind }) => kind === 'system')
    expect(lines).toMatchObject([
      {
        direction: 'outbound',
        status: expect.stringMatching(/^(delivered|read)$/),
        details: { event: 'privacy-notice', notice: 1 },
        text: expect.stringContaining('das Bürgeramt der Stadt Musterstadt'),
      },
    ])
  }
  const { rows } = await office.database.pool.query<{ act: string; facts: unknown }>(
    `select act, facts from audit_entry where facts ->> 'kind' = 'change-privacy-notice' order by id`,
  )
  expect(rows.length).toBeGreaterThanOrEqual(2)
  expect([await onPhone(first), await onPhone(second)]).toEqual([1, 1])
})
