import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}

async function looksRight(page: Page): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await page.setViewportSize({ width: 1280, height: 800 })
}

test('a clerk restricts a matter and sees it no more; the lead sees why; two persons lift it', async () => {
  await office().citizenWrites('491713979021', 'Die Angaben zu meinem Hund stimmen nicht')
  await office().settled()
  const { page, expectError } = await atDesk('clerk')
  // What was open is gone: the browser says so.
  expectError(/404/)
  const row = page.getByRole('link', { name: /Hund stimmen nicht/ }).first()
  await row.click()
  const panel = page.getByRole('complementary', { name: 'Vorgang' })
  await panel.getByRole('button', { name: 'Sperren' }).click()
  const dialog = page.getByRole('dialog', { name: 'Sperren' })
  await dialog.getByRole('radio', { name: 'Verarbeitung einschränken (Art. 18 DSGVO)' }).check()
  await dialog
    .getByLabel('Grund', { exact: true })
    .selectOption({ label: 'Richtigkeit wird bestritten (Art. 18 Abs. 1 Buchst. a)' })
  await dialog.getByLabel('Wieder prüfen am').fill(inDays(30))
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Sperre setzen' }).click()
  await dialog.waitFor({ state: 'detached' })
  await row.waitFor({ state: 'detached' })

  const lead = (await atDesk('team-lead')).page
  const { rows } = await office().database.pool.query<{ id: string }>(
    'select id from conversation where restricted_at is not null',
  )
  await lead.getByRole('link', { name: 'Posteingang', exact: true }).waitFor()
  await lead.goto(`${office().baseUrl}/posteingang/${rows[0]?.id}`)
  await lead.getByText('Die Verarbeitung ist eingeschränkt', { exact: false }).waitFor()
  expect(await axeViolations(lead)).toEqual([])

  const records = (await atDesk('records')).page
  await records.getByRole('link', { name: 'Sperren', exact: true }).click()
  const item = records.getByRole('listitem').filter({ hasText: 'Verarbeitung eingeschränkt' })
  await item.getByText('ein Vorgang', { exact: false }).waitFor()
  await looksRight(records)
  await item.getByRole('checkbox').check()
  await item.getByRole('button', { name: 'Aufhebung vorschlagen' }).click()
  await item.getByText('wartet auf eine zweite Person', { exact: false }).waitFor()

  const dpo = (await atDesk('dpo')).page
  await dpo.getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  await dpo.getByRole('button', { name: 'Billigen' }).click()
  await dpo.getByText('Die Entscheidung ist gespeichert und gilt.').first().waitFor({ state: 'attached' })
  const clerk = await office().signIn('clerk')
  expect((await clerk.get(`/conversations/${rows[0]?.id}`)).status).toBe(200)
  await item.getByText('wartet auf eine zweite Person', { exact: false }).waitFor({ state: 'detached' })
  await records.getByText('Beendet am').waitFor()
})

test('records management sets a hold by keyboard, is told which day cannot be, and reviews it', async () => {
  const { page, expectError } = await atDesk('records')
  // A day that cannot be is refused.
  expectError(/400/)
  await page.getByRole('link', { name: 'Sperren', exact: true }).click()
  await page.getByRole('button', { name: 'Neue Sperre' }).press('Enter')
  const form = page.getByRole('form', { name: 'Neue Sperre' })
  await form.locator('input[type=radio]:focus').press('Space')
  await form.getByLabel('Grund', { exact: true }).selectOption({ label: 'Prüfung' })
  await form.getByLabel('Rechtsgrundlage').selectOption({ index: 1 })
  await form.getByLabel('Wieder prüfen am').fill(inDays(30))
  await form.getByLabel('Gilt bis einschließlich').fill(inDays(500))
  await form.getByLabel('Was soll darunter fallen?').selectOption({ label: 'eine Datenart' })
  await form.getByLabel('Datenart', { exact: true }).fill('da04')
  await looksRight(page)
  await form.getByRole('button', { name: 'Sperre setzen' }).press('Enter')
  await form.getByText('Dieser Wert ist hier nicht möglich.').waitFor()
  await form.getByLabel('Gilt bis einschließlich').fill(inDays(200))
  await form.getByRole('button', { name: 'Sperre setzen' }).press('Enter')
  const item = page.getByRole('listitem').filter({ hasText: 'eine Datenart, DA04' })
  await item.waitFor()
  await item.getByLabel('Nächste Prüfung am').fill(inDays(60))
  await item.getByRole('button', { name: 'Geprüft: wird weiter gebraucht' }).press('Enter')
  await page.getByText('Die Prüfung ist festgehalten.').first().waitFor({ state: 'attached' })
  await looksRight(page)
})
