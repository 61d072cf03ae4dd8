import { expireIntake, releaseHeld } from '@buergerdraht/inbox'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { runSweeps } from '../src/jobs/sweeps.ts'
import { canResumeAfter, expireLiveEvents, livePosition } from '../src/live/live-log.ts'
import { createLog } from '../src/monitoring/log.ts'
import { type OpenOffice, openOffice } from '../src/process/open-office.ts'
import { StoryOffice } from './start-office.ts'

let story: StoryOffice
let opened: OpenOffice
let now = new Date('2026-11-23T08:00:00Z')
const lines: string[] = []
function days(count: number) {
  now = new Date(now.getTime() + count * 24 * 60 * 60 * 1000)
}

beforeAll(async () => {
  story = await StoryOffice.prepare()
})
afterAll(() => story.close())
// Opened for each: a key for raw events is there, also where another test has destroyed it.
beforeEach(async () => {
  const log = createLog({ level: 'info', process: 'worker', write: (line) => void lines.push(line) })
  opened = await openOffice(story.config, { process: 'worker', log, now: () => now })
})
afterEach(() => opened.close())

async function count(table: string, where = 'true'): Promise<number> {
  const { rows } = await story.database.pool.query<{ n: number }>(
    `select count(*)::int as n from ${table} where ${where}`,
  )
  return rows[0]?.n ?? 0
}

test('raw events go a day after they were ingested, never before; their key goes with the last of them', async () => {
  const { office } = opened
  const channelId = story.demo.channel.id
  const { pool } = story.database
  await pool.query('delete from webhook_event')
  await office.intake.accept(channelId, Buffer.from('ingested'), now, false)
  await office.intake.accept(channelId, Buffer.from('still waiting'), now, false)
  await pool.query(
    'update webhook_event set ingested_at = $1 where id = (select min(id) from webhook_event)',
    [now],
  )
  await pool.query("update data_key set created_at = $1 where purpose = 'intake'", [now])
  days(0.9)
  expect(await expireIntake(office)).toBe(0)
  days(0.2)
  expect(await expireIntake(office)).toBe(1)
  expect(await count('webhook_event')).toBe(1)
  days(30)
  expect(await expireIntake(office)).toBe(0)
  expect(await count('data_key', "purpose = 'intake'")).toBe(1)
  await pool.query('update webhook_event set ingested_at = $1', [now])
  days(9)
  // The event; its key may still be in use, because there is none after it: this clock may be wrong.
  expect(await expireIntake(office)).toBe(1)
  expect(await count('data_key', "purpose = 'intake'")).toBe(1)
  const { row } = office.keys.make('intake')
  await pool.query(
    'insert into data_key (id, purpose, wrapped, kek_id, created_at) values ($1, $2, $3, $4, $5)',
    [row.id, row.purpose, row.wrapped, row.kekId, now],
  )
  expect(await expireIntake(office)).toBe(1)
  expect((await pool.query("select id from data_key where purpose = 'intake'")).rows).toEqual([
    { id: row.id },
  ])
})

test('an event that was held although its channel is enabled is handed over', async () => {
  const { id } = story.demo.channel
  await opened.office.intake.accept(id, Buffer.from('held by mistake'), now, true)
  await story.database.prisma.channel.update({ where: { id }, data: { state: 'disabled' } })
  expect(await releaseHeld(opened.office)).toBe(0)
  await story.database.prisma.channel.update({ where: { id }, data: { state: 'enabled' } })
  expect(await releaseHeld(opened.office)).toBe(1)
})

test('what was erased is recognised as long as something waits unread that may repeat it', async () => {
  const { office } = opened
  const { pool } = story.database
  const { id } = story.demo.channel
  await pool.query('delete from webhook_event')
  function daysAgo(days: number) {
    return new Date(now.getTime() - days * 24 * 60 * 60 * 1000)
  }
  await pool.query(
    `insert into erased_message (provider_id_mac, erased_at, expires_at) values ('\\x01', $1, $2)`,
    [daysAgo(9), daysAgo(1)],
  )
  await office.intake.accept(id, Buffer.from('came while nobody was let in'), daysAgo(2), true)
  await expireIntake(office)
  expect(await count('erased_message')).toBe(1)
  await pool.query('update webhook_event set held = false, ingested_at = $1', [now])
  await expireIntake(office)
  expect(await count('erased_message')).toBe(0)
})

test('live events go after a day, always up to a position', async () => {
  const { pool } = story.database
  function publish(at: Date) {
    return pool.query("select publish('{channel.changed}', '{null}', '{null}', '{null}', '{false}', $1)", [
      at,
    ])
  }
  days(2)
  await expireLiveEvents(opened.office)
  await publish(now)
  // Two clocks that differ a little: the later row is the older one.
  await publish(new Date(now.getTime() - 5000))
  const position = await livePosition(opened.office)
  days(1)
  await publish(now)
  now = new Date(now.getTime() - 2000)
  expect(await canResumeAfter(opened.office, position - 1n)).toBe(true)
  expect(await expireLiveEvents(opened.office)).toBe(2)
  expect(await canResumeAfter(opened.office, position)).toBe(true)
  expect(await canResumeAfter(opened.office, position - 1n)).toBe(false)
})

test('a sweep that fails is told and tried again, and the others go on', async () => {
  let tries = 0
  let others = 0
  const stopping = new AbortController()
  async function failing(): Promise<number> {
    tries += 1
    throw new Error('Frau Canary')
  }
  async function working() {
    others += 1
    return 0
  }
  const running = runSweeps(
    opened.office,
    [
      { name: 'failing', everyMs: 10, run: failing },
      { name: 'working', everyMs: 10, run: working },
    ],
    stopping.signal,
  )
  await expect.poll(() => Math.min(tries, others)).toBeGreaterThan(2)
  stopping.abort()
  await running
  expect(lines.some((line) => line.includes('"sweep":"failing"') && line.includes('sweep.failed'))).toBe(true)
  expect(lines.join()).not.toContain('Canary')
})
