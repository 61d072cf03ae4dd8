import type { Session } from '@buergerdraht/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EventReader } from './event-reader.ts'
import { StoryOffice } from './start-office.ts'
import { Visitor } from './visitor.ts'

let office: StoryOffice
let now = new Date('2026-11-23T08:00:00Z')
function minutes(count: number) {
  now = new Date(now.getTime() + count * 60_000)
}

beforeAll(async () => {
  office = await StoryOffice.prepare({ now: () => now })
  await office.startApi()
})
afterAll(() => office.close())

function loginOf(role: string) {
  const login = office.demo.logins.find((one) => one.role === role)
  if (login === undefined) throw new Error(role)
  return login
}

describe('signing in', () => {
  test('gives a session whose token is stored nowhere', async () => {
    const { email, password } = loginOf('clerk')
    const visitor = new Visitor(office.baseUrl)
    const answer = await visitor.signIn(` ${email.toUpperCase()} `, password)
    expect(answer.status).toBe(200)
    expect(answer.body.account).toMatchObject({ email, role: 'clerk', teams: [{ name: 'Bürgeramt' }] })
    const [cookie = '', device = ''] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/^__Host-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/)
    expect(device).toMatch(
      /^__Host-device=[\w.-]{45}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=15552000$/,
    )
    const token = cookie.slice('__Host-session='.length, cookie.indexOf(';'))
    const { rows } = await office.database.pool.query<{ row: string }>(
      `select session::text as row from session where account_id = (select id from account where email = $1)`,
      [email],
    )
    expect(rows).not.toHaveLength(0)
    for (const { row } of rows) {
      expect(row).not.toContain(token)
      expect(row).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
    }
    expect((await visitor.get<Session>('/session')).body.account.email).toBe(email)
  })

  test('wrong password, unknown address and disabled account are one answer', async () => {
    const { email, password } = loginOf('auditor')
    await office.database.prisma.account.update({ where: { email }, data: { disabledAt: now } })
    const answers = await Promise.all([
      new Visitor(office.baseUrl).signIn(loginOf('dpo').email, 'not the password'),
      new Visitor(office.baseUrl).signIn('nobody@musterstadt.example', 'not the password'),
      new Visitor(office.baseUrl).signIn(email, password),
    ])
    await office.database.prisma.account.update({ where: { email }, data: { disabledAt: null } })
    for (const { status, body, headers } of answers) {
      expect({ status, code: body.code, cookie: headers.get('set-cookie') }).toEqual({
        status: 401,
        code: 'wrong-credentials',
        cookie: null,
      })
    }
  })

  test('ends the session that the browser still held', async () => {
    const { email, password } = loginOf('records')
    const visitor = new Visitor(office.baseUrl)
    await visitor.signIn(email, password)
    const old = new Visitor(office.baseUrl)
    old.cookie = visitor.cookie
    await visitor.signIn(email, password)
    expect(visitor.cookie).not.toBe(old.cookie)
    expect((await old.get('/session')).status).toBe(401)
    expect((await visitor.get('/session')).status).toBe(200)
  })

  test('is slowed down for who guesses, also after a restart, and for nobody else', async () => {
    const { email, password } = loginOf('team-lead')
    const own = new Visitor(office.baseUrl)
    const signedIn = await own.signIn(email, password)
    own.cookie = signedIn.headers.getSetCookie()[1]?.split(';')[0] ?? null
    const guesser = new Visitor(office.baseUrl)
    const statuses: number[] = []
    for (let guess = 0; guess < 11; guess += 1)
      statuses.push((await guesser.signIn(email, `guess ${guess}`)).status)
    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401))
    expect(statuses[10]).toBe(429)
    await office.stopApi()
    await office.startApi()
    expect((await guesser.signIn(email, password)).status).toBe(429)
    expect((await own.signIn(email, password)).status).toBe(200)
    expect((await office.signIn('dpo')).cookie).not.toBeNull()
    minutes(16)
    expect((await office.signIn('team-lead')).cookie).not.toBeNull()
  })
})

describe('a session', () => {
  test('is void at once after signing out, also for who has stolen it', async () => {
    const visitor = await office.signIn('clerk')
    const thief = new Visitor(office.baseUrl)
    thief.cookie = visitor.cookie
    const answer = await visitor.delete('/session')
    expect(answer.status).toBe(204)
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"')
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-session=; .*Max-Age=0$/)
    const stolen = await thief.get('/conversations')
    expect(stolen).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
  })

  test('ends after an idle hour, but not while it is used', async () => {
    const visitor = await office.signIn('clerk')
    for (let use = 0; use < 3; use += 1) {
      minutes(50)
      expect((await visitor.get('/session')).status).toBe(200)
    }
    minutes(60)
    expect((await visitor.get('/session')).status).toBe(401)
  })

  test.each([
    ['keeps itself up to date', '/session', { 'buergerdraht-unattended': 'true' }],
    ['draws what has arrived', '/session', { 'sec-fetch-dest': 'image' }],
    ['opens its stream again', '/events', { accept: 'text/event-stream' }],
  ])('ends after an idle hour although its page %s', async (_what, path, headers) => {
    const visitor = await office.signIn('clerk')
    async function statusOf() {
      const ending = new AbortController()
      const { status } = await fetch(`${office.baseUrl}/api/v1${path}`, {
        headers: visitor.headers(headers),
        signal: ending.signal,
      })
      ending.abort()
      return status
    }
    for (let look = 0; look < 2; look += 1) {
      minutes(29)
      expect(await statusOf()).toBe(200)
    }
    minutes(2)
    expect(await statusOf()).toBe(401)
    expect((await visitor.get('/session')).status).toBe(401)
  })

  test('ends twelve hours after signing in, however busy', async () => {
    const visitor = await office.signIn('clerk')
    for (let use = 0; use < 14; use += 1) {
      minutes(50)
      expect((await visitor.get('/session')).status).toBe(200)
    }
    minutes(21)
    expect((await visitor.get('/session')).status).toBe(401)
  })

  test('ends with the next request when the account is disabled, and its stream ends too', async () => {
    const visitor = await office.signIn('clerk', 1)
    const stream = await EventReader.open(visitor)
    const { email } = office.demo.logins.filter(({ role }) => role === 'clerk')[1] ?? { email: '' }
    await office.database.prisma.account.update({ where: { email }, data: { disabledAt: now } })
    expect((await visitor.get('/session')).status).toBe(401)
    await stream.until(() => stream.ended)
    expect((await EventReader.open(visitor, stream.lastEventId)).status).toBe(401)
    await office.database.prisma.account.update({ where: { email }, data: { disabledAt: null } })
  })

  test('follows a change of role at once', async () => {
    const visitor = await office.signIn('dpo')
    const { email } = loginOf('dpo')
    expect((await visitor.get('/channels')).status).toBe(403)
    await office.database.prisma.account.update({ where: { email }, data: { role: 'admin' } })
    expect((await visitor.get<Session>('/session')).body.account.role).toBe('admin')
    await office.database.prisma.account.update({ where: { email }, data: { role: 'dpo' } })
  })
})

describe('a foreign page', () => {
  test.each([
    ['of another origin', { origin: 'https://evil.example' }],
    ['that hides its origin', { origin: 'null' }],
    ['of another site with a forged origin', { 'sec-fetch-site': 'cross-site' }],
  ])('%s changes nothing', async (_name, headers) => {
    const visitor = await office.signIn('clerk')
    const answer = await visitor.ask('DELETE', '/api/v1/session', { headers })
    expect(answer).toMatchObject({ status: 403, body: { code: 'foreign-origin' } })
    expect((await visitor.get('/session')).status).toBe(200)
  })
})
