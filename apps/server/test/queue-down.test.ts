import { randomUUID } from 'node:crypto'
import type { Conversation, Message, OperationWarning } from '@buergerdraht/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startRedis } from '../../../testing/start-redis.ts'
import { type StoryOffice, startOffice } from './start-office.ts'

let redis: Awaited<ReturnType<typeof startRedis>>
let office: StoryOffice
beforeAll(async () => {
  redis = await startRedis()
  office = await startOffice({ redisUrl: redis.url })
})
afterAll(async () => {
  redis.resume()
  await office.close()
  await redis.stop()
})

async function readiness(baseUrl: string) {
  const response = await fetch(`${baseUrl}/health/ready`)
  return { status: response.status, body: (await response.json()) as unknown }
}

test('while Redis does not answer, replies wait, everybody who must know is told, and then they are sent', async () => {
  await office.citizenWrites('491701111111', 'Wann haben Sie offen?')
  await office.settled()
  const clerk = await office.signIn('clerk')
  const admin = await office.signIn('admin')
  async function warnings() {
    return (await admin.get<{ warnings: OperationWarning[] }>('/operation')).body.warnings
  }
  for (const url of [office.baseUrl, office.workerUrl])
    await expect.poll(() => readiness(url)).toEqual({ status: 200, body: { status: 'ready' } })
  await expect.poll(warnings).toEqual([])

  redis.pause()
  expect(await readiness(office.baseUrl)).toEqual({
    status: 200,
    body: { status: 'ready', warnings: ['replies-wait'] },
  })
  expect(await readiness(office.workerUrl)).toEqual({
    status: 503,
    body: { status: 'not-ready', reason: 'queue-unreachable' },
  })
  expect(await warnings()).toEqual(['replies-wait'])
  const metrics = await (await fetch(`${office.baseUrl}/metrics`)).text()
  expect(metrics).toMatch(/^buergerdraht_queue_reachable 0$/m)

  // The citizens' side does not depend on it, nor does the clerk's writing.
  await office.citizenWrites('491701111111', 'Hallo?')
  const { body } = await clerk.get<{ items: Conversation[] }>('/conversations')
  const sent = await clerk.post<Message>(`/conversations/${body.items[0]?.id}/messages`, {
    clientId: randomUUID(),
    text: 'Bis 18 Uhr.',
  })
  expect(sent.status).toBe(201)

  redis.resume()
  await office.settled()
  const row = await office.database.prisma.message.findUnique({ where: { id: sent.body.id } })
  expect(row?.sendState).toBe('accepted')
  await expect.poll(warnings).toEqual([])
})
