import { readFileSync } from 'node:fs'
import type { DeletionRun, DpoNotice, Message, PageOfLedger, Proposal } from '@buergerdraht/contract'
import { beforeEach, expect, test, vi } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import type { Visitor } from './visitor.ts'

let office: StoryOffice
beforeEach(async () => {
  office = await startOffice()
  return () => office.close()
})

const erika = '491713970101'
const photo = readFileSync(
  new URL('../../../packages/inbox/test/media/samples/photo-with-gps.jpg', import.meta.url),
)

async function threadOf(clerk: Visitor, id: string): Promise<readonly Message[]> {
  return (await clerk.get<{ items: Message[] }>(`/conversations/${id}/messages`)).body.items
}
async function hits(clerk: Visitor, q: string): Promise<number> {
  const { status, body } = await clerk.post<{ items: unknown[] }>('/conversations/search', { q })
  expect(status).toBe(200)
  return body.items.length
}

test('a single message is erased by two people, with its file and nothing else; what is held stays, and another team’s does not exist', async () => {
  const { pool } = office.database
  await office.citizenWrites(erika, 'Die Laterne vor dem Haus ist kaputt.')
  const sent = await fetch(`${office.simulator.url}/citizens/${erika}/media`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ base64: photo.toString('base64'), mediaType: 'image/jpeg', kind: 'image' }),
  })
  expect(sent.ok).toBe(true)
  await office.citizenWrites(erika, 'Kanarienvogel entflogen.')
  await office.settled()
  await vi.waitFor(
    async () =>
      expect((await pool.query(`select from attachment where state <> 'pending'`)).rowCount).toBe(1),
    { timeout: 60_000, interval: 100 },
  )
  const [clerk, lead, records, dpo] = await Promise.all([
    office.signIn('clerk'),
    office.signIn('team-lead'),
    office.signIn('records'),
    office.signIn('dpo'),
  ])
  const { rows: matters } = await pool.query<{ id: string; team_id: string; key_id: string }>(
    'select id, team_id, key_id from conversation',
  )
  const [matter] = matters
  if (matter === undefined || matters.length > 1) expect.fail('one matter')
  const { id } = matter
  const before = await threadOf(clerk, id)
  const stays = before.find(({ text }) => text?.startsWith('Die Laterne') === true)
  const bird = before.find(({ text }) => text?.startsWith('Kanarienvogel') === true)
  const image = before.find(({ attachments }) => attachments.length === 1)
  if (stays === undefined || bird === undefined || image === undefined) expect.fail('three messages')
  const [file] = image.attachments
  expect(await hits(clerk, 'Kanarienvogel')).toBe(1)
  const protection = {
    kind: 'hold',
    reason: 'LITIGATION',
    basis: 'ART17_3E',
    reviewOn: inDays(30),
    expiresOn: inDays(60),
  }
  const held = { scope: { kind: 'OBJECT', id: stays.id }, protection }
  expect((await records.post('/holds', held)).status).toBe(201)

  const messageIds = [image.id, bird.id, stays.id]
  expect((await clerk.post('/deletion-runs', { kind: 'emergency', messageIds })).status).toBe(403)
  expect((await records.post('/deletion-runs', { kind: 'manual', messageIds })).status).toBe(400)
  const many = Array.from({ length: 50 }, () => crypto.randomUUID())
  const tooMany = { kind: 'emergency', conversationIds: many, messageIds: [bird.id] }
  expect((await records.post('/deletion-runs', tooMany)).status).toBe(400)
  // It goes with its matter where both are named, and that is held.
  const both = { kind: 'emergency', conversationIds: [id], messageIds: [bird.id] }
  expect((await records.post('/deletion-runs', both)).body).toMatchObject({ code: 'nothing-to-delete' })
  // Of a team that is not the lead's.
  const { rows: teams } = await pool.query<{ id: string }>(
    'insert into team (name) values ($1) returning id',
    ['Anderswo'],
  )
  await pool.query('update conversation set team_id = $1 where id = $2', [teams[0]?.id, id])
  expect((await lead.post('/deletion-runs', { kind: 'emergency', messageIds })).body).toMatchObject({
    code: 'nothing-to-delete',
  })
  await pool.query('update conversation set team_id = $1 where id = $2', [matter.team_id, id])

  const planned = await records.post<DeletionRun>('/deletion-runs', { kind: 'emergency', messageIds })
  expect(planned.status).toBe(201)
  const run = planned.body
  expect(run).toMatchObject({
    kind: 'emergency',
    waiting: 2,
    fallenOut: [{ reason: 'LEGAL_HOLD', count: 1 }],
  })
  const { body: open } = await dpo.get<{ items: Proposal[] }>('/proposals')
  expect(open.items.map(({ payload }) => payload)).toMatchObject([
    { runId: run.id, conversations: 0, messages: 2, emergency: true },
  ])
  const { body: told } = await dpo.get<{ items: DpoNotice[] }>('/dpo-notices')
  expect(told.items.map((one) => one.run)).toEqual([{ id: run.id, matters: 0, messages: 2 }])
  const approval = `/deletion-runs/${run.id}/approval`
  expect((await records.post(approval)).body).toMatchObject({ code: 'second-person-required' })
  expect((await threadOf(clerk, id)).length).toBe(3)
  expect((await dpo.post(approval)).status).toBe(200)
  await vi.waitFor(
    async () =>
      expect((await dpo.get<DeletionRun>(`/deletion-runs/${run.id}`)).body).toMatchObject({
        state: 'completed',
        destroyed: 2,
        waiting: 0,
      }),
    { timeout: 60_000, interval: 200 },
  )

  expect((await threadOf(clerk, id)).map((one) => one.text)).toEqual(['Die Laterne vor dem Haus ist kaputt.'])
  for (const gone of [image.id, bird.id])
    expect((await clerk.get(`/conversations/${id}/messages/${gone}`)).status).toBe(404)
  expect((await clerk.ask('GET', `/api/v1/attachments/${file?.id}`)).status).toBe(404)
  expect(await hits(clerk, 'Kanarienvogel')).toBe(0)
  expect(await hits(clerk, 'Laterne')).toBe(1)
  await expect(office.keys.get(matter.key_id)).rejects.toThrow()
  // Whoever had it open is told to look again.
  const { rows: events } = await pool.query<{ conversation_id: string; message_id: string | null }>(
    `select conversation_id, message_id from live_event where type = 'message.erased'`,
  )
  expect(events).toEqual([{ conversation_id: id, message_id: null }])
  const { body: ledger } = await dpo.get<PageOfLedger>('/ledger/entries')
  const deletions = ledger.items.filter(({ type }) => type === 'DELETE')
  expect(deletions.map(({ facts }) => facts.map(({ value }) => value.en))).toEqual([
    expect.arrayContaining(['messages: 2, files: 1', 'Art. 17 (1) (d) GDPR']),
  ])
  const protocol = await dpo.ask<string>('GET', `/api/v1/deletion-runs/${run.id}/protocol?format=csv`)
  expect(protocol.body).toContain('Nachrichten: 2')
  // What is gone is waited for by nobody, and meant by nobody any more.
  await office.settled()
  const again = { kind: 'emergency', messageIds: [bird.id] }
  expect((await records.post('/deletion-runs', again)).body).toMatchObject({ code: 'nothing-to-delete' })
})

function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}
