import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

test('the data-protection officer issues the deletion concept, sees what has changed since, and takes it along', async () => {
  const { page } = await atDesk('dpo')
  await page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  await page.getByRole('link', { name: 'Löschkonzept, Verarbeitungsverzeichnis und Maßnahmen' }).click()
  await page.getByRole('heading', { name: 'Dokumente', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Ausgabe 1 herausgeben: Löschkonzept' }).click()
  await page.getByText('Seit Ausgabe 1 hat sich nichts geändert.').waitFor()
  await page.getByRole('button', { name: 'Ausgabe 2 herausgeben: Löschkonzept' }).waitFor()

  await office().database.pool.query(`update office_setting set download_roles = '{clerk}'`)
  await page.reload()
  await page.getByText(/^Seit Ausgabe 1 ha/).waitFor()
  await page.getByText('Zeigen, was sich geändert hat').click()
  await page.getByText('Arbeitsalltag', { exact: false }).first().waitFor()
  const table = page.getByRole('region', { name: 'Ausgaben: Löschkonzept' })
  await table.getByRole('row', { name: /^1 .* Datenschutz/ }).waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    table.getByRole('link', { name: /Nr\. 1: Markdown$/ }).click(),
  ])
  expect(file.suggestedFilename()).toBe('loeschkonzept-ausgabe-1.md')
  expect(await readFile(await file.path(), 'utf8')).toMatch(/^# Löschkonzept\n\nAusgabe 1 vom /)

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await axeViolations(page), colorScheme).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
})

test('whoever only watches sees the documents and issues none', async () => {
  const { page } = await atDesk('admin')
  await page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  await page.getByRole('link', { name: 'Löschkonzept, Verarbeitungsverzeichnis und Maßnahmen' }).click()
  await page.getByRole('heading', { name: /Art\. 30/ }).waitFor()
  await page.getByText('Noch nicht herausgegeben.').first().waitFor()
  expect(await page.getByRole('button', { name: /herausgeben/ }).count()).toBe(0)
})
