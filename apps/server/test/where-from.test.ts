import { randomBytes } from 'node:crypto'
import type { ErrorBody, SignInSettings } from '@buergerdraht/contract'
import { liftPlaceRules } from '@buergerdraht/office'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { EventReader } from './event-reader.ts'
import { StoryOffice } from './start-office.ts'
import { Visitor } from './visitor.ts'

const town = '10.20.3.4'
const cafe = '198.51.100.7'
const certificate = randomBytes(32).toString('hex')

/** A browser behind the proxy that the office trusts. */
class PlacedVisitor extends Visitor {
  place: Record<string, string> = { 'x-forwarded-for': town }
  override headers(more: Record<string, string> = {}): Record<string, string> {
    return { ...super.headers(more), ...this.place, ...more }
  }
}

let office: StoryOffice
let stranger: StoryOffice
beforeAll(async () => {
  const header = { CLIENT_CERTIFICATE_HEADER: 'X-Device-Certificate' }
  office = await StoryOffice.prepare({ environment: { TRUSTED_PROXIES: '127.0.0.1', ...header } })
  stranger = await StoryOffice.prepare({ environment: { TRUSTED_PROXIES: '192.0.2.1', ...header } })
  await office.startApi()
  await stranger.startApi()
})
afterAll(async () => {
  await office.close()
  await stranger.close()
})
afterEach(async () => {
  for (const { database } of [office, stranger])
    await database.pool.query(`update sign_in_setting set network_rules = '{}', certificate_roles = '{}'`)
})

async function signIn(role: string, place: Record<string, string> = {}, at = office) {
  const login = at.demo.logins.find((one) => one.role === role)
  const visitor = new PlacedVisitor(at.baseUrl)
  visitor.place = { 'x-forwarded-for': town, ...place }
  const { status, body } = await visitor.signIn(login?.email ?? '', login?.password ?? '')
  return { visitor, status, code: body.code }
}

function change(admin: Visitor, body: object) {
  return admin.ask<SignInSettings & ErrorBody>('PATCH', '/api/v1/sign-in-settings', { body })
}

async function entries(act: string, at = office) {
  const { rows } = await at.database.pool.query<{ facts: object; network: string }>(
    'select facts, network from audit_entry where act = $1 order by id',
    [act],
  )
  return rows
}

test('a role is answered from its networks only, from the next request on, and nobody else is concerned', async () => {
  // The only test of this account: of one, refusals are recorded once in five minutes.
  const { visitor: admin } = await signIn('admin', { 'x-forwarded-for': cafe })
  const inside = (await signIn('team-lead', { 'x-forwarded-for': '2001:db8:1::9' })).visitor
  const outside = (await signIn('team-lead', { 'x-forwarded-for': cafe })).visitor
  const networks = ['10.20.0.0/16', '2001:db8:1::/48', '192.0.2.9']
  const saved = await change(admin, { networkRules: { 'team-lead': networks } })
  expect(saved).toMatchObject({ status: 200, body: { networkRules: { 'team-lead': networks } } })
  expect((await inside.get('/conversations')).status).toBe(200)
  expect(await outside.get('/conversations')).toMatchObject({
    status: 403,
    body: { code: 'network-not-allowed' },
  })
  for (const [address, status] of [
    [town, 200],
    ['::ffff:10.20.0.1', 200],
    ['192.0.2.9', 200],
    ['192.0.2.8', 403],
    ['10.21.0.1', 403],
    ['2001:db8:2::9', 403],
    ['nowhere', 403],
  ] as const) {
    outside.place = { 'x-forwarded-for': address }
    expect((await outside.get('/session')).status, address).toBe(status)
  }
  expect((await admin.get('/session')).status).toBe(200)
  expect(await entries('refused')).toContainEqual({ facts: { reason: 'network-not-allowed' }, network: cafe })
  expect((await entries('settings-changed')).at(-1)?.facts).toMatchObject({ networks: true })
})

test('an open stream ends when its network is not allowed any more, another goes on', async () => {
  const { visitor: admin } = await signIn('admin')
  const inside = await EventReader.open((await signIn('clerk')).visitor)
  const outside = await EventReader.open((await signIn('clerk', { 'x-forwarded-for': cafe })).visitor)
  expect((await change(admin, { networkRules: { clerk: ['10.20.0.0/16'] } })).status).toBe(200)
  await outside.until(() => outside.ended, 5000)
  expect(inside.ended).toBe(false)
  inside.close()
})

test('nobody signs in from outside, and only who knows the password is told why', async () => {
  const { visitor: admin } = await signIn('admin')
  await change(admin, { networkRules: { dpo: ['10.20.0.0/16'] } })
  expect(await signIn('dpo', { 'x-forwarded-for': cafe })).toMatchObject({
    status: 403,
    code: 'network-not-allowed',
  })
  const guess = new PlacedVisitor(office.baseUrl)
  guess.place = { 'x-forwarded-for': cafe }
  const login = office.demo.logins.find(({ role }) => role === 'dpo')
  expect((await guess.signIn(login?.email ?? '', 'not the password')).body.code).toBe('wrong-credentials')
  expect((await signIn('dpo')).status).toBe(200)
  const failures = await entries('sign-in-failed')
  expect(failures).toContainEqual({ facts: { reason: 'network-not-allowed' }, network: cafe })
})

test('forged headers are without effect', async () => {
  const { visitor: admin } = await signIn('admin')
  const { visitor: clerk } = await signIn('clerk', { 'x-forwarded-for': cafe })
  await change(admin, { networkRules: { clerk: ['10.20.0.0/16'] } })
  // What a browser puts first, the proxy's own word follows.
  for (const place of [
    { 'x-forwarded-for': `${town}, ${cafe}` },
    { 'x-forwarded-for': cafe, 'x-real-ip': town, forwarded: `for=${town}` },
    { 'x-forwarded-for': cafe, 'x-client-ip': town, 'true-client-ip': town },
  ]) {
    clerk.place = place
    expect((await clerk.get('/session')).status, JSON.stringify(place)).toBe(403)
  }
  // Nobody named this machine as a proxy there.
  const { visitor: boss } = await signIn('admin', {}, stranger)
  const { visitor: direct } = await signIn('clerk', {}, stranger)
  const { status, body } = await change(boss, { networkRules: { clerk: ['10.20.0.0/16'] } })
  expect([status, body.asker]).toEqual([200, { address: '127.0.0.1', certificate: false }])
  expect((await direct.get('/session')).status).toBe(403)
  await change(boss, { networkRules: { clerk: [] }, certificateRoles: ['clerk'] })
  direct.place = { 'x-forwarded-for': town, 'x-device-certificate': certificate }
  expect(await direct.get('/session')).toMatchObject({ status: 403, body: { code: 'certificate-required' } })
})

test('a certificate can be demanded, and a session is worth nothing on another device', async () => {
  const { visitor: admin } = await signIn('admin')
  const { visitor: without } = await signIn('clerk')
  const { visitor: with_, status } = await signIn('clerk', { 'x-device-certificate': certificate })
  expect(status).toBe(200)
  await change(admin, { certificateRoles: ['clerk'] })
  expect(await without.get('/session')).toMatchObject({ status: 403, body: { code: 'certificate-required' } })
  expect((await signIn('clerk')).code).toBe('certificate-required')
  expect((await with_.get('/session')).status).toBe(200)
  const stream = await EventReader.open(with_)
  for (const header of [randomBytes(32).toString('hex'), `${certificate}, ${certificate}`, 'yes', '']) {
    with_.place = { 'x-forwarded-for': town, 'x-device-certificate': header }
    expect(await with_.get('/session'), header).toMatchObject({
      status: 401,
      body: { code: 'not-signed-in' },
    })
  }
  // In the other of two ways to write it, it is the same.
  const colons = certificate.toUpperCase().replace(/..(?=.)/g, '$&:')
  with_.place = { 'x-forwarded-for': town, 'x-device-certificate': colons }
  expect((await with_.get('/session')).status).toBe(200)
  expect(stream.ended).toBe(false)
  stream.close()
})

test('a rule that would shut out whoever saves it is refused, and nothing is changed', async () => {
  const { visitor: admin } = await signIn('admin')
  for (const body of [
    { networkRules: { admin: ['192.0.2.0/24'], clerk: ['192.0.2.0/24'] } },
    { certificateRoles: ['admin', 'clerk'] },
  ])
    expect(await change(admin, body)).toMatchObject({ status: 409, body: { code: 'rule-shuts-you-out' } })
  const { body } = await admin.get<SignInSettings>('/sign-in-settings')
  expect([body.networkRules, body.certificateRoles]).toEqual([{}, []])
  expect((await change(admin, { networkRules: { admin: ['10.0.0.0/8'] } })).status).toBe(200)
})

test('nonsense is refused by its field', async () => {
  const { visitor: admin } = await signIn('admin')
  const networks = [
    '10.20.0.0/16',
    '10.20.3.4/16',
    '10.1',
    'rathaus',
    '10.0.0.0/33',
    '::/0',
    '2001:db8::1/32',
    '1.2.3.4/8/8',
  ]
  const { status, body } = await change(admin, { networkRules: { clerk: networks } })
  expect(status).toBe(400)
  expect(body.fields?.map(({ path }) => path)).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map((n) => `networkRules.clerk.${n}`),
  )
  expect(await change(admin, { networkRules: { mayor: ['10.0.0.0/8'] } })).toMatchObject({ status: 400 })
})

test('certificates are not demanded where none are handed on', async () => {
  const plain = await StoryOffice.prepare()
  try {
    await plain.startApi()
    const admin = await plain.signIn('admin')
    expect((await change(admin, { certificateRoles: ['clerk'] })).body.fields).toMatchObject([
      { path: 'certificateRoles' },
    ])
  } finally {
    await plain.close()
  }
})

test('changing the rules wants a step-up, and there is a way back at the command line', async () => {
  const { visitor: admin } = await signIn('admin')
  await change(admin, { networkRules: { clerk: ['192.0.2.0/24'] } })
  const { pool, prisma } = office.database
  await pool.query(`update session set authenticated_at = authenticated_at - interval '6 minutes'`)
  expect((await change(admin, { networkRules: { clerk: [] } })).body.code).toBe('step-up-required')
  expect(await liftPlaceRules({ prisma, now: () => new Date() })).toEqual(['clerk'])
  expect((await signIn('clerk')).status).toBe(200)
})
