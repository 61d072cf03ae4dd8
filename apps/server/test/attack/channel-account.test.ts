import { type Simulator, startSimulator } from '@buergerdraht/bsp-simulator'
import type { Channel, Conversation, ErrorBody, Proposal } from '@buergerdraht/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freePort } from '../../../../testing/free-port.ts'
import { StoryOffice, startOffice } from '../start-office.ts'
import type { Answer, Visitor } from '../visitor.ts'

let office: StoryOffice
let admin: Visitor
let dpo: Visitor
/** The same provider at another address, which knows the number by another key; and one of an attacker's, with a number of their own. */
let moved: Simulator
let attackers: Simulator

beforeAll(async () => {
  moved = await startSimulator({ office: { apiKey: 'key-of-the-new-account' } })
  attackers = await startSimulator({
    office: { apiKey: 'key-of-the-attacker', phoneNumberId: '999000000000001' },
  })
  const hosts = [moved, attackers].map(({ url }) => new URL(url).host).join(',')
  office = await startOffice({ environment: { BSP_HOSTS: hosts } })
  admin = await office.signIn('admin')
  dpo = await office.signIn('dpo')
})
afterAll(async () => {
  await office?.close()
  await moved?.close()
  await attackers?.close()
})
beforeEach(async () => {
  await office.database.pool.query('delete from proposal')
})

function change(body: object, by = admin): Promise<Answer<Channel & ErrorBody>> {
  return by.ask<Channel & ErrorBody>('PATCH', `/api/v1/channels/${office.demo.channel.id}`, { body })
}

async function channel(): Promise<Channel | undefined> {
  const { body } = await admin.get<{ items: Channel[] }>('/channels')
  return body.items.find(({ id }) => id === office.demo.channel.id)
}

async function proposal(): Promise<Proposal | undefined> {
  const { body } = await dpo.get<{ items: Proposal[] }>('/proposals')
  return body.items.find(({ state }) => state === 'open')
}

async function approve(): Promise<Answer<ErrorBody>> {
  return dpo.post(`/proposals/${(await proposal())?.id}/approval`)
}

test('one administrator alone leads nobody’s answer elsewhere', async () => {
  const before = await channel()
  const wanted = { baseUrl: attackers.url, credentials: { apiKey: 'key-of-the-attacker' } }
  // The provider there says whose key that is: refused before anybody is asked.
  expect(await change(wanted)).toMatchObject({ status: 409, body: { code: 'account-of-other-number' } })
  const honest = { baseUrl: moved.url, credentials: { apiKey: 'key-of-the-new-account' } }
  expect(await change(honest)).toMatchObject({
    status: 200,
    body: { baseUrl: before?.baseUrl, changeWaits: true },
  })
  expect(await admin.post(`/proposals/${(await proposal())?.id}/approval`)).toMatchObject({
    status: 409,
    body: { code: 'second-person-required' },
  })
  expect(await channel()).toMatchObject({ baseUrl: before?.baseUrl, accountProven: true, state: 'enabled' })
})

test('approved by a second person it is proven before anything is sent, and the secret is shown to nobody', async () => {
  const old = (await channel())?.baseUrl ?? ''
  await change({ baseUrl: moved.url, credentials: { apiKey: 'key-of-the-new-account' } })
  expect(JSON.stringify([await proposal(), await channel()])).not.toContain('key-of-the-new-account')
  const { rows } = await office.database.pool.query('select * from proposal')
  expect(JSON.stringify(rows)).not.toContain('key-of-the-new-account')
  expect((await approve()).status).toBe(200)
  await expect
    .poll(channel, { timeout: 60_000 })
    .toMatchObject({ baseUrl: moved.url, accountProven: true, state: 'enabled', changeWaits: false })
  const { rows: after } = await office.database.pool.query('select key_id, secret_sealed from proposal')
  expect(after).toEqual([{ key_id: null, secret_sealed: null }])
  await change({ baseUrl: old, credentials: { apiKey: office.simulator.office.apiKey } })
  expect((await approve()).status).toBe(200)
  await expect.poll(channel, { timeout: 60_000 }).toMatchObject({ baseUrl: old, accountProven: true })
})

test('what nobody decides in time expires, and the worker destroys its secret', async () => {
  await change({ baseUrl: moved.url, credentials: { apiKey: 'key-of-the-new-account' } })
  const { pool } = office.database
  const { rows: made } = await pool.query<{ key_id: string }>(
    `update proposal set expires_at = now() - interval '1 hour' returning key_id`,
  )
  await office.stopWorker()
  await office.startWorker()
  await expect
    .poll(
      async () => (await pool.query('select state, decided_by, key_id, secret_sealed from proposal')).rows,
    )
    .toEqual([{ state: 'expired', decided_by: null, key_id: null, secret_sealed: null }])
  const { rowCount } = await pool.query('select from data_key where id = $1', [made[0]?.key_id])
  expect(rowCount).toBe(0)
})

test('while the provider does not say whose the account is, nothing is sent, and no administrator resumes it', async () => {
  const old = (await channel())?.baseUrl ?? ''
  // Nobody listens there: neither the same number nor another one.
  const port = await freePort()
  const silent = await StoryOffice.prepare({ environment: { BSP_HOSTS: `127.0.0.1:${port}` } })
  try {
    await silent.startApi()
    const [one, other] = [await silent.signIn('admin'), await silent.signIn('dpo')]
    const path = `/api/v1/channels/${silent.demo.channel.id}`
    const body = { baseUrl: `http://127.0.0.1:${port}`, credentials: { apiKey: 'key-of-the-gone' } }
    expect((await one.ask('PATCH', path, { body })).status).toBe(200)
    const { body: list } = await other.get<{ items: Proposal[] }>('/proposals')
    expect((await other.post(`/proposals/${list.items[0]?.id}/approval`)).status).toBe(200)
    const { body: channels } = await one.get<{ items: Channel[] }>('/channels')
    expect(channels.items[0]).toMatchObject({ accountProven: false, state: 'stopped' })
    expect(await one.ask('PATCH', path, { body: { state: 'enabled' } })).toMatchObject({
      status: 409,
      body: { code: 'account-not-proven' },
    })
  } finally {
    await silent.close()
  }
  expect((await channel())?.baseUrl).toBe(old)
})

test('what was changed meanwhile is not approved any more', async () => {
  await change({ credentials: { verifyToken: 'the-first-word' } })
  const first = await proposal()
  await office.database.pool.query(`update channel set base_url = base_url || '/' where id = $1`, [
    office.demo.channel.id,
  ])
  expect(await dpo.post(`/proposals/${first?.id}/approval`)).toMatchObject({
    status: 409,
    body: { code: 'changed-meanwhile' },
  })
  await office.database.pool.query(`update channel set base_url = rtrim(base_url, '/') where id = $1`, [
    office.demo.channel.id,
  ])
})

test('the administrators’ role in the database has no right to address and credentials', async () => {
  const { rows } = await office.database.pool.query(
    `select has_column_privilege('buergerdraht_technical', 'channel', name, 'update') as may
     from unnest(array['base_url', 'credentials_sealed', 'account_proven_at']) as name`,
  )
  expect(rows).toEqual([{ may: false }, { may: false }, { may: false }])
})

test('answers reach the citizen after the account has moved and come back', async () => {
  const clerk = await office.signIn('clerk')
  await office.citizenWrites('4915112300088', 'Ist morgen geöffnet?')
  await office.settled()
  const { body } = await clerk.get<{ items: Conversation[] }>('/conversations')
  const path = `/conversations/${body.items[0]?.id}/messages`
  expect((await clerk.post(path, { clientId: crypto.randomUUID(), text: 'Ja, ab acht.' })).status).toBe(201)
  await office.settled()
  const received = await fetch(`${office.simulator.url}/citizens/4915112300088/messages`)
  expect(await received.text()).toContain('Ja, ab acht.')
})
