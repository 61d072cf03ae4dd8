import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

async function setAnswer(answer: string): Promise<void> {
  await fetch(`${office().simulator.url}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ records: { answer } }),
  })
}

/** A matter that is closed to a file, and the page of its package. */
async function sealed(page: Page, phone: string, fileReference: string): Promise<void> {
  await office().citizenWrites(phone, 'Das gehört in die Akte')
  await office().settled()
  const lead = await office().signIn('team-lead')
  const { body } = await lead.get<{ items: { id: string }[] }>('/conversations?limit=100')
  for (const { id } of body.items)
    await lead.post(`/conversations/${id}/close`, { filing: { relevance: 'to-file', fileReference } })
  await page.goto('/archiv')
  const row = page.getByRole('row', { name: fileReference })
  await row.waitFor({ timeout: 60_000 })
  await expect.poll(() => row.textContent(), { timeout: 60_000 }).toContain('versiegelt')
  await row.getByRole('link').click()
  await page.getByRole('heading', { name: 'Übergeben', level: 2 }).waitFor()
}

test('what is sealed is handed to the electronic file, which confirms one and rejects the other', async () => {
  const { page } = await atDesk('records')
  await setAnswer('accept')
  await sealed(page, '491713989021', '50.1-1/2026')
  await page.getByRole('combobox', { name: 'Weg' }).selectOption('folder')
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Übergeben', exact: true }).click()
  await page.getByText(/Übergabeordner · bestätigt$/).waitFor({ timeout: 60_000 })
  // Once is enough.
  await page.getByRole('button', { name: 'Übergeben', exact: true }).click()
  await page.getByText('Dieses Paket ist schon übergeben oder auf dem Weg dorthin.').waitFor()

  await setAnswer('reject')
  await sealed(page, '491713989022', '50.1-2/2026')
  await page.getByRole('combobox', { name: 'Weg' }).selectOption('folder')
  await page.getByRole('button', { name: 'Übergeben', exact: true }).click()
  await page.getByText('Grund der Gegenseite: Die Akte ist geschlossen.').waitFor({ timeout: 60_000 })
  expect(await axeViolations(page)).toEqual([])

  await page.getByRole('link', { name: 'Zu allen Paketen' }).click()
  await page.getByRole('link', { name: /^Übergaben an die E-Akte/ }).click()
  await page.getByRole('heading', { name: 'Übergaben', level: 1 }).waitFor()
  await page.getByText('hat die Gegenseite abgelehnt', { exact: false }).first().waitFor()
  await page.getByText(/^Übergabeordner: zuletzt nachgesehen /).waitFor()
  await page.getByLabel('Welche').selectOption('rejected')
  await page.getByRole('row', { name: /abgelehnt/ }).waitFor()
  const answer = page.getByLabel('Antwort einlesen')
  const bomb = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
  await answer.setInputFiles({ name: 'antwort.xml', mimeType: 'text/xml', buffer: Buffer.from(bomb) })
  await page.getByRole('alert').getByText('Die Datei ist kein lesbares XML', { exact: false }).waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
})

test('by hand it is loaded with a reason, and confirmed by whoever has seen it arrive; or given up', async () => {
  const { page } = await atDesk('records')
  await sealed(page, '491713989031', '50.2-1/2026')
  await page.getByRole('combobox', { name: 'Weg' }).selectOption('download')
  await page.getByRole('button', { name: 'Übergeben', exact: true }).click()
  await page.getByRole('button', { name: 'Übergabe aufgeben' }).click()
  await page.getByText(/von Hand · aufgegeben$/).waitFor()
  // The button is gone; whoever has no mouse goes on from what it has done.
  await page.locator('h3:focus', { hasText: 'E-Akte (xdomea 0605)' }).waitFor()
  // What was given up is handed over anew.
  await page.getByRole('button', { name: 'Übergeben', exact: true }).click()
  const load = page.getByRole('button', { name: 'Nachricht laden' })
  await load.waitFor()
  expect(await load.isDisabled()).toBe(true)
  await page.getByLabel('Grund für das Herunterladen').fill('Datenträger für die E-Akte')
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), load.click()])
  expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK')
  await page.getByLabel('Woher Sie wissen, dass es angekommen ist').fill('In der Akte nachgesehen')
  expect(await axeViolations(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await page.setViewportSize({ width: 1366, height: 768 })
  await page.getByRole('button', { name: 'Als angekommen bestätigen' }).click()
  await page.getByText(/von Hand · bestätigt$/).waitFor()
  await page.locator('h3:focus', { hasText: 'E-Akte (xdomea 0605)' }).waitFor()
  expect(await page.getByRole('button', { name: 'Übergabe aufgeben' }).count()).toBe(0)
})
