import { expect, test } from 'vitest'
import { axeViolations, pressIn } from './browser.ts'
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
