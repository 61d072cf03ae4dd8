import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { atDesk } = staffedOffice()

test('records management puts down what the archive has waived, and it holds when the data-protection officer agrees', async () => {
  const records = await atDesk('records')
  // What the Land does not let be agreed.
  records.expectError(/status of 400/)
  const { page } = records
  await page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  await page.getByRole('link', { name: 'Vereinbarung mit dem Archiv ansehen und ändern' }).click()
  await page.getByRole('heading', { name: 'Vereinbarung mit dem Archiv', level: 1 }).waitFor()
  await page.getByText('Noch ist nichts vereinbart', { exact: false }).waitFor()
  await page.getByRole('combobox', { name: 'Land' }).selectOption('HE')
  await page.getByRole('radio', { name: 'gibt frei' }).check()
  const decision = page.getByRole('group', { name: '1. Entscheidung' })
  await decision.getByRole('combobox', { name: 'Datenart' }).selectOption('DA01')
  await decision.getByRole('textbox', { name: 'Aktenzeichen der Entscheidung' }).fill('gv-2026-01')
  await decision.getByLabel('Gilt ab').fill('2026-01-01')
  await page.getByRole('button', { name: 'Zur Zustimmung vorschlagen' }).click()
  await page
    .getByText('In diesem Land gibt das Schweigen des Archivs nichts frei.', { exact: false })
    .waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await page.getByRole('radio', { name: 'gibt nichts frei' }).check()
  await page.getByRole('button', { name: 'Zur Zustimmung vorschlagen' }).click()
  await page.getByRole('heading', { name: 'Was vorgeschlagen ist' }).waitFor()

  const officer = await atDesk('dpo')
  await officer.page.getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  const proposed = officer.page
    .getByRole('listitem')
    .filter({ hasText: 'Mit dem öffentlichen Archiv ist vereinbart:' })
  await proposed.getByRole('row', { name: /\(DA01\) GV-2026-01 ab 01\.01\.2026/ }).waitFor()
  for (const colorScheme of ['light', 'dark'] as const) {
    await officer.page.emulateMedia({ colorScheme })
    expect(await axeViolations(officer.page)).toEqual([])
  }
  await proposed.getByRole('button', { name: 'Billigen' }).click()
  await officer.page
    .getByText('Die Entscheidung ist gespeichert und gilt.')
    .first()
    .waitFor({ state: 'attached' })
  await officer.page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  await officer.page.getByRole('link', { name: 'Vereinbarung mit dem Archiv ansehen und ändern' }).click()
  await officer.page.getByRole('heading', { name: 'Was gilt' }).waitFor()
  await officer.page.getByRole('row', { name: /GV-2026-01/ }).waitFor()
  expect(await axeViolations(officer.page)).toEqual([])
})
