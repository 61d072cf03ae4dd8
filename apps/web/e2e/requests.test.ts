import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

test('a citizen writes AUSKUNFT: the clerk is told over the conversation, the lead decides, and it is answered', async () => {
  await office().citizenWrites('491713978021', 'AUSKUNFT')
  await office().settled()
  const clerk = (await atDesk('clerk')).page
  await clerk
    .getByRole('link', { name: /AUSKUNFT/ })
    .first()
    .click()
  await clerk.getByText('Auskunft (Art. 15 DSGVO), zu beantworten bis', { exact: false }).waitFor()
  expect(await axeViolations(clerk)).toEqual([])
  // Its kind is open already: another one is taken up beside it.
  const panel = clerk.getByRole('complementary', { name: 'Vorgang' })
  await panel.getByRole('button', { name: 'Antrag aufnehmen' }).click()
  const dialog = clerk.getByRole('dialog', { name: 'Antrag aufnehmen' })
  await dialog.getByLabel('Was wird verlangt?').selectOption({ label: 'Berichtigung (Art. 16 DSGVO)' })
  expect(await axeViolations(clerk)).toEqual([])
  await dialog.getByRole('button', { name: 'Antrag aufnehmen' }).click()
  await dialog.waitFor({ state: 'detached' })
  await clerk.getByText('Berichtigung (Art. 16 DSGVO), zu beantworten bis', { exact: false }).waitFor()

  const lead = (await atDesk('team-lead')).page
  await lead.getByRole('link', { name: /^Anträge/ }).click()
  const item = lead
    .getByRole('listitem')
    .filter({ hasText: 'Auskunft (Art. 15 DSGVO)' })
    .filter({ hasText: 'in einer Nachricht erkannt' })
  await item.getByText('in einer Nachricht erkannt').waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await lead.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(lead)).toEqual([])
  }
  await lead.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(lead), { timeout: 60_000 }).toBe(0)
  await lead.setViewportSize({ width: 1280, height: 800 })
  await item.getByLabel('Wie wird entschieden?').selectOption({ label: 'abgelehnt' })
  await item
    .getByLabel('Grund der Ablehnung')
    .selectOption({ label: 'Person nicht identifizierbar (Art. 12 Abs. 2)' })
  await item.getByRole('button', { name: 'Entscheiden' }).click()
  await item.getByRole('checkbox', { name: 'Die Person hat die Antwort.' }).check()
  await item.getByRole('button', { name: 'Als beantwortet festhalten' }).click()
  await lead.getByRole('region', { name: 'Beantwortet' }).getByText('Auskunft (Art. 15 DSGVO)').waitFor()

  const dpo = (await atDesk('dpo')).page
  await dpo.getByRole('link', { name: /^Anträge/ }).click()
  await dpo.getByRole('region', { name: 'Beantwortet' }).getByText('Auskunft (Art. 15 DSGVO)').waitFor()
})

test('a copy: a correction is marked, the neighbour is blacked out, and the files are made; the desk and the rail say what is urgent', async () => {
  const phone = '491713978022'
  await office().citizenWrites(phone, 'Mein Nachbar Kurt Lang, 0171 5550199, sagt Hausnummer 4.')
  await office().settled()
  const clerk = (await atDesk('clerk')).page
  await clerk
    .getByRole('link', { name: /Hausnummer 4/ })
    .first()
    .click()
  const said = clerk.getByRole('article').filter({ hasText: 'Hausnummer 4' })
  await said.focus()
  await said.getByRole('button', { name: 'Berichtigung vermerken' }).click()
  const mark = clerk.getByRole('dialog', { name: 'Berichtigung vermerken (Art. 16 DSGVO)' })
  await mark.getByLabel('Was bestreitet die Person?').fill('Hausnummer 4')
  await mark.getByLabel('Was ist nach ihren Angaben richtig?').fill('Hausnummer 6')
  expect(await axeViolations(clerk)).toEqual([])
  await mark.getByRole('button', { name: 'Berichtigung vermerken' }).click()
  await said.getByRole('button', { name: 'Vermerk zurücknehmen oder ersetzen' }).click()
  const withdrawal = clerk.getByRole('dialog', { name: 'Vermerk zurücknehmen oder ersetzen' })
  await withdrawal.getByLabel('Was soll gelten?').selectOption('An seiner Stelle gilt ein anderer Vermerk')
  await withdrawal.getByLabel('Was ist nach ihren Angaben richtig?').fill('Hausnummer 5')
  await withdrawal.getByLabel('Warum?').fill('Vertippt')
  expect(await axeViolations(clerk)).toEqual([])
  await withdrawal.getByRole('button', { name: 'Ersetzen', exact: true }).click()
  await said.getByText('Richtig nach Angaben der Person: Hausnummer 5', { exact: false }).waitFor()
  await said.getByText('Grund: Vertippt', { exact: false }).waitFor()
  await expect
    .poll(() => said.getByRole('button', { name: 'Vermerk zurücknehmen oder ersetzen' }).count())
    .toBe(1)
  const panel = clerk.getByRole('complementary', { name: 'Vorgang' })
  await panel.getByRole('button', { name: 'Antrag aufnehmen' }).click()
  const dialog = clerk.getByRole('dialog', { name: 'Antrag aufnehmen' })
  await dialog.getByRole('button', { name: 'Antrag aufnehmen' }).click()
  await dialog.waitFor({ state: 'detached' })
  const { pool } = office().database
  await pool.query(
    `update data_subject_request r set due_at = now() + interval '3 days', extended_at = now(), extended_by = opened_by, extension_reason = 'NUMBER'
     from conversation c, message m where c.id = r.conversation_id and m.conversation_id = c.id and r.extended_at is null and r.closed_at is null
       and r.opened_by is not null and r.kind = 'ACCESS'`,
  )
  await clerk.reload()
  await clerk
    .getByRole('link', { name: 'Anträge', exact: false })
    .getByText('bald fällig')
    .waitFor({ timeout: 60_000 })

  const lead = (await atDesk('team-lead')).page
  await lead.getByRole('link', { name: /^Anträge/ }).click()
  const item = lead
    .getByRole('listitem')
    .filter({ hasText: 'von einer Person aufgenommen' })
    .filter({ hasText: 'Auskunft (Art. 15 DSGVO)' })
  await item.getByLabel('Wie wurde sie geprüft?').selectOption({ label: 'persönlich bestätigt' })
  await item.getByRole('button', { name: 'Identität bestätigen' }).click()
  await item.getByRole('button', { name: 'Entscheiden' }).click()
  await item.getByRole('button', { name: 'Kopie erstellen (ZIP)' }).click()
  await item.getByRole('alert').getByText('Es ist noch nicht überall entschieden', { exact: false }).waitFor()

  await item.getByRole('link', { name: 'Durchsehen und schwärzen' }).click()
  await lead.getByRole('heading', { name: 'Was gehört anderen Personen?' }).waitFor()
  await lead.getByText('Eine Stelle ist zu entscheiden.').waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await lead.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(lead)).toEqual([])
  }
  await lead.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(lead), { timeout: 60_000 }).toBe(0)
  await lead.setViewportSize({ width: 1280, height: 800 })
  await lead.getByLabel('Anzeigen').selectOption({ label: 'Alles' })
  const part = lead.getByRole('listitem').filter({ hasText: 'Nachricht von der Person' })
  await part.getByRole('button', { name: 'Schwärzen: 0171 5550199' }).click()
  await lead.getByText('Alles ist entschieden.').waitFor()
  await part.getByLabel('Wörter, die geschwärzt werden').fill('Kurt Lang')
  await part.getByRole('button', { name: 'Schwärzen', exact: true }).click()
  await part.getByText('Kurt Lang: geschwärzt').waitFor()
  await lead.getByRole('link', { name: 'Zurück zu den Anträgen' }).click()
  const [download] = await Promise.all([
    lead.waitForEvent('download'),
    item.getByRole('button', { name: 'Kopie erstellen (JSON)' }).click(),
  ])
  const copy = await readFile(await download.path(), 'utf8')
  expect(copy).toContain('Mein Nachbar [geschwärzt], [geschwärzt], sagt Hausnummer 4.')
  expect(copy).toContain('Hausnummer 5')
  expect(copy).not.toMatch(/Kurt|Lang,|5550199/)
  await item.getByText('erstellt am', { exact: false }).waitFor()
})
