import { type Endpoint, endpoints, errorCodes, type Role, roles, rolesFor } from '@buergerdraht/contract'
import type { Inbox } from '@buergerdraht/inbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { baseApp } from '../src/http/base-app.ts'
import { EventReader } from './event-reader.ts'
import { StoryOffice } from './start-office.ts'
import { Visitor } from './visitor.ts'

let office: StoryOffice
const staff = new Map<Role, Visitor>()

beforeAll(async () => {
  office = await StoryOffice.prepare()
  await office.startApi()
  for (const role of roles) staff.set(role, await office.signIn(role))
})
afterAll(() => office.close())

/** An address of that shape at which nothing is. */
function pathOf(endpoint: Endpoint): string {
  return `/api/v1${endpoint.path.replace(/:\w+/g, '0193f000-0000-7000-8000-000000000000')}`
}

const table = Object.entries(endpoints).map(([name, endpoint]) => ({ name, endpoint }))
const guarded = table.filter(({ endpoint }) => endpoint.access !== 'public')
function needsBody({ endpoint }: { endpoint: Endpoint }) {
  return typeof endpoint.body === 'object'
}

function ask(visitor: Visitor, endpoint: Endpoint) {
  return visitor.ask(endpoint.method, pathOf(endpoint), needsBody({ endpoint }) ? { body: {} } : {})
}

describe.each(guarded)('$endpoint.method $endpoint.path ($name)', ({ endpoint }) => {
  test('is for nobody who is not signed in', async () => {
    const answer = await ask(new Visitor(office.baseUrl), endpoint)
    expect(answer).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
  })

  const entitled =
    endpoint.access === 'signed-in' || endpoint.access === 'public' ? roles : rolesFor(endpoint.access)
  const refused = roles.filter((role) => !entitled.includes(role))
  test.each(refused)('is not for %s', async (role) => {
    const answer = await ask(staff.get(role) ?? new Visitor(office.baseUrl), endpoint)
    expect(answer).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  })

  // The stream stays open, and signing out would end the session that the other tests use.
  const allowed = entitled.filter(() => endpoint.path !== '/events' && endpoint.method !== 'DELETE')
  test.each(allowed)('is there for %s', async (role) => {
    const answer = await ask(staff.get(role) ?? new Visitor(office.baseUrl), endpoint)
    expect([401, 403, 405, 500]).not.toContain(answer.status)
  })
})

describe('a page of another origin', () => {
  const foreign = { origin: 'https://evil.example' }
  const changing = table.filter(({ endpoint }) => endpoint.method !== 'GET')
  test.each(changing)(
    'changes nothing with $endpoint.method $endpoint.path ($name)',
    async ({ endpoint }) => {
      for (const visitor of [new Visitor(office.baseUrl), ...staff.values()]) {
        const { status, body } = await visitor.ask(endpoint.method, pathOf(endpoint), { headers: foreign })
        expect({ status, code: body.code }).toEqual({ status: 403, code: 'foreign-origin' })
      }
    },
  )

  test.each(table)('reads nothing of $endpoint.method $endpoint.path ($name)', async ({ endpoint }) => {
    const wanted = { 'access-control-request-method': endpoint.method, 'access-control-request-headers': 'x' }
    for (const [method, headers] of [
      [endpoint.method, foreign],
      ['OPTIONS', { ...foreign, ...wanted }],
    ] as const) {
      const response = await fetch(`${office.baseUrl}${pathOf(endpoint)}`, { method, headers })
      await response.body?.cancel()
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
      if (method === 'OPTIONS') expect(response.ok).toBe(false)
    }
  })
})

describe('every endpoint of the contract', () => {
  test.each(table)('$endpoint.method $endpoint.path ($name) is served', ({ endpoint }) => {
    // An unknown path and a thing that does not exist are one answer: only the router knows.
    expect(office.api?.serves(endpoint.method, `/api/v1${endpoint.path}`)).toBe(true)
  })
})

describe('a route of the API', () => {
  test.each([{}, { config: {} }, { config: { access: 'everybody' } as object }])(
    'that says not who may ask it is not registered: %j',
    (options) => {
      const app = baseApp({} as Inbox, [])
      expect(() => app.get('/api/v1/secret', options, async () => 'x')).toThrow('Nothing says who may ask')
    },
  )
})

describe('live events', () => {
  test.each(roles)('can be followed by %s', async (role) => {
    const reader = await EventReader.open(staff.get(role) ?? new Visitor(office.baseUrl))
    expect(reader.status).toBe(200)
    reader.close()
  })
})

const expectedHeaders = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
}

describe('security headers', () => {
  const others = [
    ['GET', '/'],
    ['GET', '/api/v1/nothing'],
    ['PUT', '/api/v1/session'],
    ['GET', '/%zz'],
    ['GET', '/health/live'],
    ['GET', '/health/ready'],
    ['GET', '/metrics'],
    ['GET', '/webhooks/whatsapp/nothing'],
    ['POST', '/webhooks/whatsapp/nothing'],
  ] as const
  const all = [...table.map(({ endpoint }) => [endpoint.method, pathOf(endpoint)] as const), ...others]
  test.each(all)('%s %s', async (method, path) => {
    const response = await fetch(`${office.baseUrl}${path}`, { method })
    await response.body?.cancel()
    expect(Object.fromEntries(response.headers)).toMatchObject(expectedHeaders)
    if (path !== '/') expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('strict-transport-security')).toBeNull()
  })
})

describe('errors', () => {
  const json = { 'content-type': 'application/json' }
  const cases: [
    string,
    string,
    string,
    { headers?: Record<string, string>; body?: string },
    number,
    string,
  ][] = [
    ['an unknown path', 'GET', '/api/v1/nothing', {}, 404, 'not-found'],
    ['a known path with a wrong method', 'PUT', '/api/v1/session', {}, 405, 'method-not-allowed'],
    ['a path that is not one', 'GET', '/%zz', {}, 400, 'invalid-input'],
    ['broken JSON', 'POST', '/api/v1/session', { headers: json, body: '{"email":' }, 400, 'invalid-input'],
    ['an empty body', 'POST', '/api/v1/session', { headers: json, body: '' }, 400, 'invalid-input'],
    [
      'prototype tricks',
      'POST',
      '/api/v1/session',
      { headers: json, body: '{"__proto__":{}}' },
      400,
      'invalid-input',
    ],
    [
      'XML',
      'POST',
      '/api/v1/session',
      { headers: { 'content-type': 'text/xml' }, body: '<a/>' },
      415,
      'encoding-refused',
    ],
    [
      'half a megabyte',
      'POST',
      '/api/v1/session',
      { headers: json, body: JSON.stringify('x'.repeat(5e5)) },
      413,
      'too-large',
    ],
  ]
  test.each(cases)('%s', async (_name, method, path, { headers = {}, body }, status, code) => {
    const response = await fetch(`${office.baseUrl}${path}`, {
      method,
      headers: { origin: office.baseUrl, ...headers },
      ...(body === undefined ? {} : { body }),
    })
    const answer = (await response.json()) as Record<string, unknown>
    expect({ status: response.status, ...answer }).toMatchObject({ status, code })
    expect(answer['requestId']).toBe(response.headers.get('x-request-id') ?? answer['requestId'])
    expect(answer['message']).toBe(errorCodes[code as keyof typeof errorCodes].message.de)
  })

  test('name the fields in the language asked for', async () => {
    const visitor = new Visitor(office.baseUrl)
    const body = { email: '', code: 'x'.repeat(20) }
    const german = await visitor.ask('POST', '/api/v1/session', { body })
    expect(german.body.fields).toEqual([
      { path: 'email', message: 'Bitte ausfüllen.' },
      { path: 'password', message: 'Bitte ausfüllen.' },
      { path: 'code', message: 'Höchstens 16 Zeichen.' },
    ])
    const headers = { 'accept-language': 'fr, en;q=0.9, de;q=0.5' }
    const english = await visitor.ask('POST', '/api/v1/session', { body, headers })
    expect(english.body.message).toBe('Please check what you entered.')
    expect(english.body.fields?.[0]).toEqual({ path: 'email', message: 'Please fill this in.' })
  })

  test('a parameter that is given twice is none of them', async () => {
    for (const [role, path] of [
      ['clerk', '/conversations?limit=1&limit=2'],
      ['auditor', '/audit/events?act=refused&act=answered'],
    ] as const)
      expect(await staff.get(role)?.get(path)).toMatchObject({
        status: 400,
        body: { code: 'invalid-input' },
      })
  })

  test('of ours have no text', async () => {
    const { pool } = office.database
    await pool.query('alter table session rename to session_away')
    try {
      const answer = await staff.get('clerk')?.get('/session')
      expect(answer).toMatchObject({ status: 500, body: { code: 'defect' } })
      expect(JSON.stringify(answer?.body)).not.toContain('session_away')
      expect(JSON.stringify(answer?.body)).not.toMatch(/relation|exist/)
    } finally {
      await pool.query('alter table session_away rename to session')
    }
    expect(office.logLines.some((line) => line.includes('request failed') && line.includes('42P01'))).toBe(
      true,
    )
  })
})

test('metrics are read on this machine, but not through a proxy', async () => {
  const metrics = await fetch(`${office.baseUrl}/metrics`)
  expect(await metrics.text()).toContain('buergerdraht_intake_waiting 0')
  const proxied = await fetch(`${office.baseUrl}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.7' } })
  expect(proxied.status).toBe(403)
})
