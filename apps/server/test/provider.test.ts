import type { ErrorBody, Role, Session, StepUp } from '@buergerdraht/contract'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../../../testing/free-port.ts'
import { type ProviderPerson, TestProvider, walkThrough } from './identity-provider.ts'
import { StoryOffice } from './start-office.ts'
import { type Answer, Visitor } from './visitor.ts'

let office: StoryOffice
let provider: TestProvider
let redirectUri: string
const clerk: ProviderPerson = {
  subject: 'subject-1',
  claims: { email: 'neu@musterstadt.example', name: 'Nele Neu', realm_access: { roles: ['buergeramt'] } },
}

beforeAll(async () => {
  const port = await freePort()
  redirectUri = `http://127.0.0.1:${port}/anmeldung/rueckkehr`
  provider = await TestProvider.start(redirectUri, clerk)
  office = await StoryOffice.prepare({
    environment: { PORT: String(port), ...provider.environment, OIDC_NAME: 'Stadt-Login' },
  })
  await office.startApi()
})
afterAll(async () => {
  await office.close()
  await provider.close()
})
beforeEach(async () => {
  const team = await office.database.prisma.team.findFirstOrThrow({ where: { name: 'Bürgeramt' } })
  await decide('realm_access.roles', [
    { value: 'buergeramt', role: 'clerk', teamIds: [team.id] },
    { value: 'datenschutz', role: 'dpo', teamIds: [] },
  ])
})
afterEach(async () => {
  provider.person = clerk
  provider.forge = null
  provider.fault = null
  const { pool } = office.database
  await pool.query('delete from linked_identity')
  await pool.query('delete from session')
  await pool.query('delete from account where email not in (select unnest($1::text[]))', [
    office.demo.logins.map(({ email }) => email),
  ])
})

async function decide(
  providerClaim: string,
  providerRules: { value: string; role: Role; teamIds: string[] }[],
) {
  await office.database.prisma.signInSetting.update({
    where: { one: true },
    data: { providerClaim, providerRules },
  })
}

type Finished = Answer<Session & ErrorBody>

function keepCookies(visitor: Visitor, { headers }: Answer): void {
  const kept = new Map((visitor.cookie ?? '').split('; ').map((pair) => pair.split('=') as [string, string]))
  for (const cookie of headers.getSetCookie()) {
    const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? []
    kept.set(name, value)
  }
  visitor.cookie = [...kept].flatMap(([name, value]) => (name === '' ? [] : `${name}=${value}`)).join('; ')
}

/** To the provider and back; what the address says then. */
async function goThere(visitor: Visitor, path = '/sign-in-ways/provider'): Promise<string> {
  const begun = await visitor.post<{ url: string }>(path)
  expect(begun.status).toBe(200)
  keepCookies(visitor, begun)
  return walkThrough(begun.body.url, redirectUri)
}

async function finish(visitor: Visitor, parameters: string): Promise<Finished> {
  const answer = await visitor.post<Session & ErrorBody>('/session/provider', { parameters })
  if (answer.status === 200) keepCookies(visitor, answer)
  return answer
}

async function signIn(visitor = new Visitor(office.baseUrl)): Promise<Finished & { visitor: Visitor }> {
  return { ...(await finish(visitor, await goThere(visitor))), visitor }
}

/** What the audit log holds of that act, as its facts, oldest first. */
async function recorded(act: string): Promise<object[]> {
  const { rows } = await office.database.pool.query<{ facts: object }>(
    'select facts from audit_entry where act = $1 order by id',
    [act],
  )
  return rows.map(({ facts }) => facts)
}

function sessionCount(): Promise<number> {
  return office.database.prisma.session.count()
}

describe('signing in with the provider', () => {
  test('makes an account by the rules, and finds it again by issuer and subject', async () => {
    const first = await signIn()
    expect(first).toMatchObject({
      status: 200,
      body: { account: { displayName: 'Nele Neu', role: 'clerk', teams: [{ name: 'Bürgeramt' }] } },
    })
    expect((await first.visitor.get('/session')).status).toBe(200)
    provider.person = { ...clerk, claims: { ...clerk.claims, email: 'anders@musterstadt.example' } }
    const second = await signIn()
    expect(second.body.account.id).toBe(first.body.account.id)
    expect((await new Visitor(office.baseUrl).get('/sign-in-ways')).body).toEqual({
      local: true,
      provider: 'Stadt-Login',
    })
  })

  test('role and teams follow the rules each time; without a role nobody comes in', async () => {
    const first = await signIn()
    provider.person = { ...clerk, claims: { realm_access: { roles: ['datenschutz'] } } }
    expect((await signIn()).body.account).toMatchObject({ id: first.body.account.id, role: 'dpo', teams: [] })
    provider.person = { ...clerk, claims: { realm_access: { roles: ['anderes'] } } }
    expect(await signIn()).toMatchObject({ status: 403, body: { code: 'provider-gives-no-role' } })
  })

  test('an address that is a colleague’s leads nowhere, at the first sign-in and later', async () => {
    const admin = office.demo.logins.find(({ role }) => role === 'admin')?.email ?? ''
    provider.person = {
      ...clerk,
      claims: { ...clerk.claims, email: admin.toUpperCase(), email_verified: true },
    }
    expect(await signIn()).toMatchObject({ status: 409, body: { code: 'account-not-linked' } })
    expect(await sessionCount()).toBe(0)
    provider.person = clerk
    const own = await signIn()
    provider.person = { ...clerk, claims: { ...clerk.claims, email: admin } }
    expect((await signIn()).body.account).toMatchObject({ id: own.body.account.id, role: 'clerk' })
  })

  test('whoever is signed in links their account, and nobody else’s', async () => {
    await decide('roles', [])
    expect(await signIn()).toMatchObject({ status: 403, body: { code: 'provider-gives-no-role' } })
    const records = await office.signIn('records')
    expect((await finish(records, await goThere(records, '/linked-identity'))).status).toBe(200)
    expect((await signIn()).body.account.role).toBe('records')
    const other = await office.signIn('dpo')
    expect(await finish(other, await goThere(other, '/linked-identity'))).toMatchObject({
      status: 409,
      body: { code: 'identity-linked-already' },
    })
    expect((await recorded('refused')).at(-1)).toEqual({
      asked: 'change-own-sign-in',
      reason: 'identity-linked-already',
    })
    expect(await recorded('sign-in-failed')).toContainEqual({
      reason: 'provider-gives-no-role',
      provider: true,
    })
  })

  test('a disabled account stays outside', async () => {
    const { body } = await signIn()
    await office.database.prisma.account.update({
      where: { id: body.account.id },
      data: { disabledAt: new Date() },
    })
    expect(await signIn()).toMatchObject({ status: 401, body: { code: 'provider-refused-sign-in' } })
  })

  test('an account that came from there has no password to guess', async () => {
    await signIn()
    const local = await new Visitor(office.baseUrl).signIn('neu@musterstadt.example', 'anything at all')
    expect(local).toMatchObject({ status: 401, body: { code: 'wrong-credentials' } })
  })
})

describe('what is brought back', () => {
  test('counts once, and in the browser that began it', async () => {
    const visitor = new Visitor(office.baseUrl)
    const parameters = await goThere(visitor)
    expect((await finish(new Visitor(office.baseUrl), parameters)).body.code).toBe('provider-refused-sign-in')
    const { cookie } = visitor
    expect((await finish(visitor, parameters)).status).toBe(200)
    visitor.cookie = cookie
    expect(await finish(visitor, parameters)).toMatchObject({
      status: 401,
      body: { code: 'provider-refused-sign-in' },
    })
    // Of those from one network there is one entry in five minutes.
    const failures = await recorded('sign-in-failed')
    const refused = { reason: 'provider-refused-sign-in', provider: true }
    expect(failures).toContainEqual(refused)
    for (let n = 0; n < 5; n += 1) await finish(new Visitor(office.baseUrl), 'state=x')
    expect((await recorded('sign-in-failed')).length - failures.length).toBeLessThanOrEqual(1)
  })

  test.each([
    ['another state', (q: URLSearchParams) => q.set('state', 'x')],
    ['another issuer', (q: URLSearchParams) => q.set('iss', 'https://evil.example')],
    ['a code of nobody', (q: URLSearchParams) => q.set('code', 'x')],
    [
      'a refusal',
      (q: URLSearchParams) => {
        q.delete('code')
        q.set('error', 'access_denied')
      },
    ],
    ['nothing', (q: URLSearchParams) => q.delete('code')],
  ])('with %s is refused', async (_name, spoil) => {
    const visitor = new Visitor(office.baseUrl)
    const parameters = new URLSearchParams(await goThere(visitor))
    spoil(parameters)
    expect(await finish(visitor, parameters.toString())).toMatchObject({
      status: 401,
      body: { code: 'provider-refused-sign-in' },
    })
    expect(await sessionCount()).toBe(0)
  })

  function signed(claims: JWTPayload, kid = provider.key.kid): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(provider.key.privateKey)
  }
  const hour = 3600
  test.each<[string, (claims: JWTPayload) => Promise<string>]>([
    ['without a signature', async (claims) => new UnsecuredJWT(claims).encode()],
    ['with half a signature', async (claims) => (await signed(claims)).slice(0, -20)],
    [
      'signed with a secret that everybody knows',
      (claims) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(provider.clientSecret)),
    ],
    [
      'changed after it was signed',
      async (claims) => {
        const [head, , tail] = (await signed(claims)).split('.')
        return `${head}.${Buffer.from(JSON.stringify({ ...claims, sub: 'admin' })).toString('base64url')}.${tail}`
      },
    ],
    [
      'signed with a key that its own header brings',
      async (claims) => {
        const { privateKey, publicKey } = await generateKeyPair('RS256')
        const header = { alg: 'RS256', jwk: await exportJWK(publicKey), jku: 'https://evil.example/keys' }
        return new SignJWT(claims).setProtectedHeader(header).sign(privateKey)
      },
    ],
    ['of another issuer', (claims) => signed({ ...claims, iss: 'https://evil.example' })],
    ['for another audience', (claims) => signed({ ...claims, aud: 'another-client' })],
    [
      'that is over',
      (claims) => signed({ ...claims, iat: (claims.iat ?? 0) - 2 * hour, exp: (claims.iat ?? 0) - hour }),
    ],
    ['with the nonce of another sign-in', (claims) => signed({ ...claims, nonce: 'another' })],
    ['without a nonce', ({ nonce: _, ...claims }) => signed(claims)],
    ['of nobody', ({ sub: _, ...claims }) => signed(claims)],
    ['that is no token', async () => 'x'],
  ])('an ID token %s is refused', async (_name, forge) => {
    provider.forge = forge
    expect(await signIn()).toMatchObject({ status: 401, body: { code: 'provider-refused-sign-in' } })
    expect(await sessionCount()).toBe(0)
  })

  test('the same token as it is signs in, also with a key that is new', async () => {
    provider.forge = (claims) => signed(claims)
    expect((await signIn()).status).toBe(200)
    provider.forge = null
    await provider.rotateKey()
    expect((await signIn()).status).toBe(200)
  })
})

describe('a provider that', () => {
  test.each<[string, NonNullable<TestProvider['fault']>]>([
    ['hangs up', (request) => request.socket.destroy()],
    [
      'answers with a page',
      (_request, response) => response.setHeader('content-type', 'text/html').end('<p>Wartung</p>'),
    ],
    ['has failed', (_request, response) => response.writeHead(502).end()],
    [
      'says what is no JSON',
      (_request, response) => response.setHeader('content-type', 'application/json').end('{'),
    ],
  ])('%s is not taken for one that refuses, before and after', async (_name, fault) => {
    provider.fault = fault
    const begun = await new Visitor(office.baseUrl).post('/sign-in-ways/provider')
    expect(begun).toMatchObject({ status: 503, body: { code: 'provider-unavailable' } })
    provider.fault = null
    const visitor = new Visitor(office.baseUrl)
    const parameters = await goThere(visitor)
    provider.fault = fault
    expect(await finish(visitor, parameters)).toMatchObject({
      status: 503,
      body: { code: 'provider-unavailable' },
    })
  })

  test('does not answer is given up', async () => {
    provider.fault = () => undefined
    const begun = await new Visitor(office.baseUrl).post('/sign-in-ways/provider')
    expect(begun).toMatchObject({ status: 503, body: { code: 'provider-unavailable' } })
  })
})

describe('a step-up with the provider', () => {
  test('is of the same person, there and now', async () => {
    const { visitor } = await signIn()
    const { pool } = office.database
    await pool.query(`update session set authenticated_at = now() - interval '10 minutes'`)
    expect((await visitor.post<StepUp>('/session/step-up', {})).body).toMatchObject({
      freshUntil: null,
      ways: ['provider'],
    })
    expect((await visitor.post('/second-factors/totp')).body).toMatchObject({ code: 'step-up-required' })
    provider.person = { ...clerk, subject: 'subject-2' }
    const foreign = await finish(visitor, await goThere(visitor, '/session/step-up/provider'))
    expect(foreign).toMatchObject({ status: 401, body: { code: 'provider-refused-sign-in' } })
    provider.person = clerk
    provider.forge = (claims) =>
      new SignJWT({ ...claims, auth_time: Math.floor(Date.now() / 1000) - 3600 })
        .setProtectedHeader({ alg: 'RS256', kid: provider.key.kid })
        .sign(provider.key.privateKey)
    const old = await finish(visitor, await goThere(visitor, '/session/step-up/provider'))
    expect(old).toMatchObject({ status: 403, body: { code: 'provider-assurance-missing' } })
    expect((await visitor.post('/second-factors/totp')).status).toBe(401)
    provider.forge = null
    expect((await finish(visitor, await goThere(visitor, '/session/step-up/provider'))).status).toBe(200)
    expect((await visitor.post('/second-factors/totp')).status).toBe(201)
  })
})

describe('the provider signs out', () => {
  function tell(token: string): Promise<Response> {
    return fetch(`${office.baseUrl}/oidc/back-channel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    })
  }
  const { subject } = clerk

  test('everything of a person, and the same token counts once', async () => {
    const [one, other] = [await signIn(), await signIn()]
    const local = await office.signIn('dpo')
    const token = await provider.logoutToken({ sub: subject })
    expect((await tell(token)).status).toBe(200)
    for (const { visitor } of [one, other]) expect((await visitor.get('/session')).status).toBe(401)
    expect((await local.get('/session')).status).toBe(200)
    expect((await recorded('sessions-ended')).at(-1)).toEqual({ sessions: 2, provider: true })
    expect((await tell(token)).status).toBe(401)
    expect((await tell(await provider.logoutToken({ sub: 'nobody' }))).status).toBe(200)
    expect(office.logLines.some((line) => line.includes('logout token named no session'))).toBe(true)
  })

  test('one session, where it names that', async () => {
    const [one, other] = [await signIn(), await signIn()]
    await office.database.pool.query(
      `update session set provider_session = 'sid-' || row_number from
         (select id, row_number() over (order by created_at) from session) as numbered where numbered.id = session.id`,
    )
    expect((await tell(await provider.logoutToken({ sid: 'sid-1' }))).status).toBe(200)
    expect((await one.visitor.get('/session')).status).toBe(401)
    expect((await other.visitor.get('/session')).status).toBe(200)
  })

  test.each<[string, () => Promise<string>]>([
    ['for another audience', () => provider.logoutToken({ sub: subject, aud: 'another-client' })],
    ['of another issuer', () => provider.logoutToken({ sub: subject, iss: 'https://evil.example' })],
    [
      'that is an hour old',
      () => provider.logoutToken({ sub: subject, iat: Math.floor(Date.now() / 1000) - 3600 }),
    ],
    ['with a nonce', () => provider.logoutToken({ sub: subject, nonce: 'x' })],
    ['that names nobody', () => provider.logoutToken({})],
    ['that is of no logout', () => provider.logoutToken({ sub: subject, events: {} })],
    [
      'without a signature',
      async () =>
        new UnsecuredJWT({ sub: subject, events: {}, iss: provider.issuer, aud: provider.clientId }).encode(),
    ],
    ['that is none', async () => 'x'],
  ])('a token %s ends nothing', async (_name, token) => {
    const { visitor } = await signIn()
    expect((await tell(await token())).status).toBe(401)
    expect((await visitor.get('/session')).status).toBe(200)
  })
})

describe('an office that demands more', () => {
  let strict: StoryOffice
  let strictProvider: TestProvider
  let back: string
  beforeAll(async () => {
    const port = await freePort()
    back = `http://127.0.0.1:${port}/anmeldung/rueckkehr`
    strictProvider = await TestProvider.start(back, clerk)
    const emergency = office.demo.logins.find(({ role }) => role === 'admin')?.email ?? ''
    strict = await StoryOffice.prepare({
      environment: {
        PORT: String(port),
        ...strictProvider.environment,
        OIDC_ACR: 'high',
        OIDC_AMR: 'hwk, otp',
        LOCAL_SIGN_IN: 'false',
        EMERGENCY_ACCOUNT: emergency.toUpperCase(),
      },
    })
    await strict.startApi()
    await strict.database.prisma.signInSetting.update({
      where: { one: true },
      data: {
        secondFactorRoles: ['dpo'],
        providerClaim: 'roles',
        providerRules: [{ value: 'dsb', role: 'dpo', teamIds: [] }],
      },
    })
  })
  afterAll(async () => {
    await strict.close()
    await strictProvider.close()
  })

  async function come(acr: string | undefined, amr: readonly string[]): Promise<Finished> {
    strictProvider.person = {
      subject: 's',
      claims: { roles: ['dsb'] },
      amr,
      ...(acr === undefined ? {} : { acr }),
    }
    const visitor = new Visitor(strict.baseUrl)
    const begun = await visitor.post<{ url: string }>('/sign-in-ways/provider')
    expect(new URL(begun.body.url).searchParams.get('acr_values')).toBe('high')
    keepCookies(visitor, begun)
    return finish(visitor, await walkThrough(begun.body.url, back))
  }

  test('lets nobody in without it, and asks for no second factor of its own with it', async () => {
    for (const [acr, amr] of [
      ['low', ['otp']],
      ['high', ['pwd']],
      [undefined, ['otp']],
    ] as const) {
      expect(await come(acr, amr)).toMatchObject({
        status: 403,
        body: { code: 'provider-assurance-missing' },
      })
    }
    expect(await come('high', ['pwd', 'otp'])).toMatchObject({ status: 200, body: { secondFactor: 'shown' } })
  })

  test('takes a password from the emergency account alone, and tells only who knows one', async () => {
    const [admin, dpo] = ['admin', 'dpo'].map((role) => strict.demo.logins.find((one) => one.role === role))
    const visitor = new Visitor(strict.baseUrl)
    expect((await visitor.signIn(admin?.email ?? '', admin?.password ?? '')).status).toBe(200)
    expect(await visitor.signIn(dpo?.email ?? '', dpo?.password ?? '')).toMatchObject({
      status: 403,
      body: { code: 'local-sign-in-off' },
    })
    expect((await visitor.signIn(dpo?.email ?? '', 'a guess')).body.code).toBe('wrong-credentials')
    expect((await visitor.get('/sign-in-ways')).body).toMatchObject({ local: false })
  })
})
