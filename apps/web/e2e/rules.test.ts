import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

test('records management sees what a shorter period would do and proposes it, and it is in force when the data-protection officer agrees', async () => {
  await office().citizenWrites('491713980011', 'Wann ist das Amt offen?')
  await office().settled()
  await office().database.pool.query(
    `update conversation set state = 'closed', closed_at = now() - interval '20 days', due_at = now() + interval '11 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null`,
  )

  const records = await atDesk('records')
  await records.page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  const matrix = records.page.getByRole('region', { name: 'Löschklassen' })
  await matrix
    .getByRole('row', { name: /30 Tage/ })
    .getByRole('link', { name: /^DA01 / })
    .click()
  await records.page.getByRole('heading', { name: /Nachrichtentext ohne Aktenrelevanz/, level: 1 }).waitFor()
  await records.page.getByText('30 Tage nach: Vorgang geschlossen').waitFor()
  await records.page.getByRole('combobox', { name: 'Neue Frist' }).selectOption('30d')
  await records.page.getByRole('button', { name: 'Zeigen, was sich ändert' }).click()
  await records.page.getByText('So ist die Löschregel schon.', { exact: false }).waitFor()
  await records.page.getByRole('combobox', { name: 'Neue Frist' }).selectOption('14d')
  await records.page.getByRole('button', { name: 'Zeigen, was sich ändert' }).click()
  await records.page.getByText('Ein Objekt wäre sofort fällig.', { exact: false }).waitFor()
  await records.page.getByRole('region', { name: 'Wirkung nach Team' }).waitFor()
  expect(await axeViolations(records.page)).toEqual([])
  await records.page.getByRole('button', { name: 'Zur Zustimmung vorschlagen' }).click()
  await records.page.getByRole('main').getByText('Die Änderung ist vorgeschlagen', { exact: false }).waitFor()

  const { page } = await atDesk('dpo')
  await page.getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  await page.getByText('neu: 14 Tage nach: Vorgang geschlossen').waitFor()
  await page.getByText('bisher: 30 Tage nach: Vorgang geschlossen').waitFor()
  await page.getByText('Ein Objekt wäre sofort fällig.', { exact: false }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Billigen' }).click()
  await page.getByText('Die Entscheidung ist gespeichert und gilt.').first().waitFor({ state: 'attached' })
  await page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  const rules = page.getByRole('region', { name: 'Löschregeln' })
  await rules.getByRole('row', { name: /DA01.*14 Tage nach.*Fassung 2, seit/ }).waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await rules.getByRole('link', { name: 'Nachrichtentext ohne Aktenrelevanz' }).click()
  await page
    .getByText(/vorgeschlagen von .*, gebilligt von /)
    .first()
    .waitFor()
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  // Shortened, and nothing is gone.
  expect((await office().database.pool.query('select from conversation')).rowCount).toBe(1)
})
