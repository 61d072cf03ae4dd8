import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll, visit } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, browser, atDesk } = staffedOffice()
const password = 'korrekt pferd batterie klammer'

/** Moves on with the keyboard until something of that name has the focus. */
async function tabTo(page: Page, name: string, key = 'Tab'): Promise<void> {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    const found = await page.evaluate<string>(
      `(() => { const at = document.activeElement; return at.getAttribute('aria-label') ?? at.labels?.[0]?.textContent ?? at.textContent })()`,
    )
    if (found.trim() === name) return
    await page.keyboard.press(key)
  }
  throw new Error(`Nothing called ${name} was reached with the keyboard.`)
}

async function withPasskeys(page: Page): Promise<void> {
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
}

async function invite(page: Page, name: string, role: string): Promise<string> {
  await page.getByRole('link', { name: 'Personen', exact: true }).click()
  await page.getByRole('button', { name: 'Person einladen' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('E-Mail-Adresse', { exact: true }).fill(`${name.split(' ')[0]}@musterstadt.example`)
  await page.getByRole('main').locator('form').last().getByLabel('Rolle').selectOption({ label: role })
  await page.getByRole('button', { name: 'Einladen', exact: true }).click()
  await page.getByRole('heading', { name: 'Einladungslink' }).waitFor()
  return (await page.locator('main code').textContent()) ?? ''
}

test('somebody is invited by keyboard alone, sets up the account with a passkey, and gets the role from two persons', async () => {
  await office().database.pool.query(`update sign_in_setting set second_factor_roles = '{clerk}'`)
  const admin = await atDesk('admin')
  const { page } = admin
  await page.getByRole('link', { name: 'Personen', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Personen', level: 1 }).waitFor()
  await tabTo(page, 'Person einladen')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Person einladen' }).waitFor()
  await tabTo(page, 'Name')
  await page.keyboard.type('Nele Neu')
  await tabTo(page, 'E-Mail-Adresse')
  await page.keyboard.type('nele.neu@musterstadt.example')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Schrift')
  await page.getByText('Diese Rolle geben zwei Personen', { exact: false }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await tabTo(page, 'Einladen')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Einladungslink' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  const link = (await page.locator('main code').textContent()) ?? ''
  await tabTo(page, 'Fertig')
  await page.keyboard.press('Enter')
  await page
    .getByRole('main')
    .getByText('Rolle Schriftgutverwaltung wartet auf eine zweite Person')
    .first()
    .waitFor()
  expect(await page.content()).not.toContain(new URL(link).hash.slice(1))

  const invited = await visit(browser(), office().baseUrl.replace('127.0.0.1', 'localhost'))
  // Not signed in, a password that is refused, a second factor that is wanted.
  invited.expectError(/status of 40[013]/)
  const { page: own } = invited
  await withPasskeys(own)
  await own.goto(new URL(link).pathname + new URL(link).hash)
  await own.getByText('Guten Tag, Nele Neu.', { exact: false }).waitFor()
  expect(new URL(own.url()).hash).toBe('')
  expect(await axeViolations(own)).toEqual([])
  await own.getByLabel('Neues Passwort').fill('nele neu')
  await own.getByRole('button', { name: 'Konto einrichten' }).click()
  await own.getByRole('alert').waitFor()
  await own.getByLabel('Neues Passwort').fill(password)
  await own.getByRole('button', { name: 'Konto einrichten' }).click()
  await own.getByLabel('Name des Passkeys').fill('Dienstrechner')
  await own.getByRole('button', { name: 'Passkey anlegen' }).click()
  await own.getByRole('button', { name: 'Ich habe sie notiert' }).click()
  await own.getByRole('button', { name: 'Konto und Einstellungen' }).waitFor()

  const second = await atDesk('dpo')
  await second.page.getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  const item = second.page.getByRole('listitem').filter({ hasText: 'Nele Neu' })
  await item.getByText('Nele Neu soll die Rolle Schriftgutverwaltung bekommen.').waitFor()
  expect(await axeViolations(second.page)).toEqual([])
  await tabTo(second.page, 'Billigen')
  await second.page.keyboard.press('Enter')
  await second.page.getByText('gebilligt von', { exact: false }).waitFor()
  await own.reload()
  await own.getByRole('navigation').getByRole('link', { name: 'Vier-Augen', exact: true }).waitFor()
  expect(invited.complaints).toEqual([])
  await invited.close()
  await office().database.pool.query(`update sign_in_setting set second_factor_roles = '{}'`)
})

const looks: [string, BrowserContextOptions][] = [
  ['light', { viewport: { width: 1280, height: 800 } }],
  ['dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
  ['a telephone', { viewport: { width: 320, height: 640 }, hasTouch: true }],
]

test.each(looks)('people and teams are kept: %s', async (look, options) => {
  const { page } = await atDesk('admin', 0, options)
  const name = `Team ${look}`
  await page.getByRole('navigation').waitFor()
  await page.goto('/personen/teams')
  await page.getByLabel('Name des neuen Teams').fill(name)
  await page.getByRole('button', { name: 'Team anlegen' }).click()
  await page.getByRole('button', { name: `${name} auflösen` }).click()
  const question = page.getByRole('dialog', { name: `${name} auflösen?` })
  await question.getByText('0 Personen, 0 Rufnummern und 0 Gespräche', { exact: false }).waitFor()
  await question.getByRole('switch', { name: 'Die Personen gehen mit' }).click()
  await question.getByText('Alle sind noch in einem anderen Team.').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await question.getByRole('button', { name: 'Auflösen' }).click()
  await page.getByRole('button', { name: `${name} auflösen` }).waitFor({ state: 'detached' })
  expect(await axeViolations(page)).toEqual([])

  await page.goto('/personen')
  await page.getByLabel('Name oder E-Mail-Adresse').fill('gibt es nicht')
  await page.getByRole('main').getByText('Niemand passt zu dieser Auswahl.').waitFor()
  await page.getByLabel('Name oder E-Mail-Adresse').fill('')
  await page.getByRole('main').locator('a[href^="/personen/"]').first().click()
  await page.getByRole('button', { name: 'Änderungen speichern' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await page.getByRole('button', { name: 'Konto sperren' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Abbrechen' }).click()
})

test.each(looks)('the data-protection officer sees who may what, and no name: %s', async (_look, options) => {
  const { page } = await atDesk('dpo', 0, options)
  await page.getByRole('navigation').waitFor()
  await page.goto('/rollen')
  await page.getByRole('row', { name: /Gespräche lesen und beantworten/ }).waitFor()
  await page.getByLabel('Rolle', { exact: true }).selectOption({ label: 'Prüfung' })
  await page.getByRole('cell', { name: 'Prüfung' }).first().waitFor()
  expect(await axeViolations(page)).toEqual([])
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  const { rows } = await office().database.pool.query<{ display_name: string }>(
    `select display_name from account where role = 'auditor'`,
  )
  expect(await page.content()).not.toContain(rows[0]?.display_name)
})

test('the last administrator is told why, and what the way back is', async () => {
  const { page, expectError } = await atDesk('admin')
  expectError(/status of 409/)
  const { rows } = await office().database.pool.query<{ id: string }>(
    `select id from account where role = 'admin'`,
  )
  expect(rows.length).toBe(1)
  await page.getByRole('navigation').waitFor()
  await page.goto(`/personen/${rows[0]?.id}`)
  await page.getByRole('button', { name: 'Konto sperren' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Konto sperren' }).click()
  await page.getByRole('alert').getByText('buergerdraht account role', { exact: false }).waitFor()
})

test('a link that was used says so', async () => {
  const { page } = await atDesk('admin')
  const link = await invite(page, 'Ole Ohne', 'Sachbearbeitung')
  const other = await visit(browser(), office().baseUrl)
  other.expectError(/status of 40[14]/)
  await other.page.goto(new URL(link).pathname + new URL(link).hash)
  await other.page.getByLabel('Neues Passwort').fill(password)
  await other.page.getByRole('button', { name: 'Konto einrichten' }).click()
  await other.page.getByRole('link', { name: 'Posteingang', exact: true }).waitFor()
  await other.close()
  const late = await visit(browser(), office().baseUrl)
  late.expectError(/status of 40[14]/)
  await late.page.goto(new URL(link).pathname + new URL(link).hash)
  await late.page.getByText('Diese Einladung gilt nicht', { exact: false }).waitFor()
  expect(await axeViolations(late.page)).toEqual([])
  await late.close()
})
