import type { Restore, Session } from '@buergerdraht/contract'
import { additionalData } from '@buergerdraht/inbox'
import { open } from '@buergerdraht/office'
import { beforeEach, expect, test, vi } from 'vitest'
import { type StoryOffice, startOffice } from './start-office.ts'
import { ledgerGoesOn } from './younger-ledger.ts'

const patiently = { timeout: 60_000, interval: 200 }

let office: StoryOffice
let lastBefore: string
beforeEach(async () => {
  office = await startOffice()
  return () => office.close()
})

/** The bytes of the one delivery there is. */
async function rawEvent(): Promise<Buffer> {
  const { rows } = await office.database.pool.query<{
    channel: string
    mac: Buffer
    key: string
    sealed: Buffer
  }>(
    'select channel_id as channel, content_mac as mac, key_id as key, body_sealed as sealed from webhook_event',
  )
  const [one] = rows
  if (one === undefined || rows.length > 1) expect.fail('not one delivery')
  return open(await office.keys.get(one.key), additionalData.event(one.channel, one.mac), one.sealed)
}

/** Of what came while nobody was let in, by the row that came last before: what waits, and what has been read. */
async function held(): Promise<unknown> {
  const { rows } = await office.database.pool.query(
    `select (count(*) filter (where held and ingested_at is null))::int as waiting, (count(*) filter (where not held and ingested_at is not null))::int as read
     from webhook_event where id > $1`,
    [lastBefore],
  )
  return rows[0]
}

test('an office whose database was restored stays closed, destroys again what is gone, and opens when two persons say so', async () => {
  const { pool } = office.database
  const erased = await office.citizenWrites('491710000941', 'Wann hat das Amt auf?')
  await office.settled()
  const { rows } = await pool.query<{ id: string; message: string }>(
    'select c.id, m.id as message from conversation c join message m on m.conversation_id = c.id',
  )
  const { id, message } = rows[0] ?? expect.fail('no matter')
  const delivered = await rawEvent()
  const clerk = await office.signIn('clerk')
  expect((await clerk.get<Session>('/session')).body).toMatchObject({ inQuarantine: false })
  await office.stopWorker()
  await office.stopApi()
  const last = await pool.query<{ id: string }>('select max(id)::text as id from webhook_event')
  lastBefore = last.rows[0]?.id ?? '0'
  // The ledger goes on in another database, younger than this one.
  const requested = 'requested' as const
  const targets = { pg: requested, keys: requested, blob: requested, search: requested, redis: requested }
  await ledgerGoesOn(office, [
    {
      ids: [id, message],
      cluster: 'DA01',
      rule: 'LR-DA01@1',
      class: 'CASE_CLOSED/30d',
      ground: 'ART5_1E',
      objects: { conversations: 1, messages: 1 },
      archive: { decision: 'NOT_REQUIRED' },
      approvals: ['SCHRIFTGUT', 'DATENSCHUTZ'],
      targets: { ...targets, bsp: 'notApplicable', metaContactBook: 'notApplicable' },
      residueUntil: '2027-01-02',
    },
  ])
  // Both wait, and answer meanwhile what may be answered.
  const starting = Promise.all([office.startApi(), office.startWorker()])
  await vi.waitFor(async () => {
    const { status } = await fetch(`${office.baseUrl}/api/v1/session`)
    expect(status).toBe(401)
  }, patiently)
  const ready = await fetch(`${office.baseUrl}/health/ready`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({ reason: 'quarantine' })
  // A session of before does not hold any more.
  await vi.waitFor(async () => expect((await clerk.get('/session')).status).toBe(401), patiently)
  // What the provider brings is kept and not read: something new, and in other bytes what is erased meanwhile.
  expect((await fetch(office.demo.channel.webhookUrl, { method: 'POST', body: '{}' })).status).toBe(401)
  expect((await office.deliver(Buffer.concat([delivered, Buffer.from('\n')]))).status).toBe(200)
  await office.citizenWrites('491710000942', 'Und morgen?')
  await expect.poll(held, patiently).toEqual({ waiting: 2, read: 0 })

  const [records, dpo] = [await office.signIn('records'), await office.signIn('dpo')]
  expect((await records.get<Session>('/session')).body).toMatchObject({ inQuarantine: true })
  for (const path of ['/deletion-runs', '/proposals', '/holds', '/audit/events'])
    expect((await dpo.get(path)).body).toMatchObject({ code: 'in-quarantine' })
  const someone = await office.signIn('clerk')
  expect((await someone.get('/conversations')).body).toMatchObject({ code: 'in-quarantine' })
  expect((await someone.get('/restore')).status).toBe(403)
  await vi.waitFor(async () => {
    const { body } = await dpo.get<{ restore: Restore }>('/restore')
    expect(body.restore).toMatchObject({
      state: 'replayed',
      entries: 1,
      destroyed: 1,
      anew: 0,
      proposed: false,
    })
  }, patiently)
  expect((await pool.query('select from conversation')).rowCount).toBe(0)
  expect(await held()).toEqual({ waiting: 2, read: 0 })
  expect((await dpo.post('/restore/approval')).status).toBe(404)
  expect((await records.post('/restore/release')).status).toBe(202)
  expect((await records.post('/restore/approval')).body).toMatchObject({ code: 'second-person-required' })
  expect((await dpo.post('/restore/approval')).status).toBe(200)
  await starting
  expect((await dpo.get<Session>('/session')).body).toMatchObject({ inQuarantine: false })
  expect((await dpo.get('/restore')).body).toEqual({ restore: null, brokenLedger: null })
  const { body } = await dpo.get<{ items: { type: string }[] }>('/ledger/entries')
  expect(body.items.map(({ type }) => type)).toContain('RESTORE_REPLAY')
  // Now it is read: what is new is there, and what was erased does not come back.
  await expect.poll(held, patiently).toEqual({ waiting: 0, read: 2 })
  const { rows: there } = await pool.query<{ mac: Buffer }>('select provider_id_mac as mac from message')
  expect(there).toHaveLength(1)
  expect(there[0]?.mac.equals(office.macOf(erased))).toBe(false)
})
