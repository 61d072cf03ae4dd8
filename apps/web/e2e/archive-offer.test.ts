import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

test('records management offers what is due, and puts down what the archive has answered', async () => {
  const { pool } = office().database
  await pool.query('insert into archive_agreement values (now(), $1)', [
    JSON.stringify({
      land: 'HE',
      answerWithinMonths: 6,
      silence: 'RELEASES_NOTHING',
      mode: { kind: 'OFFER_EACH' },
    }),
  ])
  for (const phone of ['491713979021', '491713979022', '491713979023'])
    await office().citizenWrites(phone, 'Wann hat das Standesamt auf?')
  await office().settled()
  await pool.query(
    `update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null`,
  )
  const records = await atDesk('records')
  // A file that is none of this offer's.
  records.expectError(/status of 400/)
  const { page } = records
  await page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  await page.getByRole('link', { name: 'Dem Archiv anbieten und seine Entscheidungen eintragen' }).click()
  await page.getByRole('heading', { name: 'Anbietung an das Archiv', level: 1 }).waitFor()
  await page.getByText('3 Vorgänge werden angeboten', { exact: false }).waitFor()
  await page.getByRole('combobox', { name: /\(DA01\)$/ }).selectOption('A')
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Dem Archiv anbieten' }).click()
  await page.getByText('Zurzeit muss nichts angeboten werden.').waitFor()
  await page.getByRole('link', { name: /^Angebot vom/ }).click()
  await page.getByText('wartet auf das Archiv').waitFor()

  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('link', { name: 'Anbietungsliste CSV' }).click(),
  ])
  const list = await readFile(await download.path(), 'utf8')
  const [message] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.getByRole('link', { name: 'Anbietungsliste xdomea (0501)' }).click(),
  ])
  expect(message.suggestedFilename()).toMatch(/_Aussonderung\.Anbieteverzeichnis\.0501\.zip$/)
  const { rows } = await pool.query<{ offer: string; matter: string }>(
    'select offer_id as offer, conversation_id as matter from archive_offer_item where number = 1',
  )
  const [first] = rows
  if (first === undefined) expect.fail('Nothing is offered')
  const choose = page.getByLabel('Antwort einlesen', { exact: true })
  await choose.setInputFiles({
    name: 'antwort.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(list.replaceAll('"";""', '"V";"mündlich"')),
  })
  await page.getByText('Zeile 2, Spalte 11', { exact: false }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  const answer = {
    name: 'antwort.xml',
    mimeType: 'text/xml',
    buffer: Buffer.from(
      `<x:Aussonderung.Bewertungsverzeichnis.0502 xmlns:x="urn:xoev-de:xdomea:schema:3.1.0"><x:Kopf><x:ProzessID>${first.offer}</x:ProzessID><x:Nachrichtentyp><code>0502</code></x:Nachrichtentyp></x:Kopf><x:BewertetesObjekt><x:ID>${first.matter}</x:ID><x:Aussonderungsart><x:Aussonderungsart><code>V</code></x:Aussonderungsart></x:Aussonderungsart></x:BewertetesObjekt></x:Aussonderung.Bewertungsverzeichnis.0502>`,
    ),
  }
  await choose.setInputFiles(answer)
  const reference = page.getByRole('textbox', { name: 'Aktenzeichen zu einer Antwort in xdomea' })
  await expect.poll(() => reference.getAttribute('aria-invalid')).toBe('true')
  await reference.fill('ee-2026-05')
  await choose.setInputFiles(answer)
  await page.getByText('In der Datei steht: 1-mal V – vernichten (EE-2026-05).', { exact: false }).waitFor()
  await choose.setInputFiles({
    name: 'antwort.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(list.replace('"";""', '"V";"EE-2026-01"')),
  })
  await page.getByText('In der Datei steht: 1-mal V – vernichten (EE-2026-01).', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Diese Entscheidungen eintragen' }).click()
  await page.getByRole('row', { name: /^1 .* V EE-2026-01 –$/ }).waitFor()

  await page.getByRole('textbox', { name: 'Nummern' }).fill('2-7')
  await page.getByRole('textbox', { name: 'Aktenzeichen der Entscheidung' }).fill('ee-2026-02')
  await page.getByRole('combobox', { name: 'Entscheidung' }).selectOption('A')
  await page.getByRole('button', { name: 'Eintragen', exact: true }).click()
  await page.getByText('Das sind keine Nummern dieser Liste.').waitFor()
  const numbers = page.getByRole('textbox', { name: 'Nummern' })
  await numbers.fill('2')
  const decided = page.getByRole('textbox', { name: 'Aktenzeichen der Entscheidung', exact: true })
  await decided.fill('mündlich')
  await page.getByRole('button', { name: 'Eintragen', exact: true }).click()
  await page.getByText('Bitte so wie im Beispiel', { exact: false }).waitFor()
  await decided.fill('ee-2026-02')
  await page.getByRole('button', { name: 'Eintragen', exact: true }).click()
  await page.getByRole('row', { name: /^2 .* A EE-2026-02 / }).waitFor()
  await page.getByText('wartet auf das Archiv').waitFor()
  // Left empty: everything without a decision, and nothing else.
  await expect.poll(() => numbers.inputValue()).toBe('')
  await page.getByRole('combobox', { name: 'Entscheidung' }).selectOption('V')
  await page.getByRole('button', { name: 'Eintragen', exact: true }).click()
  await page.getByText('beantwortet').waitFor()
  await page.getByRole('row', { name: /^1 .* V EE-2026-01 –$/ }).waitFor()
  await page.getByRole('row', { name: /^2 .* A EE-2026-02 / }).waitFor()
  await page.getByRole('row', { name: /^3 .* V EE-2026-02 –$/ }).waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  expect(await page.content()).not.toContain('Standesamt')

  const dpo = await atDesk('dpo')
  await dpo.page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  await dpo.page.getByRole('link', { name: 'Dem Archiv anbieten und seine Entscheidungen eintragen' }).click()
  await dpo.page.getByRole('link', { name: /^Angebot vom/ }).click()
  await dpo.page.getByText('beantwortet').waitFor()
  expect(await dpo.page.getByRole('button', { name: 'Eintragen', exact: true }).count()).toBe(0)
})
