import { randomUUID } from 'node:crypto'
import { Refusal } from '@buergerdraht/contract'
import { createTestDatabase, type TestDatabase } from '@buergerdraht/prisma/test-database'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startRedis } from '../../../testing/start-redis.ts'
import { type JobHandlers, type JobQueue, migrateQueue, openQueue, type Working } from '../src/jobs/queue.ts'
import { createLog } from '../src/monitoring/log.ts'

const lines: string[] = []
const log = createLog({ level: 'info', process: 'worker', write: (line) => void lines.push(line) })

describe.each(['PostgreSQL', 'Redis'] as const)('the queue in %s', (backend) => {
  let redis: Awaited<ReturnType<typeof startRedis>> | null = null
  let database: TestDatabase
  let queue: JobQueue
  let working: Working | null = null
  const outcomes: string[] = []

  beforeAll(async () => {
    redis = backend === 'Redis' ? await startRedis() : null
    database = await createTestDatabase()
    await migrateQueue(database.url)
  })
  beforeEach(() => {
    outcomes.length = 0
    queue = openQueue({ databaseUrl: database.url, redisUrl: redis?.url }, 'worker', log)
  })
  afterEach(async () => {
    await working?.stop(5000)
    working = null
    await queue.close()
  })
  afterAll(async () => {
    await database.drop()
    await redis?.stop()
  })

  function work(handlers: Partial<JobHandlers>) {
    async function nothing() {}
    const idle = { 'send-replies': nothing, 'fetch-media': nothing, 'seal-package': nothing }
    working = queue.work({ ...idle, ...handlers }, (job, outcome) => outcomes.push(`${job} ${outcome}`))
  }
  function until(condition: () => boolean) {
    return expect.poll(condition).toBe(true)
  }
  function reply(conversationId: string) {
    return { job: 'send-replies', conversationId } as const
  }
  function media(attachmentId: string) {
    return { job: 'fetch-media', attachmentId } as const
  }

  test('brings reminders, also those from before there was a worker', async () => {
    const ids = Array.from({ length: 20 }, () => randomUUID())
    const seen: string[] = []
    for (const id of ids) await queue.remind(reply(id))
    work({ 'send-replies': async (id) => void seen.push(id) })
    await until(() => seen.length === 20)
    expect(seen.toSorted()).toEqual(ids.toSorted())
  })

  test('merges reminders of the same that wait', async () => {
    const [id, last] = [randomUUID(), randomUUID()]
    const seen: string[] = []
    for (let again = 0; again < 10; again += 1) await queue.remind(reply(id))
    await queue.remind(reply(last))
    work({ 'send-replies': async (conversationId) => void seen.push(conversationId) })
    // Reminders come in their order: with the last one all have come.
    await until(() => seen.includes(last))
    expect(seen).toEqual([id, last])
  })

  test('does not lose a reminder that comes while the same job runs', async () => {
    const id = randomUUID()
    const other = randomUUID()
    let started = 0
    let others = 0
    const gate: (() => void)[] = []
    work({
      'send-replies': async (conversationId) => {
        if (conversationId === other) {
          others += 1
          return
        }
        started += 1
        await new Promise<void>((open) => gate.push(open))
      },
    })
    await queue.remind(reply(id))
    await until(() => started === 1)
    await queue.remind(reply(id))
    await queue.remind(reply(id))
    // What was asked for later has come and gone meanwhile.
    await queue.remind(reply(other))
    await until(() => others === 1)
    expect(started).toBe(1)
    gate.shift()?.()
    await until(() => started === 2)
    gate.shift()?.()
    await queue.remind(reply(id))
    await until(() => started === 3)
    gate.shift()?.()
  })

  test('keeps a delayed reminder apart from one that is due now', async () => {
    const id = randomUUID()
    const at: number[] = []
    const startedAt = performance.now()
    work({ 'send-replies': async () => void at.push(performance.now() - startedAt) })
    await queue.remind(reply(id), 700)
    await queue.remind(reply(id))
    await until(() => at.length === 2)
    expect(at[1]).toBeGreaterThan(600)
  })

  test('answers a refusal and a defect alike: the job is over, the next reminder comes through', async () => {
    const id = randomUUID()
    let tries = 0
    work({
      'send-replies': async () => {
        tries += 1
        if (tries === 1) throw new Refusal('channel-stopped')
        if (tries === 2) throw new TypeError('with +491701234567 in it')
      },
    })
    for (const expected of ['refused', 'failed', 'done']) {
      await queue.remind(reply(id))
      await until(() => outcomes.includes(`send-replies ${expected}`))
    }
    expect(lines.some((line) => line.includes('job failed'))).toBe(true)
    expect(lines.join()).not.toContain('491701234567')
  })

  test('sends replies however many files are being fetched', async () => {
    const gate: (() => void)[] = []
    let replied = false
    work({
      'fetch-media': () => new Promise<void>((open) => gate.push(open)),
      'send-replies': async () => {
        replied = true
      },
    })
    for (let file = 0; file < 20; file += 1) await queue.remind(media(randomUUID()))
    await until(() => gate.length === 8)
    await queue.remind(reply(randomUUID()))
    await until(() => replied)
    const opener = setInterval(() => gate.shift()?.(), 5)
    await until(() => outcomes.filter((line) => line === 'fetch-media done').length === 20)
    clearInterval(opener)
  })

  test('waits for running jobs when it stops, and then tells them to hurry', async () => {
    let hurried = false
    let started = false
    work({
      'fetch-media': (_id, signal) =>
        new Promise<void>((resolve) => {
          started = true
          signal.addEventListener('abort', () => {
            hurried = true
            resolve()
          })
        }),
    })
    await queue.remind(media(randomUUID()))
    await until(() => started)
    await working?.stop(100)
    working = null
    expect(hurried).toBe(true)
    expect(outcomes).toEqual(['fetch-media done'])
  })

  test('carries ids and nothing else', async () => {
    await queue.remind(reply(randomUUID()))
    expect((await queue.depths())['replies']).toMatchObject({ waiting: 1 })
    work({})
    await until(() => outcomes.length === 1)
  })
})

test('a reminder that no queue takes neither throws nor holds anybody up', async () => {
  const queue = openQueue(
    { databaseUrl: 'postgresql://nobody@127.0.0.1:1/none', redisUrl: 'redis://127.0.0.1:1' },
    'api',
    log,
  )
  expect(await queue.isReachable()).toBe(false)
  const reminded = await queue.remind({ job: 'send-replies', conversationId: randomUUID() })
  expect(reminded).toBeUndefined()
  void queue.close().catch(() => {})
})
