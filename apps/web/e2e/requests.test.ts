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
  await lead.getByRole('link', { name: 'Anträge', exact: true }).click()
  const item = lead.getByRole('listitem').filter({ hasText: 'Auskunft (Art. 15 DSGVO)' })
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
  await dpo.getByRole('link', { name: 'Anträge', exact: true }).click()
  await dpo.getByRole('region', { name: 'Beantwortet' }).getByText('Auskunft (Art. 15 DSGVO)').waitFor()
})
