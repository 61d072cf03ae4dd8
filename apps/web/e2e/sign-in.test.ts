import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { totpOf } from '../../../packages/office/src/sign-in/totp.ts'
import { bytesOfBase32 } from '../../../testing/base32.ts'
import { freePort } from '../../../testing/free-port.ts'
import { TestProvider } from '../../server/test/identity-provider.ts'
import { type StoryOffice, startOffice } from '../../server/test/start-office.ts'
import { axeViolations, launch, signIn, type Visit, visit } from './browser.ts'

let office: StoryOffice
let provider: TestProvider
let browser: Awaited<ReturnType<typeof launch>>
const visits: Visit[] = []

beforeAll(async () => {
  const port = await freePort()
  provider = await TestProvider.start(`http://127.0.0.1:${port}/anmeldung/rueckkehr`, {
    subject: 'subject-1',
    claims: { name: 'Nele Neu', roles: ['buergeramt'] },
  })
  office = await startOffice({
    now: officeNow,
    environment: { PORT: String(port), ...provider.environment, OIDC_NAME: 'Stadt-Login' },
  })
  browser = await launch()
})
afterEach(async () => {
  for (const { complaints, close } of visits.splice(0)) {
    await close()
    expect(complaints).toEqual([])
  }
  aheadMs = 0
  const { pool } = office.database
  await pool.query(`update sign_in_setting set second_factor_roles = '{}'`)
  for (const table of ['totp_factor', 'passkey', 'recovery_code']) await pool.query(`delete from ${table}`)
})
afterAll(async () => {
  await browser?.close()
  await office?.close()
  await provider?.close()
})

async function open(host = '127.0.0.1'): Promise<Visit> {
  const one = await visit(browser, `http://${host}:${new URL(office.baseUrl).port}`)
  visits.push(one)
  one.expectError(/status of 40[13]/)
  return one
}

function loginOf(role: string) {
  const login = office.demo.logins.find((one) => one.role === role)
  if (login === undefined) throw new Error(role)
  return login
}

/** How far the office's clock is ahead, in milliseconds. */
let aheadMs = 0
function officeNow(): Date {
  return new Date(Date.now() + aheadMs)
}
/** Each code may be used once: time goes on to the next one, which is good for half a minute at least. */
function nextCode(secret: string): string {
  aheadMs += 30_000
  return totpOf(bytesOfBase32(secret.replaceAll(' ', '')), Math.floor(officeNow().getTime() / 30_000))
}

async function toOwnPage(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).click()
  await page.getByRole('link', { name: 'Anmeldung und Sicherheit' }).click()
  await page.getByRole('heading', { name: 'Anmeldung und Sicherheit' }).waitFor()
}

async function setUpApp(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'App einrichten' }).click()
  await page.getByRole('img', { name: /QR-Code/ }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  const secret = (await page.locator('main code').textContent()) ?? ''
  await page.getByLabel('Bestätigungscode').fill('000000')
  await page.getByRole('button', { name: 'Bestätigen' }).click()
  await page.getByText('Der Bestätigungscode oder der Passkey gilt nicht.', { exact: false }).waitFor()
  await page.getByLabel('Bestätigungscode').fill(nextCode(secret))
  await page.getByRole('button', { name: 'Bestätigen' }).click()
  await page.getByRole('heading', { name: 'Wiederherstellungscodes' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  const codes = page.getByRole('region', { name: 'Wiederherstellungscodes' }).getByRole('listitem')
  expect(await codes.count()).toBe(10)
  await page.getByRole('button', { name: 'Ich habe sie notiert' }).click()
  return secret
}

test('an app is set up on one’s own page, asked for at the next sign-in, and before what wants it again', async () => {
  const { page } = await open()
  await signIn(page, loginOf('dpo'))
  await toOwnPage(page)
  const secret = await setUpApp(page)
  await page.getByText('Eine App ist eingerichtet.').waitFor()
  expect(await axeViolations(page)).toEqual([])

  await page.getByRole('button', { name: 'Konto und Einstellungen' }).click()
  await page.getByRole('button', { name: 'Abmelden', exact: true }).click()
  await page.getByRole('main').getByText('Sie sind abgemeldet.').waitFor()
  await signIn(page, loginOf('dpo'))
  await page.getByRole('heading', { name: 'Zweiter Schritt' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByLabel('Bestätigungscode').fill('111111')
  await page.getByLabel('Bestätigungscode').press('Enter')
  await page
    .getByRole('alert')
    .getByText('Der Bestätigungscode oder der Passkey gilt nicht.', { exact: false })
    .waitFor()
  await page.getByLabel('Bestätigungscode').fill(nextCode(secret))
  await page.getByLabel('Bestätigungscode').press('Enter')
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).waitFor()

  await toOwnPage(page)
  await office.database.pool.query(`update session set authenticated_at = now() - interval '6 minutes'`)
  await page.getByRole('button', { name: 'Neue Codes anzeigen' }).click()
  const dialog = page.getByRole('dialog', { name: 'Bestätigen Sie, dass Sie es sind' })
  await dialog.waitFor()
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Abbrechen' }).click()
  await page.getByText('Bestätigen Sie bitte noch einmal, dass Sie es sind.').waitFor()
  await page.getByRole('button', { name: 'Neue Codes anzeigen' }).click()
  await dialog.getByLabel('Bestätigungscode').fill(nextCode(secret))
  await dialog.getByLabel('Bestätigungscode').press('Enter')
  await page.getByRole('heading', { name: 'Wiederherstellungscodes' }).waitFor()
  await page.getByRole('button', { name: 'Ich habe sie notiert' }).click()
})

test('a role that needs a second factor sets up a passkey in place, and signs in with it', async () => {
  await office.database.pool.query(`update sign_in_setting set second_factor_roles = '{records}'`)
  const { page } = await open('localhost')
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await signIn(page, loginOf('records'))
  await page.getByRole('heading', { name: 'Zweiter Faktor' }).first().waitFor()
  await page.getByText('Mit Ihrer Rolle brauchen Sie einen zweiten Faktor.', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Passkey anlegen' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByLabel('Name des Passkeys').fill('Dienstrechner')
  await page.getByRole('button', { name: 'Passkey anlegen' }).click()
  await page.getByRole('button', { name: 'Ich habe sie notiert' }).click()
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).waitFor()

  await toOwnPage(page)
  await page.getByText('Dienstrechner', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Dienstrechner entfernen' }).click()
  await page.getByText('Richten Sie zuerst einen anderen ein.', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).click()
  await page.getByRole('button', { name: 'Abmelden', exact: true }).click()
  await page.getByRole('main').getByText('Sie sind abgemeldet.').waitFor()
  await signIn(page, loginOf('records'))
  await page.getByRole('button', { name: 'Passkey verwenden' }).click()
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).waitFor()
})

test('a passkey of another account, and an answer that comes twice, sign nobody in', async () => {
  const { page } = await open('localhost')
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  const answers: { passkey: unknown }[] = []
  page.on('request', (request) => {
    if (request.method() !== 'POST' || !request.url().endsWith('/api/v1/session')) return
    const body = request.postDataJSON() as { passkey?: unknown }
    if (body.passkey !== undefined) answers.push({ passkey: body.passkey })
  })
  await signIn(page, loginOf('auditor'))
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).waitFor()
  await toOwnPage(page)
  await page.getByRole('button', { name: 'Passkey anlegen' }).click()
  await page.getByRole('button', { name: 'Ich habe sie notiert' }).click()
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).click()
  await page.getByRole('button', { name: 'Abmelden', exact: true }).click()
  await page.getByRole('main').getByText('Sie sind abgemeldet.').waitFor()
  await signIn(page, loginOf('auditor'))
  await page.getByRole('button', { name: 'Passkey verwenden' }).click()
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).waitFor()
  expect(answers).toHaveLength(1)

  async function bring(role: string): Promise<number> {
    const { email, password } = loginOf(role)
    const response = await fetch(`${office.baseUrl}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: office.baseUrl },
      body: JSON.stringify({ email, password, ...answers[0] }),
    })
    return response.status
  }
  await office.database.pool.query(
    `insert into passkey (account_id, credential_id, public_key, counter, rp_id, name, created_at)
     select other.id, 'another', p.public_key, 0, p.rp_id, 'another', now()
     from passkey p, account other where other.email = $1`,
    [loginOf('records').email],
  )
  // The same answer again, and for somebody who has a passkey of their own.
  expect(await bring('auditor')).toBe(401)
  expect(await bring('records')).toBe(401)
})

test('the provider signs in, and one’s sessions are told and ended', async () => {
  await office.database.prisma.signInSetting.update({
    where: { one: true },
    data: { providerClaim: 'roles', providerRules: [{ value: 'buergeramt', role: 'records', teamIds: [] }] },
  })
  const first = await open()
  const second = await open()
  for (const { page, expectError } of [first, second]) {
    expectError(new RegExp(`request to ${provider.issuer}`))
    await page.goto('/')
    await page.getByRole('button', { name: 'Anmelden mit Stadt-Login' }).click()
    await page.getByRole('heading', { name: 'Löschkonzept' }).waitFor()
    expect(new URL(page.url()).search).toBe('')
  }
  await toOwnPage(first.page)
  await first.page.getByText(/Chrome, Linux · diese Sitzung/).waitFor()
  await first.page.getByRole('button', { name: 'Chrome, Linux abmelden' }).click()
  await expect.poll(() => first.page.getByRole('button', { name: 'Chrome, Linux abmelden' }).count()).toBe(0)
  // Whether or not its page has heard of it by itself.
  await second.page.reload()
  await second.page.getByRole('heading', { name: 'Anmelden', exact: true }).waitFor()

  await office.database.pool.query(`update session set authenticated_at = now() - interval '6 minutes'`)
  await first.page.getByRole('button', { name: 'App einrichten' }).click()
  const popup = first.page.waitForEvent('popup')
  await first.page.getByRole('button', { name: 'Über den Anmeldedienst' }).click()
  await popup
  await first.page.getByRole('img', { name: /QR-Code/ }).waitFor()
})

test('a provider that is down is said to be down', async () => {
  const { page, expectError } = await open()
  expectError(/status of 503/)
  provider.fault = (request) => request.socket.destroy()
  try {
    await page.goto('/')
    await page.getByRole('button', { name: 'Anmelden mit Stadt-Login' }).click()
    await page
      .getByRole('alert')
      .getByText('Der Anmeldedienst ist gerade nicht erreichbar.', { exact: false })
      .waitFor()
    expect(await axeViolations(page)).toEqual([])
  } finally {
    provider.fault = null
  }
})

test('before a session ends for want of use it is said, and one key keeps it', async () => {
  const { page } = await open()
  await page.clock.install()
  await signIn(page, loginOf('records'))
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).waitFor()
  await page.clock.fastForward('57:30')
  const warning = page.getByRole('region', { name: 'Sitzung endet bald' })
  await warning.getByText(/Ihre Sitzung endet um/).waitFor()
  // What the page asks by itself meanwhile is no use of the session.
  const asked = page.waitForResponse((response) => response.url().includes('/api/v1/'))
  await page.clock.runFor('01:05')
  await asked
  await page.clock.runFor('00:10')
  expect(await axeViolations(page)).toEqual([])
  expect(await warning.count()).toBe(1)
  await warning.getByRole('button', { name: 'Angemeldet bleiben' }).press('Enter')
  await warning.waitFor({ state: 'detached' })
})

test('the administrator says from where a role is answered, and cannot shut themself out', async () => {
  const { page, expectError } = await open()
  // What is refused on purpose.
  expectError(/status of 4(00|09)/)
  await signIn(page, loginOf('admin'))
  await page.getByRole('link', { name: 'Anmeldung', exact: true }).click()
  const places = page.getByRole('region', { name: 'Von wo aus' })
  await places.getByText('Sie kommen gerade von 127.0.0.1.').waitFor()
  const save = places.getByRole('button', { name: 'Netze speichern' })
  await places.getByLabel('Administration').fill('192.0.2.0/24')
  await save.click()
  await page
    .getByRole('main')
    .getByText(/wären Sie selbst ausgesperrt/)
    .waitFor()
  await places.getByLabel('Administration').fill('')
  await places.getByLabel('Sachbearbeitung').fill('10.20.0.0/16\nRathaus')
  await save.click()
  await places.getByText(/Rathaus: Das ist keine Adresse/).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await places.getByLabel('Sachbearbeitung').fill('10.20.0.0/16')
  await save.click()
  function row() {
    return office.database.prisma.signInSetting.findUniqueOrThrow({ where: { one: true } })
  }
  await expect.poll(async () => (await row()).networkRules).toEqual({ clerk: ['10.20.0.0/16'] })
  await office.database.pool.query(`update sign_in_setting set network_rules = '{}'`)
})

test('the administrator says which roles need a second factor, and what the provider’s words mean here', async () => {
  await office.database.prisma.signInSetting.updateMany({
    data: { providerRules: [], secondFactorRoles: [] },
  })
  const { page } = await open()
  await signIn(page, loginOf('admin'))
  await page.getByRole('link', { name: 'Anmeldung', exact: true }).click()
  await page.getByRole('heading', { name: 'Anmeldung', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Regel hinzufügen' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  const rule = page.getByRole('group', { name: /^Regel \d/ }).last()
  await page.getByRole('button', { name: 'Regel hinzufügen' }).click()
  await rule.getByLabel('Wert dort').fill('ordnungsamt')
  await rule.getByLabel('Rolle hier').selectOption('clerk')
  await rule.getByLabel('Ordnungsamt').check()
  await page.getByRole('button', { name: 'Speichern', exact: true }).click()
  function row() {
    return office.database.prisma.signInSetting.findUniqueOrThrow({ where: { one: true } })
  }
  await expect
    .poll(async () => (await row()).providerRules)
    .toContainEqual(expect.objectContaining({ value: 'ordnungsamt', role: 'clerk' }))
  await page.getByRole('switch', { name: 'Administration' }).click()
  await expect.poll(async () => (await row()).secondFactorRoles).toEqual(['admin'])
  // From the next request on that holds for whoever has said it.
  await page.getByRole('link', { name: 'Kanäle', exact: true }).click()
  await page.getByRole('heading', { name: 'Zweiter Faktor' }).first().waitFor()
})
