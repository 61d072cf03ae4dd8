import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

function csv(text: string) {
  return { name: 'aktenplan.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'latin1') }
}

test('records management takes over a filing plan from a file, puts a period right, and it is in force when the data-protection officer agrees', async () => {
  const records = await atDesk('records')
  // A file that cannot be taken over.
  records.expectError(/status of 400/)
  await records.page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  await records.page.getByRole('link', { name: 'Aktenplan ansehen und ändern' }).click()
  await records.page.getByRole('heading', { name: 'Aktenplan', level: 1 }).waitFor()
  await records.page.getByText('Es gibt noch keinen Aktenplan.', { exact: false }).waitFor()
  const file = records.page.getByLabel('Aus einer Datei übernehmen (CSV)')
  await file.setInputFiles(csv('Kennzeichen;Bezeichnung;Frist\n63;Bauen;ewig\n'))
  await records.page
    .getByText('Zeile 2, Spalte 3: Als Frist geht eine Zahl von 1 bis 30', { exact: false })
    .waitFor()
  expect(await axeViolations(records.page)).toEqual([])
  await file.setInputFiles(
    csv('Kennzeichen;Bezeichnung;Frist\n63;Bauaufsicht für Gebäude;6\n63.2;Widersprüche;10\n'),
  )
  await records.page.getByText('Zeile 2, 63: 6 wird 10 Jahre').waitFor()
  const table = records.page.getByRole('region', { name: 'Der Entwurf des Aktenplans' })
  await table.getByRole('row', { name: /Bauaufsicht für Gebäude/ }).waitFor()
  await table.getByRole('combobox', { name: 'Frist für 63.2' }).selectOption('30')
  await records.page.getByRole('textbox', { name: 'Kennzeichen' }).fill('   ')
  await records.page.getByRole('textbox', { name: 'Bezeichnung' }).fill('   ')
  await records.page.getByRole('button', { name: 'Eintrag hinzufügen' }).click()
  await expect.poll(() => records.page.getByText('Bitte ausfüllen.', { exact: true }).count()).toBe(2)
  await records.page.getByRole('textbox', { name: 'Kennzeichen' }).fill('10')
  await records.page.getByRole('textbox', { name: 'Bezeichnung' }).fill('Ratssitzungen')
  await records.page.getByRole('combobox', { name: 'Frist', exact: true }).selectOption('5')
  await records.page.getByRole('button', { name: 'Eintrag hinzufügen' }).click()
  await table.getByRole('row', { name: /Ratssitzungen/ }).waitFor()
  await records.page.getByText('3 neu').waitFor()
  expect(await axeViolations(records.page)).toEqual([])
  await records.page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(records.page)).toBe(0)
  await records.page.getByRole('button', { name: 'Zur Zustimmung vorschlagen' }).click()
  await records.page.getByRole('region', { name: 'Der vorgeschlagene Aktenplan' }).waitFor()

  const { page } = await atDesk('dpo')
  await page.getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  await page.getByText('Der Aktenplan soll 3 Einträge haben: 3 neue, 0 fallen weg.').waitFor()
  await page.getByRole('button', { name: 'Billigen' }).click()
  await page.getByText('Die Entscheidung ist gespeichert und gilt.').first().waitFor({ state: 'attached' })
  await page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  await page.getByRole('link', { name: 'Aktenplan ansehen und ändern' }).click()
  await page
    .getByRole('region', { name: 'Der geltende Aktenplan' })
    .getByRole('row', { name: /63\.2 Widersprüche 30 Jahre/ })
    .waitFor()
  await page.getByText(/^Fassung 1, vorgeschlagen von /).waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  expect(
    (await office().database.pool.query('select from filing_plan_entry where version = 1')).rowCount,
  ).toBe(3)
})
