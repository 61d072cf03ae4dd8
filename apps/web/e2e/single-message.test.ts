import { readFileSync } from 'node:fs'
import type { DataSubjectRequest } from '@buergerdraht/contract'
import { expect, test } from 'vitest'
import { axeViolations, pressIn, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

test('a single message is erased: a clerk is told whom to ask, the lead plans it from the conversation, and who has it open sees it go', async () => {
  const phone = '491713979022'
  await office().citizenWrites(phone, 'Die Hecke ragt in den Gehweg.')
  await office().citizenWrites(phone, 'Befund der Nachbarin')
  await office().settled()
  const clerk = (await atDesk('clerk')).page
  await clerk
    .getByRole('link', { name: /Befund der Nachbarin/ })
    .first()
    .click()
  const wrong = clerk.getByRole('article').filter({ hasText: 'Befund der Nachbarin' })
  await wrong.focus()
  await wrong.getByRole('button', { name: 'Nachricht löschen lassen' }).press('Enter')
  const asked = clerk.getByRole('dialog', { name: 'Diese Nachricht löschen lassen (Art. 17 DSGVO)' })
  const number = await asked.getByLabel('Nummer der Nachricht').inputValue()
  expect(number).toMatch(/^[0-9a-f-]{36}$/)
  expect(await asked.getByRole('button', { name: 'Weiter zur Notlöschung' }).count()).toBe(0)
  expect(await axeViolations(clerk)).toEqual([])
  await pressIn(asked, 'Escape')
  await asked.waitFor({ state: 'detached' })

  const lead = (await atDesk('team-lead')).page
  await lead
    .getByRole('link', { name: /Befund der Nachbarin/ })
    .first()
    .click()
  const said = lead.getByRole('article').filter({ hasText: 'Befund der Nachbarin' })
  await said.focus()
  await said.getByRole('button', { name: 'Nachricht löschen lassen' }).press('Enter')
  await lead
    .getByRole('dialog', { name: 'Diese Nachricht löschen lassen (Art. 17 DSGVO)' })
    .getByRole('button', { name: 'Weiter zur Notlöschung' })
    .press('Enter')
  const form = lead.getByRole('form', { name: 'Notlöschung' })
  await expect.poll(() => form.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(await form.getByLabel('Einzelne Nachrichten').inputValue()).toBe(number)
  expect(lead.url()).not.toContain(number)
  expect(await axeViolations(lead)).toEqual([])
  await form.getByRole('button', { name: 'Notlöschung planen' }).press('Enter')
  await form.waitFor({ state: 'detached' })
  await lead.getByRole('listitem').filter({ hasText: 'Notlöschung, geplant am' }).waitFor()
  // Nothing is left that could be lost.
  await lead.getByRole('link', { name: 'Posteingang', exact: true }).click()
  await lead.waitForURL(/posteingang/)

  const { page } = await atDesk('dpo')
  await page.getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  const proposal = page.getByRole('listitem').filter({ hasText: 'eine Nachricht mit ihren Dateien' })
  await proposal.getByText('Ein Löschlauf soll eine Nachricht mit ihren Dateien endgültig löschen.').waitFor()
  await proposal.getByRole('button', { name: 'Billigen' }).click()
  await wrong.waitFor({ state: 'detached' })
  await clerk.getByRole('article').filter({ hasText: 'Die Hecke ragt in den Gehweg.' }).waitFor()
})

test('an erasure is about a file alone: it is chosen by keyboard, granted, approved by somebody else, and its message says what became of it', async () => {
  const phone = '491713979023'
  const photo = readFileSync(
    new URL('../../../packages/inbox/test/media/samples/photo-with-gps.jpg', import.meta.url),
  )
  const sent = await fetch(`${office().simulator.url}/citizens/${phone}/media`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      base64: photo.toString('base64'),
      mediaType: 'image/jpeg',
      kind: 'document',
      fileName: 'Ausweis.jpg',
      caption: 'Hier mein Ausweis',
    }),
  })
  expect(sent.ok).toBe(true)
  const { pool } = office().database
  // No other test here sends a file.
  const found = `select conversation_id as id from attachment where message_id is not null and state <> 'pending'`
  await expect.poll(async () => (await pool.query(found)).rowCount, { timeout: 60_000 }).toBe(1)
  const { rows } = await pool.query<{ id: string }>(found)
  const visitor = await office().signIn('clerk')
  const { body: request } = await visitor.post<DataSubjectRequest>('/subject-requests', {
    conversationId: rows[0]?.id,
    kind: 'erasure',
  })
  expect((await visitor.post(`/subject-requests/${request.id}/identity`, { way: 'IN_PERSON' })).status).toBe(
    200,
  )

  const clerk = (await atDesk('clerk')).page
  await clerk.getByRole('link', { name: /^Anträge/ }).click()
  const own = clerk.getByRole('listitem').filter({ hasText: 'Löschung (Art. 17 DSGVO)' })
  await own.getByText('alles von dieser Person', { exact: true }).waitFor()
  await own.getByRole('link', { name: 'Auswählen, worum es geht', exact: true }).press('Enter')
  await clerk.getByRole('heading', { name: 'Worum geht es bei der Löschung?', exact: true }).waitFor()
  const save = clerk.getByRole('button', { name: 'Nur darum geht es', exact: true })
  await save.press('Enter')
  await clerk
    .getByRole('alert')
    .getByText('Wählen Sie Nachrichten oder Dateien aus', { exact: false })
    .waitFor()
  const message = clerk.getByRole('checkbox', { name: /Hier mein Ausweis/ })
  const file = clerk.getByRole('checkbox', { name: /^Nur die Datei: Ausweis\.jpg/ })
  // With its message it goes anyway.
  await message.press('Space')
  await clerk.getByText('Ausgewählt: 1 Nachricht.', { exact: true }).first().waitFor()
  await expect.poll(() => file.isDisabled()).toBe(true)
  await message.press('Space')
  await file.press('Space')
  await expect.poll(() => file.isChecked()).toBe(true)
  expect(await axeViolations(clerk)).toEqual([])
  await clerk.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(clerk), { timeout: 60_000 }).toBe(0)
  await clerk.setViewportSize({ width: 1280, height: 800 })
  await save.press('Enter')
  await expect
    .poll(async () => {
      const { rowCount } = await pool.query(
        'select from data_subject_request where cardinality(chosen_files) = 1',
      )
      return rowCount
    })
    .toBe(1)
  await clerk.getByRole('link', { name: 'Zurück zu den Anträgen', exact: true }).click()
  await own.getByText('ausgewählt: 1 Datei', { exact: true }).waitFor()

  const lead = (await atDesk('team-lead')).page
  await lead.getByRole('link', { name: /^Anträge/ }).click()
  const item = lead.getByRole('listitem').filter({ hasText: 'Löschung (Art. 17 DSGVO)' })
  await item.getByText('Von dem Ausgewählten würde nichts gelöscht.', { exact: true }).waitFor()
  await item.getByLabel('Grund der Löschung').selectOption({ label: 'unrechtmäßig verarbeitet (Buchst. d)' })
  await item.getByRole('button', { name: 'Entscheiden', exact: true }).press('Enter')
  await item.getByText('Von dem Ausgewählten würde eines gelöscht', { exact: false }).waitFor()
  expect(await axeViolations(lead)).toEqual([])
  await item.getByRole('button', { name: 'Löschlauf planen', exact: true }).press('Enter')
  await item.getByText('Über eines davon ist ein Löschlauf geplant.', { exact: false }).waitFor()

  const { page } = await atDesk('dpo')
  await page.getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  const proposal = page.getByRole('listitem').filter({ hasText: 'eine Datei, deren Nachricht bleibt' })
  await proposal.getByRole('button', { name: 'Billigen' }).click()
  await own.getByRole('link', { name: 'Zum Vorgang', exact: true }).click()
  const stays = clerk.getByRole('article').filter({ hasText: 'Hier mein Ausweis' })
  await stays.getByText('Eine Datei dieser Nachricht wurde am', { exact: false }).waitFor({ timeout: 60_000 })
  await stays.getByText('Art. 17 Abs. 1 Buchst. d DSGVO', { exact: false }).waitFor()
})
