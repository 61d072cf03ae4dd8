import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { messagesChange, payload } from '../../../testing/webhook-payload.ts'
import { OfficeProcess } from './office-process.ts'
import { StoryOffice } from './start-office.ts'

let office: StoryOffice
let number: string
let api: OfficeProcess
let worker: OfficeProcess
function startApi() {
  return OfficeProcess.start('api', office.environment, office.baseUrl)
}
function startWorker() {
  return OfficeProcess.start('worker', office.environment, office.workerUrl)
}

beforeAll(async () => {
  office = await StoryOffice.prepare({ environment: { LOG_LEVEL: 'silent' } })
  number = office.demo.channel.phoneNumberId
  ;[api, worker] = await Promise.all([startApi(), startWorker()])
})
afterAll(async () => {
  await Promise.all([api.end('SIGTERM'), worker.end('SIGTERM')])
  await office.close()
})

const citizens = 25
function phone(n: number): string {
  return `49171393${String(n).padStart(5, '0')}`
}

/**
 * Citizens write, each one message after the other and again until it is taken, as a provider does; as many as they were told,
 * and no more when told to stop. `acknowledged` holds the ids that were answered with 200.
 */
function startWriting() {
  const acknowledged: { id: string; citizen: number }[] = []
  let stopped = false
  let wanted = 0
  async function write(citizen: number): Promise<void> {
    for (let n = 0; ; n += 1) {
      while (n >= wanted && !stopped) await sleep(5)
      if (stopped) return
      const id = `C${citizen}N${n}`
      const body = payload([
        messagesChange(number, [{ id, from: phone(citizen), text: `${n}`, timestamp: 1794830400 + n }]),
      ])
      for (;;) {
        const answer = await office.deliver(body).catch(() => null)
        await answer?.body?.cancel()
        if (answer?.status === 200) {
          acknowledged.push({ id, citizen })
          break
        }
        if (stopped) return
        await sleep(20)
      }
    }
  }
  const writers = Array.from({ length: citizens }, (_, citizen) => write(citizen))
  return {
    acknowledged,
    /** Each citizen has so many more messages to write. */
    more: (messages: number): void => {
      wanted += messages
    },
    stop: async () => {
      stopped = true
      await Promise.all(writers)
    },
  }
}

test('killed at any moment, every acknowledged message is there once, with the right citizen, in order', async () => {
  const writing = startWriting()
  function acknowledgedMore(messages: number) {
    const before = writing.acknowledged.length
    return expect.poll(() => writing.acknowledged.length - before, { interval: 2 }).toBeGreaterThan(messages)
  }
  for (let round = 0; round < 6; round += 1) {
    writing.more(20)
    // Always in the middle of writing, never at the same place: between storing, ingesting and publishing.
    await acknowledgedMore(100 + round * 37)
    if (round % 2 === 0) {
      await worker.end('SIGKILL')
      worker = await startWorker()
    } else {
      await api.end('SIGKILL')
      api = await startApi()
    }
  }
  writing.more(20)
  await acknowledgedMore(150)
  await Promise.all([api.end('SIGKILL'), worker.end('SIGKILL')])
  ;[api, worker] = await Promise.all([startApi(), startWorker()])
  writing.more(5)
  await acknowledgedMore(50)
  await writing.stop()
  await office.settled(120_000)

  const { rows } = await office.database.pool.query<{ id: string; conversation: string; position: number }>(
    `select encode(provider_id_mac, 'hex') as id, conversation_id as conversation,
       row_number() over (partition by conversation_id order by sent_at, id)::int as position from message`,
  )
  const stored = new Map(rows.map((row) => [row.id, row]))
  expect(stored.size).toBe(rows.length)
  const missing = writing.acknowledged.filter(
    ({ id }) => !stored.has(office.macOf(`wamid.${id}`).toString('hex')),
  )
  expect(missing).toEqual([])
  const conversationOf = new Map<number, string>()
  for (const { id, citizen } of writing.acknowledged) {
    const row = stored.get(office.macOf(`wamid.${id}`).toString('hex'))
    expect(row?.conversation).toBe(conversationOf.get(citizen) ?? row?.conversation)
    conversationOf.set(citizen, row?.conversation ?? '')
    expect(row?.position).toBe(Number(id.split('N')[1]) + 1)
  }
  expect(new Set(conversationOf.values()).size).toBe(citizens)
  const { rows: published } = await office.database.pool.query(
    `select count(*)::int as events, count(distinct message_id)::int as messages from live_event where type = 'message.stored'`,
  )
  expect(published).toEqual([{ events: rows.length, messages: rows.length }])
})

test('a database that goes away is answered with 503, and nothing is lost', async () => {
  const { pool } = office.database
  await pool.query('alter table webhook_event rename to webhook_event_away')
  const body = payload([messagesChange(number, [{ id: 'AWAY', from: phone(99), text: 'noch da?' }])])
  const refused = await office.deliver(body)
  expect(refused.status).toBe(503)
  await pool.query('alter table webhook_event_away rename to webhook_event')
  expect((await office.deliver(body)).status).toBe(200)
  await office.settled()
  const { rows } = await pool.query('select count(*)::int as n from message where provider_id_mac = $1', [
    office.macOf('wamid.AWAY'),
  ])
  expect(rows).toEqual([{ n: 1 }])
})
