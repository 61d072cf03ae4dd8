import type { Conversation, Message } from '@buergerdraht/contract'
import { afterEach, describe, expect, test } from 'vitest'
import { messagesChange, payload, phoneNumberId } from '../../../testing/webhook-payload.ts'
import { EventReader } from './event-reader.ts'
import { Program } from './program.ts'
import { StoryOffice } from './start-office.ts'

let office: StoryOffice
const running: Program[] = []

async function start(name: 'api' | 'worker'): Promise<Program> {
  const started = new Program(name, office.environment)
  running.push(started)
  await started.answers(`${name === 'api' ? office.baseUrl : office.workerUrl}/health/ready`, 200)
  return started
}

afterEach(async () => {
  for (const one of running.splice(0)) await one.end('SIGKILL')
  await office.close()
})

describe('asked to stop', () => {
  test('the API makes durable what it has accepted, sends the browsers away and ends with 0', async () => {
    office = await StoryOffice.prepare()
    const api = await start('api')
    const reader = await EventReader.open(await office.signIn('clerk'))
    let acknowledged = 0
    let refused = 0
    function writes(id: string) {
      return payload([messagesChange(phoneNumberId, [{ id, from: '491700000001', text: 'x' }])])
    }
    const writers = Array.from({ length: 20 }, async (_, n) => {
      for (let m = 0; m < 200 && refused < 20; m += 1) {
        const response = await office.deliver(writes(`${n}.${m}`)).catch(() => null)
        await response?.body?.cancel()
        if (response?.status === 200) acknowledged += 1
        else refused += 1
      }
    })
    await expect.poll(() => acknowledged).toBeGreaterThan(60)
    expect(await api.end('SIGTERM')).toBe(0)
    await Promise.all(writers)
    await reader.until(() => reader.ended)
    const { rows } = await office.database.pool.query<{ count: number }>(
      'select count(*)::int from webhook_event',
    )
    expect(rows[0]?.count).toBe(acknowledged)
  })

  test('the worker finishes the batch and the reply in hand and ends with 0', async () => {
    office = await StoryOffice.prepare()
    await office.startApi()
    const worker = await start('worker')
    await office.citizenWrites('491701111111', 'Wann haben Sie offen?')
    await office.settled()
    const clerk = await office.signIn('clerk')
    const { body } = await clerk.get<{ items: Conversation[] }>('/conversations')
    const conversation = body.items[0]?.id ?? ''
    const slow = await fetch(`${office.simulator.url}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ api: { delayMs: 3000 } }),
    })
    expect(slow.status).toBe(200)
    const sent = await clerk.post<Message>(`/conversations/${conversation}/messages`, {
      clientId: crypto.randomUUID(),
      text: 'Bis 18 Uhr.',
    })
    expect(sent.status).toBe(201)
    await expect
      .poll(
        async () =>
          (await office.database.prisma.message.findUnique({ where: { id: sent.body.id } }))?.sendState,
      )
      .not.toBe('queued')
    expect(await worker.end('SIGTERM')).toBe(0)
    const row = await office.database.prisma.message.findUnique({ where: { id: sent.body.id } })
    expect(row?.sendState).toBe('accepted')
    expect(worker.output).toContain('process stopped')
  })
})

describe('before the database is ready', () => {
  test('both wait, say why, and begin when it is migrated', async () => {
    office = await StoryOffice.prepare()
    await office.database.pool.query('alter table _prisma_migrations rename to migrations_away')
    const api = new Program('api', office.environment)
    running.push(api)
    await api.answers(`${office.baseUrl}/health/ready`, 503)
    expect(await (await fetch(`${office.baseUrl}/health/ready`)).json()).toEqual({
      status: 'not-ready',
      reason: 'migrations-pending',
    })
    expect((await fetch(`${office.baseUrl}/health/live`)).status).toBe(200)
    expect((await office.deliver('{}')).status).toBe(503)
    await office.database.pool.query('alter table migrations_away rename to _prisma_migrations')
    await api.answers(`${office.baseUrl}/health/ready`, 200)
    expect((await office.deliver('{}')).status).toBe(200)
  })

  test('a process that is asked to stop while it waits, ends', async () => {
    office = await StoryOffice.prepare()
    const nowhere = { ...office.environment, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' }
    const worker = new Program('worker', nowhere)
    running.push(worker)
    await worker.answers(`${office.workerUrl}/health/ready`, 503)
    expect(await (await fetch(`${office.workerUrl}/health/ready`)).json()).toMatchObject({
      reason: 'database-down',
    })
    expect(await worker.end('SIGTERM')).toBe(0)
  })
})

test('wrong settings end a process at once, all named, no value shown', async () => {
  office = await StoryOffice.prepare()
  const api = new Program('api', {
    ...office.environment,
    PORT: 'canary-port',
    DATABASE_URL: 'mysql://canary-secret',
    LOG_LEVEL: 'loud',
  })
  running.push(api)
  expect(await api.ended()).toBe(1)
  expect(api.output).toMatch(/PORT: .*\n\s+DATABASE_URL: .*\n\s+LOG_LEVEL: /)
  expect(api.output).not.toContain('canary')
})
