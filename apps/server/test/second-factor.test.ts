import type { ErrorBody, SecondFactors, SecondFactorWanted, Session, StepUp } from '@buergerdraht/contract'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { totpOf } from '../../../packages/office/src/sign-in/totp.ts'
import { bytesOfBase32 } from '../../../testing/base32.ts'
import { EventReader } from './event-reader.ts'
import { StoryOffice } from './start-office.ts'
import { type Answer, Visitor } from './visitor.ts'

let office: StoryOffice
let now = new Date('2026-11-23T08:00:00Z')
function seconds(count: number) {
  now = new Date(now.getTime() + count * 1000)
}

beforeAll(async () => {
  office = await StoryOffice.prepare({ now: () => now })
  await office.startApi()
})
afterAll(() => office.close())
beforeEach(async () => {
  await office.database.pool.query('truncate sign_in_failure')
})
afterEach(async () => {
  const { pool } = office.database
  await pool.query(`update sign_in_setting set second_factor_roles = '{}'`)
  for (const table of ['session', 'totp_factor', 'passkey', 'recovery_code'])
    await pool.query(`delete from ${table}`)
})

function loginOf(role: string) {
  const login = office.demo.logins.find((one) => one.role === role)
  if (login === undefined) throw new Error(role)
  return login
}

function codeOf(secret: string, stepsAway = 0): string {
  return totpOf(bytesOfBase32(secret), Math.floor(now.getTime() / 30_000) + stepsAway)
}

type AnySignIn = Answer<Session & SecondFactorWanted & ErrorBody>

function signIn(role: string, more: object = {}, visitor = new Visitor(office.baseUrl)): Promise<AnySignIn> {
  const { email, password } = loginOf(role)
  return visitor.post('/session', { email, password, ...more })
}

/** Somebody with an app, its secret and the recovery codes. */
async function withApp(role: 'dpo' | 'clerk' | 'admin') {
  const visitor = await office.signIn(role)
  const { body } = await visitor.post<{ secret: string; uri: string }>('/second-factors/totp')
  const confirmed = await visitor.post<{ recoveryCodes: string[] }>('/second-factors/totp/confirmation', {
    code: codeOf(body.secret),
  })
  expect(confirmed.status).toBe(200)
  seconds(60)
  return { visitor, ...body, ...confirmed.body }
}

async function cookieOf(answer: AnySignIn): Promise<Visitor> {
  const visitor = new Visitor(office.baseUrl)
  visitor.cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? null
  return visitor
}

describe('an app for codes', () => {
  test('is wanted after the right password, and then signs in', async () => {
    const { secret } = await withApp('dpo')
    const asked = await signIn('dpo')
    expect(asked).toMatchObject({ status: 200, body: { secondFactor: ['totp'], passkey: null } })
    expect(asked.headers.get('set-cookie')).toBeNull()
    const done = await signIn('dpo', { code: codeOf(secret) })
    expect(done).toMatchObject({ status: 200, body: { secondFactor: 'shown', account: { role: 'dpo' } } })
    expect((await (await cookieOf(done)).get('/session')).status).toBe(200)
  })

  test('is not spoken of to whoever does not know the password', async () => {
    const { secret } = await withApp('dpo')
    const { email } = loginOf('dpo')
    const visitor = new Visitor(office.baseUrl)
    for (const more of [{}, { code: codeOf(secret) }]) {
      const answer = await visitor.post('/session', { email, password: 'not the password', ...more })
      expect(answer).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
    }
  })

  test('a code counts once, also for two who bring it at once, and none from before it', async () => {
    const { secret } = await withApp('dpo')
    const code = codeOf(secret)
    const answers = await Promise.all([signIn('dpo', { code }), signIn('dpo', { code })])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
    expect(await signIn('dpo', { code: codeOf(secret, -1) })).toMatchObject({
      status: 401,
      body: { code: 'wrong-second-factor' },
    })
    seconds(30)
    expect((await signIn('dpo', { code: codeOf(secret) })).status).toBe(200)
  })

  test('a code of another account, an old one and one that was only shown count nothing', async () => {
    const { secret } = await withApp('dpo')
    const clerk = await withApp('clerk')
    const pending = await office.signIn('records')
    const { body } = await pending.post<{ secret: string }>('/second-factors/totp')
    for (const code of [codeOf(clerk.secret), codeOf(secret, -3), codeOf(body.secret), '', '12345']) {
      const answer = await signIn('dpo', { code })
      expect(answer.headers.get('set-cookie'), code).toBeNull()
    }
    expect((await signIn('records', { code: codeOf(body.secret) })).body.secondFactor).toBe('not-needed')
  })

  test('guessing codes is slowed down, and the right password between guesses does not help', async () => {
    await withApp('dpo')
    const statuses: number[] = []
    for (let guess = 0; guess < 10; guess += 1) {
      await signIn('dpo')
      statuses.push((await signIn('dpo', { code: '000000' })).status)
    }
    expect(statuses).toEqual(Array(10).fill(401))
    expect((await signIn('dpo')).status).toBe(429)
  })

  test('the secret lies sealed, and its key goes with it', async () => {
    const { visitor, secret } = await withApp('dpo')
    const { pool } = office.database
    async function keyCount(): Promise<number> {
      return (await pool.query(`select 1 from data_key where purpose = 'account'`)).rowCount ?? 0
    }
    const { rows } = await pool.query<{ secret_sealed: Buffer }>('select secret_sealed from totp_factor')
    expect(rows[0]?.secret_sealed.includes(bytesOfBase32(secret))).toBe(false)
    const before = await keyCount()
    expect((await visitor.delete('/second-factors/totp')).status).toBe(204)
    expect(await keyCount()).toBe(before - 1)
    expect((await visitor.get<SecondFactors>('/second-factors')).body).toMatchObject({
      totp: false,
      recoveryCodes: 0,
    })
  })

  test('another one is set up only when the first is gone', async () => {
    const { visitor } = await withApp('dpo')
    expect(await visitor.post('/second-factors/totp')).toMatchObject({
      status: 409,
      body: { code: 'second-factor-exists' },
    })
  })
})

describe('recovery codes', () => {
  test('each signs in once, as it is written down; new ones make the old ones void', async () => {
    const { visitor, recoveryCodes } = await withApp('dpo')
    expect(new Set(recoveryCodes).size).toBe(10)
    const [first = '', second = ''] = recoveryCodes
    expect((await signIn('dpo', { code: first.toUpperCase().replaceAll('-', ' ') })).status).toBe(200)
    expect((await signIn('dpo', { code: first })).status).toBe(401)
    expect((await visitor.get<SecondFactors>('/second-factors')).body.recoveryCodes).toBe(9)
    const renewed = await visitor.post<{ recoveryCodes: string[] }>('/second-factors/recovery-codes')
    expect((await signIn('dpo', { code: second })).status).toBe(401)
    expect((await signIn('dpo', { code: renewed.body.recoveryCodes[0] })).status).toBe(200)
  })

  test('are stored nowhere', async () => {
    const { recoveryCodes } = await withApp('dpo')
    const { rows } = await office.database.pool.query<{ row: string }>(
      'select recovery_code::text as row from recovery_code',
    )
    const stored = rows.map(({ row }) => row).join()
    for (const code of recoveryCodes) {
      expect(stored).not.toContain(Buffer.from(code.replaceAll('-', '')).toString('hex'))
    }
    expect(rows).toHaveLength(10)
  })
})

describe('a role that needs a second factor', () => {
  test('sets one up in place, and does nothing before', async () => {
    await office.database.pool.query(`update sign_in_setting set second_factor_roles = '{dpo,admin}'`)
    const visitor = await office.signIn('admin')
    expect((await visitor.get<Session>('/session')).body.secondFactor).toBe('to-set-up')
    expect(await visitor.get('/channels')).toMatchObject({
      status: 403,
      body: { code: 'second-factor-required' },
    })
    expect((await EventReader.open(visitor)).status).toBe(403)
    const { body } = await visitor.post<{ secret: string }>('/second-factors/totp')
    await visitor.post('/second-factors/totp/confirmation', { code: codeOf(body.secret) })
    expect((await visitor.get('/channels')).status).toBe(200)
    expect(await visitor.delete('/second-factors/totp')).toMatchObject({
      status: 409,
      body: { code: 'last-second-factor' },
    })
  })

  test('holds from the next request on, also for open streams and for the administrator who says so', async () => {
    const dpo = await office.signIn('dpo')
    const admin = await office.signIn('admin')
    const stream = await EventReader.open(dpo)
    const changed = await admin.ask('PATCH', '/api/v1/sign-in-settings', {
      body: { secondFactorRoles: ['dpo', 'admin'] },
    })
    expect(changed).toMatchObject({ status: 200, body: { secondFactorRoles: ['dpo', 'admin'] } })
    expect((await admin.get('/channels')).status).toBe(403)
    await stream.until(() => stream.ended)
  })

  test('a session from before the second factor shows it first', async () => {
    const before = await office.signIn('dpo')
    const { secret } = await withApp('dpo')
    expect((await before.get<Session>('/session')).body.secondFactor).toBe('wanted')
    expect((await before.get('/session/others')).status).toBe(403)
    // Nor does it set up another one in place of showing the one there is.
    const attempts = [
      await before.post('/second-factors/totp'),
      await before.post('/second-factors/totp/confirmation', { code: codeOf(secret) }),
      await before.post('/second-factors/passkeys/question'),
      await before.post('/second-factors/passkeys', {}),
    ]
    for (const { body } of attempts) expect(body.code).toBe('second-factor-required')
    const shown = await before.post<StepUp>('/session/step-up', { code: codeOf(secret) })
    expect(shown.status).toBe(200)
    expect((await before.get<Session>('/session')).body.secondFactor).toBe('shown')
  })
})

describe('a step-up', () => {
  test('is wanted once signing in lies five minutes back, and what was asked works then', async () => {
    const visitor = await office.signIn('dpo')
    seconds(299)
    expect((await visitor.post('/second-factors/totp')).status).toBe(201)
    seconds(1)
    const late = await visitor.post('/second-factors/totp')
    expect(late).toMatchObject({ status: 401, body: { code: 'step-up-required' } })
    const { body } = await visitor.post<StepUp>('/session/step-up', {})
    expect(body).toEqual({ freshUntil: null, ways: ['password'], passkey: null })
    const wrong = await visitor.post('/session/step-up', { password: 'not the password' })
    expect(wrong).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
    expect((await visitor.post('/second-factors/totp')).status).toBe(401)
    const { password } = loginOf('dpo')
    expect((await visitor.post('/session/step-up', { password })).status).toBe(200)
    expect((await visitor.post('/second-factors/totp')).status).toBe(201)
  })

  test('wants the second factor where there is one: the password alone is refused', async () => {
    const { visitor, secret } = await withApp('dpo')
    seconds(300)
    const { password } = loginOf('dpo')
    expect((await visitor.post<StepUp>('/session/step-up', {})).body.ways).toEqual(['totp'])
    expect((await visitor.post('/session/step-up', { password })).status).toBe(401)
    expect((await visitor.post('/second-factors/recovery-codes')).status).toBe(401)
    expect((await visitor.post('/session/step-up', { code: codeOf(secret) })).status).toBe(200)
    expect((await visitor.post('/second-factors/recovery-codes')).status).toBe(200)
  })

  test('is refused to guessers as signing in is', async () => {
    const visitor = await office.signIn('dpo')
    const statuses: number[] = []
    for (let guess = 0; guess < 11; guess += 1) {
      statuses.push((await visitor.post('/session/step-up', { password: `guess ${guess}` })).status)
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429])
  })

  test('is wanted again when the clock was set back', async () => {
    const visitor = await office.signIn('dpo')
    seconds(-60)
    expect((await visitor.post('/second-factors/totp')).body).toMatchObject({ code: 'step-up-required' })
    seconds(60)
  })
})

describe('one’s own sessions', () => {
  test('are told with browser, network and time, and ended one by one or all at once', async () => {
    type Sessions = {
      items: { id: string; current: boolean; device: string | null; network: string | null }[]
    }
    const here = await office.signIn('dpo')
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
    const elsewhere = new Visitor(office.baseUrl)
    const { email, password } = loginOf('dpo')
    const answer = await elsewhere.ask('POST', '/api/v1/session', {
      body: { email, password },
      headers: { 'user-agent': userAgent },
    })
    elsewhere.cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? null
    const third = await office.signIn('dpo')
    const { items } = (await here.get<Sessions>('/session/others')).body
    expect(items.map(({ current }) => current)).toEqual([true, false, false])
    const firefox = items.find(({ device }) => device === 'Firefox, Linux')
    expect(firefox).toMatchObject({ network: '127.0.0.1', current: false })

    const foreign = await office.signIn('clerk')
    expect((await foreign.delete(`/session/others/${firefox?.id}`)).status).toBe(404)
    expect((await here.delete(`/session/others/${items[0]?.id}`)).status).toBe(404)
    expect((await here.delete(`/session/others/${firefox?.id}`)).status).toBe(204)
    expect((await elsewhere.get('/session')).status).toBe(401)
    expect((await third.get('/session')).status).toBe(200)
    expect((await here.delete('/session/others')).status).toBe(204)
    expect((await third.get('/session')).status).toBe(401)
    expect((await here.get('/session')).status).toBe(200)
    expect((await foreign.get('/session')).status).toBe(200)
  })
})
