import type { Channel } from '@buergerdraht/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { StoryOffice } from '../start-office.ts'
import { Visitor } from '../visitor.ts'

let office: StoryOffice
beforeAll(async () => {
  office = await StoryOffice.prepare({ environment: { BSP_HOSTS: 'waba.example' } })
  await office.startApi()
})
afterAll(() => office.close())

function fieldsOf(body: { readonly fields?: readonly { readonly path: string }[] }) {
  return body.fields?.map(({ path }) => path)
}

test('text that the database cannot hold is the asker’s fault, and the field is named', async () => {
  const stranger = await new Visitor(office.baseUrl).post('/session', {
    email: 'a\0@x.example',
    password: 'x',
  })
  expect([stranger.status, fieldsOf(stranger.body)]).toEqual([400, ['email']])
  const admin = await office.signIn('admin')
  const change = await admin.ask('PATCH', `/api/v1/channels/${office.demo.channel.id}`, {
    body: { name: 'a\0b' },
  })
  expect([change.status, fieldsOf(change.body)]).toEqual([400, ['name']])
})

test('words of SQL and wildcards are words: they find what has them, and do nothing', async () => {
  const { pool } = office.database
  const [clerk, admin] = [await office.signIn('clerk'), await office.signIn('admin')]
  const { rows: before } = await pool.query('select count(*) from account')
  const hostile = [
    "' or '1'='1",
    "'; drop table message; --",
    "\\'; delete from account; --",
    '") union select password_hash from account --',
    '%',
    '_',
    '$1',
    "E'\\x00'",
  ]
  for (const q of hostile) {
    expect(await admin.post('/people/search', { q })).toMatchObject({ status: 200, body: { items: [] } })
    expect(await clerk.post('/conversations/search', { q })).toMatchObject({
      status: 200,
      body: { items: [] },
    })
    expect((await clerk.get(`/conversations?cursor=${encodeURIComponent(q)}`)).status).toBe(400)
    expect((await admin.get(`/people/${encodeURIComponent(q)}`)).status).toBe(400)
    const { status, body } = await admin.post<{ id: string; name: string }>('/teams', { name: q })
    expect({ status, name: body.name }).toEqual({ status: 201, name: q })
  }
  expect((await pool.query('select count(*) from account')).rows).toEqual(before)
})

test('what a change does not name in its schema is not changed', async () => {
  const { pool } = office.database
  const { id } = office.demo.channel
  const look = 'select team_id, phone_number_id, vendor, base_url from channel where id = $1'
  const { rows: before } = await pool.query(look, [id])
  const admin = await office.signIn('admin')
  const change = await admin.ask('PATCH', `/api/v1/channels/${id}`, {
    body: {
      name: 'Anders',
      phoneNumberId: '1',
      phone_number_id: '1',
      vendor: 'meta',
      team: id,
      base_url: 'https://waba.example',
    },
  })
  expect(change).toMatchObject({ status: 200, body: { name: 'Anders' } })
  expect((await pool.query(look, [id])).rows).toEqual(before)
  const clerk = await office.signIn('clerk')
  await clerk.ask('POST', '/api/v1/session/step-up', { body: { role: 'admin', password: 'falsch' } })
  expect((await clerk.get<{ account: object }>('/session')).body.account).toMatchObject({ role: 'clerk' })
})

test.each(['l.-2gosa7pa00', 'l.-1', 'w.-zzzzzzzzzz', 'l.2gosa7pa2gv'])(
  'a cursor from outside of time is none: %s',
  async (beginning) => {
    const cursor = `${beginning}.00000000-0000-0000-0000-000000000000`
    const clerk = await office.signIn('clerk')
    const list = await clerk.get(`/conversations?order=latest&cursor=${cursor}`)
    expect([list.status, fieldsOf(list.body)]).toEqual([400, ['cursor']])
    const admin = await office.signIn('admin')
    expect((await admin.get(`/dead-letters?cursor=${cursor}`)).status).toBe(400)
  },
)

test('the stored key of a channel does not follow an administrator to another host', async () => {
  const admin = await office.signIn('admin')
  const path = `/api/v1/channels/${office.demo.channel.id}`
  function change(body: unknown) {
    return admin.ask<Channel & { fields: { path: string }[] }>('PATCH', path, { body })
  }
  const refused = await change({ baseUrl: 'https://waba.example' })
  expect([refused.status, fieldsOf(refused.body)]).toEqual([400, ['credentials.apiKey']])
  // Where the provider does not know the number, nor with another key than the number's.
  const elsewhere = [
    { baseUrl: `${office.simulator.url}/v2` },
    { credentials: { apiKey: 'of-somebody-else' } },
  ]
  for (const body of elsewhere)
    expect(await change(body)).toMatchObject({ status: 409, body: { code: 'account-of-other-number' } })
  const credentials = { apiKey: 'entered-anew' }
  // Not even with the key do messages go to a host that the operator has not named, or in the clear.
  for (const baseUrl of ['https://collector.example', 'http://169.254.169.254/x', 'http://waba.example']) {
    const { status, body } = await change({ baseUrl, credentials })
    expect([status, fieldsOf(body)]).toEqual([400, ['baseUrl']])
  }
})
