import { randomUUID } from 'node:crypto'
import type { Conversation, Message } from '@buergerdraht/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messagesChange, payload } from '../../../testing/webhook-payload.ts'
import { type StoryOffice, startOffice } from './start-office.ts'
import { Visitor } from './visitor.ts'

let office: StoryOffice
beforeAll(async () => {
  office = await startOffice()
})
afterAll(() => office.close())

test('nothing that belongs to a person reaches the log, on the good way and on the bad ones', async () => {
  const phone = '491709876543'
  const canaries = ['Kanarienvogel', 'kanarie@example.org', 'Kanarienpasswort', phone, '9876543']
  await office.citizenWrites(phone, 'Kanarienvogel entflogen')
  await office.settled()
  const clerk = await office.signIn('clerk')
  const { body } = await clerk.post<{ items: Conversation[] }>('/conversations/search', {
    q: 'Kanarienvogel',
  })
  expect(body.items).toHaveLength(1)
  const path = `/conversations/${body.items[0]?.id}`
  const sent = await clerk.post<Message>(`${path}/messages`, {
    clientId: randomUUID(),
    text: 'Kanarienvogel gefunden',
  })
  expect(sent.status).toBe(201)
  await office.settled()

  const stranger = new Visitor(office.baseUrl)
  await stranger.signIn('kanarie@example.org', 'Kanarienpasswort')
  await stranger.ask('GET', '/api/v1/Kanarienvogel?q=Kanarienvogel', { headers: { 'x-k': 'Kanarienvogel' } })
  await clerk.post(`${path}/messages`, { clientId: 'Kanarienvogel', text: 5 })
  await office.deliver('{"broken": "Kanarienvogel')
  await office.deliver(
    JSON.stringify({ entry: [{ changes: [{ field: 'messages', value: 'Kanarienvogel' }] }] }),
  )
  await fetch(`${office.demo.channel.webhookUrl}?hub.challenge=Kanarienvogel`, {
    method: 'POST',
    body: 'Kanarienvogel',
  })
  await office.settled()
  const { pool } = office.database
  await pool.query('alter table message rename column direction to direction_away')
  await clerk.get(`/conversations?q=Kanarienvogel`)
  await clerk.post('/conversations/search', { q: 'Kanarienvogel' })
  await clerk.get(`${path}/messages`)
  await clerk.post(`${path}/messages`, { clientId: randomUUID(), text: 'Kanarienvogel' })
  await office.deliver(
    payload([
      messagesChange(office.demo.channel.phoneNumberId, [
        { id: 'KANARIE', from: phone, text: 'Kanarienvogel', timestamp: 1794830400 },
      ]),
    ]),
  )
  await expect.poll(() => office.logLines.some((line) => line.includes('ingest.'))).toBe(true)
  await pool.query('alter table message rename column direction_away to direction')
  await office.settled()

  const log = office.logLines.join('')
  expect(log.match(/request failed/g)?.length).toBeGreaterThanOrEqual(3)
  expect(log).toContain('request answered')
  for (const canary of canaries) expect(log).not.toContain(canary)
  // Who asked, as the audit log names them.
  const { rows } = await pool.query<{ id: string }>(`select id from account where email = $1`, [
    office.demo.logins.find(({ role }) => role === 'clerk')?.email,
  ])
  const answered = office.logLines
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => msg === 'request answered')
  expect(answered).toContainEqual(
    expect.objectContaining({ route: '/api/v1/conversations/search', actor: rows[0]?.id }),
  )
})
