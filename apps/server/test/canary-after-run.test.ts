import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Conversation, DeletionRun, Message, Proposal } from '@buergerdraht/contract'
import { Keys } from '@buergerdraht/office'
import { afterEach, expect, test, vi } from 'vitest'
import { startRedis } from '../../../testing/start-redis.ts'
import { keyReader } from '../src/process/open-office.ts'
import { archiveWaives } from './archive-waives.ts'
import { filesWith, letters } from './canaries.ts'
import { type StoryOffice, startOffice } from './start-office.ts'

const dayMs = 24 * 60 * 60 * 1000

let office: StoryOffice | null = null
afterEach(async () => {
  await office?.close()
  office = null
})

/** Which keys a copy of the database made now would need: ids in all columns `key_id`, of rows that copies contain (unlogged tables are in none). */
async function keysInUse({ database }: StoryOffice): Promise<Set<string>> {
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select quote_ident(c.relname) as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where a.attname = 'key_id' and c.relkind in ('r', 'p') and c.relpersistence = 'p' and c.relnamespace = 'public'::regnamespace`,
  )
  expect(tables.length).toBeGreaterThan(4)
  const all = await Promise.all(
    tables.map(({ name }) => database.pool.query<{ key_id: string }>(`select distinct key_id from ${name}`)),
  )
  const files = await database.pool.query<{ key_id: string }>('select id as key_id from attachment')
  return new Set([...all, files].flatMap(({ rows }) => rows.map(({ key_id }) => key_id)))
}

test.each(['PostgreSQL', 'Redis'])(
  'after a run nothing is left of what somebody wrote, and a copy from before it opens nothing, with the queue in %s',
  async (backend) => {
    const redis = backend === 'Redis' ? await startRedis() : null
    let ahead = 0
    const story = await startOffice({
      now: () => new Date(Date.now() + ahead),
      ...(redis === null ? {} : { redisUrl: redis.url }),
    })
    office = story
    story.afterClose(async () => redis?.stop())
    const { pool } = story.database
    await archiveWaives(pool)
    const phone = `49171${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`
    const words = Object.fromEntries(
      [
        'asked',
        'named',
        'captioned',
        'called',
        'edited',
        'answered',
        'failed',
        'told',
        'drafted',
        'lost',
      ].map((of) => [of, letters()]),
    ) as Record<string, string>
    const citizen = `${story.simulator.url}/citizens/${phone}`
    async function send(url: string, method: string, body: unknown): Promise<{ id?: string }> {
      const answer = await fetch(url, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (!answer.ok) expect.fail(`${url} answered ${answer.status}`)
      return (await answer.json()) as { id?: string }
    }
    await send(citizen, 'PUT', { profileName: words['named'] })
    const first = await send(`${citizen}/messages`, 'POST', { text: `Guten Tag ${words['asked']}` })
    await send(`${citizen}/edits`, 'POST', { messageId: first.id, text: `Nein, ${words['edited']}` })
    await send(`${citizen}/reactions`, 'POST', { messageId: first.id, emoji: '🦜' })
    const form = new FormData()
    form.set('caption', String(words['captioned']))
    const pdf = await readFile(new URL('../../bsp-simulator/samples/antrag.pdf', import.meta.url))
    form.set('file', new Blob([pdf], { type: 'application/pdf' }), `${words['called']}.pdf`)
    expect((await fetch(`${citizen}/media`, { method: 'POST', body: form })).ok).toBe(true)
    // What cannot be read waits as a dead letter.
    const letter = JSON.stringify({ object: 'whatsapp_business_account', entry: words['lost'], from: phone })
    expect((await story.deliver(letter)).status).toBe(200)
    await story.settled()

    const clerk = await story.signIn('clerk')
    const list = await clerk.get<{ items: Conversation[] }>('/conversations')
    const id = list.body.items[0]?.id ?? expect.fail('no conversation')
    async function messages(): Promise<Message[]> {
      return (await clerk.get<{ items: Message[] }>(`/conversations/${id}/messages`)).body.items
    }
    await expect
      .poll(async () => (await messages()).some((one) => one.attachments[0]?.state === 'ready'), {
        timeout: 60_000,
      })
      .toBe(true)
    const quoted = (await messages()).find(({ direction }) => direction === 'inbound')?.id
    await clerk.post(`/conversations/${id}/messages`, {
      clientId: randomUUID(),
      text: `Antwort ${words['answered']}`,
      replyTo: quoted,
    })
    await story.settled()
    await send(`${story.simulator.url}/faults`, 'PUT', {
      api: { answer: 'refuse', httpStatus: 400, code: 131026 },
    })
    await clerk.post(`/conversations/${id}/messages`, {
      clientId: randomUUID(),
      text: `Nicht zugestellt ${words['failed']}`,
    })
    await expect
      .poll(async () => (await messages()).some(({ status }) => status === 'failed'), { timeout: 60_000 })
      .toBe(true)
    const told = { clientId: randomUUID(), way: 'phone', text: `Am Telefon ${words['told']}` }
    expect((await clerk.post(`/conversations/${id}/elsewhere-answers`, told)).status).toBe(201)
    const draft = { text: `Entwurf ${words['drafted']}`, replyTo: null, attachments: [] }
    expect((await clerk.put(`/conversations/${id}/draft`, draft)).status).toBe(204)
    await clerk.post('/conversations/search', { q: words['asked'] })
    const seenUpTo = (await messages())[0]?.id
    const closed = await clerk.post(`/conversations/${id}/close`, {
      seenUpTo,
      filing: { relevance: 'none' },
    })
    expect(closed.status).toBe(200)
    expect((await pool.query('select from dead_letter')).rowCount).toBe(1)
    const before = await keysInUse(story)

    /** So many days later, with everything that goes by itself gone. */
    async function later(days: number): Promise<void> {
      await story.stopWorker()
      ahead += days * dayMs
      await story.startWorker()
      await vi.waitFor(
        async () => {
          const { rowCount } = await pool.query(
            `select from webhook_event where ingested_at < $1 union all select from dead_letter where expires_at < $1`,
            [new Date(Date.now() + ahead - 2 * dayMs)],
          )
          if (rowCount !== 0) throw new Error('Raw events are still there')
        },
        { timeout: 60_000, interval: 200 },
      )
    }
    async function run(): Promise<DeletionRun> {
      const [records, dpo] = await Promise.all([story.signIn('records'), story.signIn('dpo')])
      const { status, body } = await records.post<DeletionRun>('/deletion-runs', { kind: 'planned' })
      expect(status).toBe(201)
      const { items } = (await dpo.get<{ items: Proposal[] }>('/proposals')).body
      const proposal = items.find(({ kind, state }) => kind === 'deletion-run' && state === 'open')
      expect((await dpo.post(`/proposals/${proposal?.id}/approval`)).status).toBe(200)
      return vi.waitFor(
        async () => {
          const now = (await dpo.get<DeletionRun>(`/deletion-runs/${body.id}`)).body
          if (now.state !== 'completed') throw new Error(`It is ${now.state}`)
          return now
        },
        { timeout: 60_000, interval: 200 },
      )
    }
    await later(40)
    expect((await run()).destroyed).toBe(1)
    // The person's own rule counts from the end of their last matter.
    await later(2)
    expect((await run()).destroyed).toBe(1)

    const keys = await Keys.open(pool, keyReader(story.config))
    const after = await keysInUse(story)
    const gone = [...before].filter((key) => !after.has(key))
    expect(gone.length).toBeGreaterThanOrEqual(3)
    expect((await keys.getMany(gone)).size).toBe(0)
    await pool.query('checkpoint')
    const { rows } = await pool.query<{ data_directory: string }>('show data_directory')
    const canaries = [...Object.values(words), phone]
    for (const folder of [
      rows[0]?.data_directory ?? '',
      story.config.dataDir,
      story.config.ledgerDir,
      story.config.mediaDir,
      ...(redis === null ? [] : [redis.directory]),
    ])
      expect(await filesWith(folder, canaries)).toEqual([])
    expect(await filesWith(story.config.mediaDir, ['%PDF-1', '/MediaBox'])).toEqual([])
    for (const word of canaries) expect(story.logLines.filter((line) => line.includes(word))).toEqual([])
    for (const table of ['conversation', 'contact', 'message', 'attachment', 'draft', 'search_entry'])
      expect(`${table} ${(await pool.query(`select from ${table}`)).rowCount}`).toBe(`${table} 0`)
  },
)
