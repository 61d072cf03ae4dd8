import { readFile } from 'node:fs/promises'
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

test('records management asks the archive for a catalogue, and takes its answer into the agreement', async () => {
  const { page } = await atDesk('records')
  async function toAgreement(): Promise<void> {
    await page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
    await page.getByRole('link', { name: 'Vereinbarung mit dem Archiv ansehen und ändern' }).click()
    await page.getByRole('heading', { name: 'Bewertungskatalog beim Archiv anfragen' }).waitFor()
  }
  await toAgreement()
  await page.getByRole('combobox', { name: 'Weg der Anfrage' }).selectOption('download')
  await page.getByRole('button', { name: 'Katalog anfragen' }).click()
  await page.getByText('noch keine Antwort.', { exact: false }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Anfrage herunterladen (xdomea 0511)' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/_Aussonderung\.AktenplanZurBewertung\.0511\.zip$/)
  const message = await readFile(await download.path(), 'latin1')
  const process = /<xdomea:ProzessID>([^<]+)</.exec(message)?.[1]
  const unit = /<xdomea:Kennzeichen>DA01<.*?<xdomea:ID>([^<]+)</.exec(message)?.[1]
  const answer = `<x:Aussonderung.Bewertungskatalog.0513 xmlns:x="urn:xoev-de:xdomea:schema:3.1.0"><x:Kopf><x:ProzessID>${process}</x:ProzessID><x:Nachrichtentyp><code>0513</code></x:Nachrichtentyp></x:Kopf><x:BewerteteAktenplaneinheit><x:ID>${unit}</x:ID><x:Aussonderungsart><x:Aussonderungsart><code>V</code></x:Aussonderungsart></x:Aussonderungsart></x:BewerteteAktenplaneinheit></x:Aussonderung.Bewertungskatalog.0513>`
  await page.getByRole('link', { name: 'Archiv', exact: true }).click()
  await page.getByRole('link', { name: 'Übergaben an die E-Akte und das Archiv' }).click()
  await page.getByLabel('Antwort einlesen').setInputFiles({
    name: 'katalog.xml',
    mimeType: 'text/xml',
    buffer: Buffer.from(answer),
  })
  await page.getByText('Das Archiv hat seinen Bewertungskatalog geschickt.', { exact: false }).waitFor()

  await toAgreement()
  await page.getByText('DA01 V.', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'In diese Vereinbarung übernehmen' }).click()
  const decision = page.getByRole('group', { name: '1. Entscheidung' })
  await expect.poll(() => decision.getByRole('combobox', { name: 'Datenart' }).inputValue()).toBe('DA01')
  await expect.poll(() => decision.getByRole('radio', { name: /^V/ }).isChecked()).toBe(true)
  await expect.poll(() => decision.getByLabel('Gilt ab').inputValue()).toBe('')
  expect(await axeViolations(page)).toEqual([])
})
