import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

test('the administrators fill in the privacy notice, data protection agrees, and whoever writes reads it while the clerk sees that nobody has answered', async () => {
  const { page } = await atDesk('admin')
  await page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  await page.getByText('Es gilt noch kein Datenschutzhinweis', { exact: false }).waitFor()
  await page.getByRole('link', { name: 'Datenschutzhinweis ansehen und ändern' }).first().click()
  await page.getByRole('heading', { name: 'Datenschutzhinweis', level: 1 }).waitFor()
  const propose = page.getByRole('button', { name: 'Zur Zustimmung vorschlagen' })
  await page.getByRole('textbox', { name: 'Verantwortliche Behörde' }).fill('die Stadt Musterstadt')
  await propose.click()
  await page
    .getByText('Der Text nennt {Telefon}. Bitte ausfüllen oder aus dem Text nehmen.', { exact: true })
    .waitFor()
  expect(await axeViolations(page)).toEqual([])
  for (const [name, value] of [
    ['Telefon statt WhatsApp', '0800 123'],
    ['E-Mail statt WhatsApp', 'amt@musterstadt.example'],
    ['Formular statt WhatsApp', 'https://musterstadt.example/formular'],
    ['Wie lange Chats bleiben', '30 Tage'],
    ['Adresse aller Datenschutzhinweise', 'https://musterstadt.example/datenschutz'],
  ] as const)
    await page.getByRole('textbox', { name }).fill(value)
  const preview = page.getByRole('figure', { name: 'So steht es auf dem Telefon' })
  await preview.getByText('Guten Tag, hier ist die Stadt Musterstadt.', { exact: false }).waitFor()
  await page.getByText('Nicht geprüft: Leichte Sprache', { exact: false }).waitFor()
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await propose.click()
  await page.getByRole('heading', { name: 'Was die Leute nach der Zustimmung lesen würden' }).waitFor()

  const dpo = await atDesk('dpo')
  await dpo.page.getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  await dpo.page.getByText('soll den Datenschutzhinweis in Fassung 1 bekommen', { exact: false }).waitFor()
  await dpo.page.getByRole('link', { name: 'Entwurf ansehen' }).click()
  await dpo.page
    .getByRole('figure', { name: 'So steht es auf dem Telefon' })
    .getByText('AUSKUNFT', { exact: false })
    .waitFor()
  await dpo.page.goBack()
  await dpo.page.getByRole('button', { name: 'Billigen' }).click()
  await dpo.page
    .getByText('Die Entscheidung ist gespeichert und gilt.')
    .first()
    .waitFor({ state: 'attached' })

  await office().citizenWrites('491710005001', 'Wann haben Sie offen?')
  await office().settled()
  const clerk = await atDesk('clerk')
  await clerk.page.getByRole('link', { name: /Wann haben Sie offen/ }).click()
  await clerk.page.getByText('Datenschutzhinweis, Fassung 1 (keine Antwort)').waitFor()
  await clerk.page.getByText('Was gesendet wurde').click()
  await clerk.page.getByText('Guten Tag, hier ist die Stadt Musterstadt.', { exact: false }).waitFor()
  expect(await axeViolations(clerk.page)).toEqual([])

  await dpo.page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  // The first may still be that of the notice that there is none.
  await dpo.page.getByRole('link', { name: 'Datenschutzhinweis ansehen und ändern' }).last().click()
  await dpo.page.getByText('Es gilt Fassung 1, vorgeschlagen von', { exact: false }).waitFor()
  await dpo.page.getByText('zugestellt', { exact: true }).waitFor()
  expect(await axeViolations(dpo.page)).toEqual([])
})
