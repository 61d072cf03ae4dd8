import type { Conversation, DpoNotice, LegalHold, Proposal, Role } from '@buergerdraht/contract'
import { beforeEach, expect, test, vi } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
beforeEach(async () => {
  office = await startOffice()
  return () => office.close()
})

type Items<T> = { readonly items: T[] }

const lawsuit = {
  kind: 'hold',
  reason: 'LITIGATION',
  basis: 'ART17_3E',
  reference: '3 K 1234/26',
  reviewOn: inDays(30),
  expiresOn: inDays(200),
}
const contested = { kind: 'restriction', reason: 'ART18_1A', reviewOn: inDays(30) }

function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}

async function writes(phone: string, text: string): Promise<string> {
  const written = await office.citizenWrites(phone, text)
  await office.settled()
  return office.conversationOf(written)
}

async function seen(visitor: Visitor) {
  const list = await visitor.get<Items<Conversation>>('/conversations?status=all')
  const search = await visitor.post<Items<Conversation>>('/conversations/search', { q: 'Hecke' })
  const byNumber = await visitor.post<Items<Conversation>>('/conversations/search', { q: '491710000921' })
  function ids({ body }: { body: Items<Conversation> }) {
    return body.items.map(({ id }) => id)
  }
  return { list: ids(list), search: ids(search), byNumber: ids(byNumber) }
}

test('a restriction hides a matter from lists, search, counts and every address of it, and not from the lead', async () => {
  const id = await writes('491710000921', 'Die Hecke des Nachbarn wächst zu mir')
  const [clerk, lead, records, dpo] = await Promise.all(
    (['clerk', 'team-lead', 'records', 'dpo'] as const).map((role: Role) => office.signIn(role)),
  )
  if (clerk === undefined || lead === undefined || records === undefined || dpo === undefined)
    expect.fail('nobody')
  expect(await seen(clerk)).toEqual({ list: [id], search: [id], byNumber: [id] })
  const set = await clerk.post(`/conversations/${id}/holds`, { of: 'conversation', protection: contested })
  expect(set.status).toBe(204)

  expect(await seen(clerk)).toEqual({ list: [], search: [], byNumber: [] })
  expect((await clerk.get('/counts')).body).toEqual({ open: 0, mine: 0, waiting: 0, unread: 0 })
  for (const path of ['', '/messages', '/draft', '/templates'])
    expect((await clerk.get(`/conversations/${id}${path}`)).status, path).toBe(404)
  expect(await seen(lead)).toEqual({ list: [id], search: [id], byNumber: [id] })
  const read = await lead.get(`/conversations/${id}`)
  expect(read.body).toMatchObject({ status: 'closed', held: true, restrictedSince: expect.any(String) })
  expect((await lead.post(`/conversations/${id}/reopen`, {})).body).toMatchObject({
    code: 'conversation-restricted',
  })

  // What the person writes now is a matter of its own, and has its clerk.
  const next = await writes('491710000921', 'Und die Hecke ist jetzt noch höher')
  expect(next).not.toBe(id)
  expect(await seen(clerk)).toEqual({ list: [next], search: [next], byNumber: [next] })

  expect((await records.get<Items<LegalHold>>('/holds')).body.items).toEqual([])
  const { body } = await records.get<Items<LegalHold>>('/restrictions')
  const [hold] = body.items
  expect(hold).toMatchObject({ kind: 'restriction', scope: { kind: 'CONVERSATION', id }, inForce: true })
  expect((await records.post(`/holds/${hold?.id}/release`, { personInformed: true })).status).toBe(404)
  const lifting = `/restrictions/${hold?.id}/release`
  expect((await records.post(lifting, {})).body).toMatchObject({ code: 'person-not-informed' })
  const proposed = await records.post<Proposal>(lifting, { personInformed: true })
  expect(proposed.status).toBe(201)
  expect((await seen(clerk)).list).toEqual([next])
  expect(proposed.body).toMatchObject({ kind: 'lift-hold', state: 'open' })
  expect((await dpo.post(`/holds/${hold?.id}/approval`)).status).toBe(404)
  const approval = `/restrictions/${hold?.id}/approval`
  expect((await records.post(approval)).body).toMatchObject({ code: 'second-person-required' })
  expect((await dpo.post(approval)).status).toBe(200)
  expect((await seen(clerk)).list.toSorted()).toEqual([id, next].toSorted())
  expect((await records.post(lifting, { personInformed: true })).body).toMatchObject({ code: 'hold-ended' })
  expect((await dpo.post(approval)).body).toMatchObject({ code: 'proposal-closed' })
  expect((await records.get<Items<LegalHold>>('/restrictions')).body.items).toMatchObject([
    { inForce: false, endedAt: expect.any(String) },
  ])
})

test('what is condemned is shown to nobody from that moment on', async () => {
  const id = await writes('491710000921', 'Die Hecke des Nachbarn')
  const [clerk, lead] = [await office.signIn('clerk'), await office.signIn('team-lead')]
  await office.database.pool.query(
    `update conversation set condemned_by = gen_random_uuid(), state = 'closed', closed_at = now() where id = $1`,
    [id],
  )
  for (const visitor of [clerk, lead])
    expect(await seen(visitor)).toEqual({ list: [], search: [], byNumber: [] })
  expect((await clerk.get('/counts')).body).toEqual({ open: 0, mine: 0, waiting: 0, unread: 0 })
})

test('a hold is set at once, shown in its matter, reviewed, and names no one', async () => {
  const id = await writes('491710000921', 'Die Hecke des Nachbarn')
  const [clerk, records, dpo] = [
    await office.signIn('clerk'),
    await office.signIn('records'),
    await office.signIn('dpo'),
  ]
  const path = `/conversations/${id}/holds`
  for (const [change, field] of [
    [{ reference: 'Klage Mustermann 7' }, 'protection.reference'],
    [{ expiresOn: inDays(500) }, 'protection.expiresOn'],
    [{ reviewOn: inDays(300) }, 'protection.reviewOn'],
    [{ reviewOn: undefined }, 'protection.reviewOn'],
  ] as const)
    expect(await clerk.post(path, { of: 'contact', protection: { ...lawsuit, ...change } })).toMatchObject({
      status: 400,
      body: { fields: [{ path: field }] },
    })
  expect((await clerk.post(path, { of: 'contact', protection: lawsuit })).status).toBe(204)
  expect((await clerk.get(`/conversations/${id}`)).body).toMatchObject({
    status: 'open',
    held: true,
    restrictedSince: null,
  })
  const cluster = await dpo.post<LegalHold>('/holds', {
    scope: { kind: 'CLUSTER', code: 'DA04' },
    protection: lawsuit,
  })
  expect(cluster).toMatchObject({ status: 201, body: { scope: { code: 'DA04' }, reviewDue: false } })
  const reviewed = await records.post<LegalHold>(`/holds/${cluster.body.id}/review`, {
    reviewOn: inDays(90),
  })
  expect(reviewed).toMatchObject({ status: 200, body: { reviewedAt: expect.any(String) } })
  const { rows } = await office.database.pool.query<{ act: string }>(
    `select act from audit_entry where object_kind = 'legal-hold' order by id`,
  )
  expect(rows.map(({ act }) => act)).toEqual(['hold-set', 'hold-set', 'hold-reviewed'])
  expect(JSON.stringify((await dpo.get('/holds')).body)).not.toContain('Hecke')
})

test('the officer hears that a hold is to be reviewed, and acknowledges it', async () => {
  const dpo = await office.signIn('dpo')
  const set = await dpo.post<LegalHold>('/holds', { scope: { kind: 'EVERYTHING' }, protection: lawsuit })
  await office.stopWorker()
  await office.database.pool.query(
    `update legal_hold set review_at = set_at + interval '1 millisecond' where id = $1`,
    [set.body.id],
  )
  await office.startWorker()
  const notice = await vi.waitFor(
    async () => {
      const { body } = await dpo.get<Items<DpoNotice>>('/dpo-notices')
      return body.items.find(({ kind }) => kind === 'legal-hold') ?? expect.fail('nobody is told')
    },
    { timeout: 60_000, interval: 200 },
  )
  expect(notice).toMatchObject({ hold: { id: set.body.id, kind: 'hold', due: 'review' } })
  expect((await dpo.post(`/dpo-notices/${notice.id}/acknowledgement`)).status).toBe(204)
})
