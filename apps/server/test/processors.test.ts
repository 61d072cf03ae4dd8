import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type * as contract from '@buergerdraht/contract'
import type { DeletionRun, ProcessorList, Proposal } from '@buergerdraht/contract'
import { judgeLedger } from '@buergerdraht/custody'
import { asInstant, transaction } from '@buergerdraht/office'
import { checkEntry, europeBerlin, type LedgerEntry, readLog } from '@buergerdraht/records'
import { afterEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { messagesChange, payload } from '../../../testing/webhook-payload.ts'
import { deletionLedgerOf } from '../src/process/wait-for-ledger.ts'
import { archiveWaives } from './archive-waives.ts'
import { OfficeProcess } from './office-process.ts'
import { StoryOffice, startOffice } from './start-office.ts'

type Desk = z.output<typeof contract.listAtProcessors.reply>
type Held = {
  readonly media: { readonly id: string }[]
  readonly contactBook: { readonly phone: string | null }[]
}

const minute = 60_000
const day = 24 * 60 * minute
const phone = '491713985501'

let story: StoryOffice | null = null
let ahead = 0
/** Where the clock stands; null: it goes. */
let stands: number | null = null
function nowMs(): number {
  return (stands ?? Date.now()) + ahead
}
afterEach(async () => {
  await story?.close()
  story = null
  ahead = 0
  stands = null
})

async function opened(): Promise<StoryOffice> {
  story = await startOffice({ now: () => new Date(nowMs()) })
  await archiveWaives(story.database.pool)
  return story
}

async function provider(office: StoryOffice, method: string, path: string, body?: object): Promise<Held> {
  const answer = await fetch(`${office.simulator.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  expect(answer.ok).toBe(true)
  return (await answer.json()) as Held
}

/** A photo and a question, in a matter that is over long ago. */
async function oldMatter(office: StoryOffice): Promise<void> {
  await writes(office)
  await closedLongAgo(office)
}
async function writes(office: StoryOffice): Promise<void> {
  await provider(office, 'POST', `/citizens/${phone}/media`, { sample: 'photo' })
  await office.citizenWrites(phone, 'Ist das Schlagloch bekannt?')
  await office.settled()
}
async function closedLongAgo({ database }: StoryOffice): Promise<void> {
  await database.pool.query(
    `update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null`,
  )
}

/** What is due is planned and approved; whoever is the worker carries it out. @returns the run's id */
async function approvedRun(office: StoryOffice): Promise<string> {
  const [records, dpo] = await Promise.all([office.signIn('records'), office.signIn('dpo')])
  const { status, body } = await records.post<DeletionRun>('/deletion-runs', { kind: 'planned' })
  expect(status).toBe(201)
  const { items } = (await dpo.get<{ items: Proposal[] }>('/proposals')).body
  const proposal = items.find(({ kind, state }) => kind === 'deletion-run' && state === 'open')
  expect((await dpo.post(`/proposals/${proposal?.id}/approval`)).status).toBe(200)
  return body.id
}
async function completed({ database }: StoryOffice, run: string): Promise<void> {
  await expect
    .poll(
      async () => (await database.pool.query('select state from deletion_run where id = $1', [run])).rows[0],
      { timeout: 60_000 },
    )
    .toEqual({ state: 'completed' })
}

async function desk(office: StoryOffice, of: ProcessorList = 'open'): Promise<Desk> {
  const dpo = await office.signIn('dpo')
  return (await dpo.get<Desk>(`/retention/processors?of=${of}`)).body
}

/** The worker looks after what is due as soon as it starts. */
async function later(office: StoryOffice, ms: number): Promise<void> {
  await office.stopWorker()
  ahead += ms
  await office.startWorker()
}

async function ledger(office: StoryOffice): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = []
  for await (const piece of readLog(createReadStream(join(deletionLedgerOf(office.config), 'log')))) {
    if (piece.kind !== 'record') expect.fail(`A piece of the ledger is ${piece.kind}`)
    const checked = checkEntry(piece.record.opening?.entry, piece.index)
    if ('refused' in checked) expect.fail(`${checked.refused}`)
    entries.push(checked.accepted)
  }
  return entries
}
async function reports(office: StoryOffice) {
  return (await ledger(office)).flatMap((entry) => (entry.type === 'PROCESSOR_DONE' ? [entry] : []))
}
async function secretsLeft({ database }: StoryOffice): Promise<number> {
  const { rowCount } = await database.pool.query(
    `select 1 from data_key where purpose = 'processor' union all select 1 from processor_task where target_sealed is not null`,
  )
  return rowCount ?? 0
}
function dayIn(days: number): string {
  return europeBerlin.localDate(asInstant(new Date(nowMs() + days * day)))
}

describe('what is destroyed here', () => {
  test('goes at the provider and from the contact book too, and the ledger says so', async () => {
    const office = await opened()
    // Days are compared.
    stands = Date.now()
    await writes(office)
    // What the office has sent lies there as well.
    const clerk = await office.signIn('clerk')
    const list = await clerk.get<{ items: { id: string }[] }>('/conversations')
    const id = list.body.items[0]?.id
    const form = new FormData()
    form.set('conversationId', String(id))
    const pdf = await readFile(new URL('../../bsp-simulator/samples/antrag.pdf', import.meta.url))
    form.set('file', new Blob([new Uint8Array(pdf)], { type: 'application/pdf' }), 'antrag.pdf')
    const upload = await fetch(`${office.baseUrl}/api/v1/attachments`, {
      method: 'POST',
      headers: clerk.headers(),
      body: form,
    })
    const { id: file } = (await upload.json()) as { id: string }
    const reply = { clientId: randomUUID(), attachments: [file] }
    expect((await clerk.post(`/conversations/${id}/messages`, reply)).status).toBeLessThan(300)
    await office.settled()
    expect(await provider(office, 'GET', '/held')).toMatchObject({
      media: [{}, {}],
      contactBook: [{ phone }],
    })
    await closedLongAgo(office)

    await completed(office, await approvedRun(office))
    await later(office, 0)
    await expect.poll(async () => (await provider(office, 'GET', '/held')).media).toEqual([])
    // The person goes by a rule of their own, after their last matter.
    await later(office, 2 * day)
    await completed(office, await approvedRun(office))
    await later(office, 0)
    await expect.poll(async () => (await provider(office, 'GET', '/held')).contactBook).toEqual([])

    await expect.poll(() => reports(office)).toHaveLength(2)
    const [matter, person] = await ledger(office)
    expect([matter, person]).toMatchObject([
      { type: 'DELETE', targets: { bsp: 'requested', metaContactBook: 'notApplicable' } },
      { type: expect.anything() },
    ])
    expect(await reports(office)).toMatchObject([
      // There is no way to have messages deleted: they rest there for a month.
      { of: 0, processor: 'BSP', state: 'failed' },
      { processor: 'META_CONTACT_BOOK', state: 'done', residueUntil: dayIn(30) },
    ])
    expect(await secretsLeft(office)).toBe(0)
    const { counts, items } = await desk(office, 'resting')
    expect(counts).toEqual({ open: 0, refused: 0, resting: 2, ended: 2 })
    expect(items.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'messages not-possible',
      'contact-entry done',
    ])
    expect(JSON.stringify(items)).not.toContain(phone)
    // A month after nothing rests there any more, nothing is left here either.
    await later(office, 60 * day)
    await expect.poll(async () => (await desk(office, 'ended')).items).toEqual([])
  })

  test('is asked for again and again while a provider refuses, is seen, and lapses when it is gone there by itself', async () => {
    const office = await opened()
    await oldMatter(office)
    await provider(office, 'PUT', '/faults', { erasures: { answer: 'refuse', httpStatus: 403 } })
    stands = Date.now()
    await completed(office, await approvedRun(office))
    await later(office, 0)
    await expect.poll(async () => (await desk(office)).counts).toMatchObject({ open: 0, refused: 1 })
    const refused = (await desk(office, 'refused')).items[0] ?? expect.fail('nothing is refused')
    expect(refused).toMatchObject({ kind: 'media', state: 'refused', code: 'http-403', attempts: 1 })
    expect(await secretsLeft(office)).toBe(2)

    // Not before its time; then slower, and still refused.
    await later(office, minute / 2)
    expect((await desk(office, 'refused')).items[0]?.attempts).toBe(1)
    await later(office, minute)
    await expect.poll(async () => (await desk(office, 'refused')).items[0]?.attempts).toBe(2)
    await later(office, 16 * minute)
    await expect.poll(async () => (await desk(office, 'refused')).items[0]?.attempts).toBe(3)
    expect(await reports(office)).toEqual([])

    await later(office, 31 * day)
    await expect.poll(async () => (await desk(office)).counts).toMatchObject({ refused: 0, resting: 0 })
    expect(await secretsLeft(office)).toBe(0)
    await expect.poll(() => reports(office)).toMatchObject([{ of: 0, processor: 'BSP', state: 'failed' }])
  })

  test.each([
    ['is down for a while', { answer: 'server-error', times: 1 }, 'open'],
    ['refuses for a while', { answer: 'refuse', httpStatus: 400, code: 131031, times: 1 }, 'refused'],
  ] as const)('goes in the end at a provider that %s', async (_what, fault, state) => {
    const office = await opened()
    await oldMatter(office)
    await provider(office, 'PUT', '/faults', { erasures: fault })
    await completed(office, await approvedRun(office))
    await later(office, 0)
    await expect.poll(async () => (await desk(office, state)).items).toMatchObject([{ attempts: 1 }])
    expect((await provider(office, 'GET', '/held')).media).toHaveLength(1)
    await later(office, 2 * minute)
    await expect.poll(async () => (await provider(office, 'GET', '/held')).media).toEqual([])
    await expect.poll(async () => (await desk(office)).counts).toMatchObject({ open: 0, refused: 0 })
  })

  test('is asked for again at once when somebody says so, as long as there is something to ask for', async () => {
    const office = await opened()
    await oldMatter(office)
    const fault = { answer: 'refuse', httpStatus: 400, code: 131031, times: 1 }
    await provider(office, 'PUT', '/faults', { erasures: fault })
    await completed(office, await approvedRun(office))
    await later(office, 0)
    await expect.poll(async () => (await desk(office, 'refused')).items).toMatchObject([{ attempts: 1 }])
    const [task] = (await desk(office, 'refused')).items
    const [clerk, dpo] = [await office.signIn('clerk'), await office.signIn('dpo')]
    const again = `/retention/processors/${task?.id}/retry`
    expect((await clerk.post(again)).status).toBe(403)
    expect((await dpo.post(`/retention/processors/${randomUUID()}/retry`)).status).toBe(404)
    expect((await dpo.post(again)).status).toBe(204)
    await expect.poll(async () => (await provider(office, 'GET', '/held')).media).toEqual([])
    await expect.poll(async () => (await desk(office)).counts).toMatchObject({ open: 0, refused: 0 })
    expect((await dpo.post(again)).body).toMatchObject({ code: 'changed-meanwhile' })
  })

  test('counts as gone where the provider does not know it any more', async () => {
    const office = await opened()
    await oldMatter(office)
    await provider(office, 'PUT', '/faults', { erasures: { answer: 'gone', delayMs: 200 } })
    await completed(office, await approvedRun(office))
    await later(office, 0)
    await expect.poll(async () => (await desk(office, 'ended')).items).toMatchObject([{ state: 'done' }])
  })

  test('does not come back when the provider repeats what it once delivered', async () => {
    const office = await opened()
    const { pool } = office.database
    const body = payload([
      messagesChange(office.demo.channel.phoneNumberId, [{ id: 'R1', from: phone, text: 'Guten Tag' }]),
    ])
    expect((await office.deliver(body)).status).toBe(200)
    await office.settled()
    await closedLongAgo(office)
    await completed(office, await approvedRun(office))
    await later(office, 2 * day)
    await completed(office, await approvedRun(office))
    const tasks = (await pool.query('select from processor_task')).rowCount
    expect((await office.deliver(body)).status).toBe(200)
    await office.settled()
    for (const table of ['message', 'conversation', 'contact', 'contact_identity', 'dead_letter'])
      expect(`${table} ${(await pool.query(`select from ${table}`)).rowCount}`).toBe(`${table} 0`)
    expect((await pool.query('select from processor_task')).rowCount).toBe(tasks)
  })
})

test('a worker that is killed between the ledger and the tasks, and again before the provider is asked, loses none of them', async () => {
  const office = await StoryOffice.prepare({ environment: { LOG_LEVEL: 'silent' } })
  story = office
  const { pool } = office.database
  await office.startApi()
  await archiveWaives(pool)
  let worker = await OfficeProcess.start('worker', office.environment, office.workerUrl)
  await oldMatter(office)
  await provider(office, 'PUT', '/faults', { erasures: { answer: 'server-error' } })
  await transaction(pool, async ({ client }) => {
    await client.query('set local idle_in_transaction_session_timeout = 0')
    // While nobody can delete a message, whatever is destroyed waits in the middle.
    await client.query('lock table message in share mode')
    await approvedRun(office)
    await expect.poll(() => ledger(office), { timeout: 60_000 }).toHaveLength(1)
    await worker.end('SIGKILL')
  })
  async function count(what: string): Promise<number | null> {
    return (await pool.query(`select from ${what}`)).rowCount
  }
  expect([await count('processor_task'), await count('conversation')]).toEqual([0, 1])

  worker = await OfficeProcess.start('worker', office.environment, office.workerUrl)
  await expect.poll(() => count('processor_task where attempts > 0'), { timeout: 60_000 }).toBe(1)
  await worker.end('SIGKILL')
  expect([await count('processor_task'), await count('conversation')]).toEqual([2, 0])
  expect((await provider(office, 'GET', '/held')).media).toHaveLength(1)
  // Its time has come, and the provider takes it.
  await provider(office, 'PUT', '/faults', {})
  await pool.query(`update processor_task set next_try_at = now(), failed_at = null where state = 'open'`)
  worker = await OfficeProcess.start('worker', office.environment, office.workerUrl)
  await expect
    .poll(async () => (await provider(office, 'GET', '/held')).media, { timeout: 60_000 })
    .toEqual([])
  await expect.poll(() => reports(office), { timeout: 60_000 }).toMatchObject([{ of: 0, processor: 'BSP' }])
  await expect
    .poll(() => judgeLedger({ pool, keys: office.keys }, deletionLedgerOf(office.config)))
    .toMatchObject({ state: 'equal', size: 2 })
  await worker.end('SIGTERM')
})

test('is watched by those who answer for deletion, and by nobody else', async () => {
  const office = await opened()
  for (const [role, status] of [
    ['dpo', 200],
    ['records', 200],
    ['admin', 200],
    ['clerk', 403],
    ['team-lead', 403],
    ['auditor', 403],
  ] as const)
    expect((await (await office.signIn(role)).get('/retention/processors')).status).toBe(status)
})
