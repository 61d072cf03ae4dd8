import { expect, test, vi } from 'vitest'
import { archiveWaives } from '../../server/test/archive-waives.ts'
import { axeViolations, pressIn, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const { office, atDesk } = staffedOffice()

const advert = 'Kredit ohne Schufa, jetzt klicken und gewinnen!'
const patient = { timeout: 120_000 }

test('a clerk tidies up by keyboard, records management reads the sample and approves, and what was decided is gone', async () => {
  const { pool } = office().database
  await archiveWaives(pool)
  for (const phone of ['491713981001', '491713981002', '491713981003'])
    await office().citizenWrites(phone, advert)
  await office().citizenWrites('491713981004', 'Wann bekomme ich endlich meinen Bescheid?')
  await office().settled()
  await pool.query(
    `update conversation set opened_at = now() - interval '400 days', last_message_at = now() - interval '400 days'`,
  )
  await vi.waitFor(
    async () => expect((await pool.query('select from conversation_signal')).rowCount).toBe(4),
    { timeout: 120_000, interval: 200 },
  )

  const { page } = await atDesk('clerk')
  await page.getByRole('link', { name: 'Löschwerkstatt', exact: true }).click()
  const main = page.getByRole('main')
  // The open matter is not among them.
  await main.getByRole('heading', { name: 'Vorgang 1 von 3' }).waitFor(patient)
  await main.getByText('Sieht nach Werbung oder Betrug aus.').first().waitFor(patient)
  expect(await page.content()).not.toContain('Schufa')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await axeViolations(page)).toEqual([])
  }

  // A term that has passed is told to the lead wherever they are, and here what is theirs to do.
  await pool.query(
    `insert into tidying_day (team_id, month, opened_at, lead_told_at)
     select id, '2026-01-01', now() - interval '20 days', now() from team where name = 'Bürgeramt'`,
  )
  const lead = (await atDesk('team-lead')).page
  await lead.getByRole('link', { name: 'Löschwerkstatt überfällig', exact: true }).click()
  await lead
    .getByText(
      /Bürgeramt, Löschtag Januar 2026: nach 14 Tagen nicht erledigt\. Bitte sorgen Sie als Teamleitung/,
    )
    .waitFor(patient)
  // Whoever has two teams is told whose matter it is, and nobody else.
  await lead
    .getByText(/^Team: Bürgeramt · Begonnen/)
    .first()
    .waitFor(patient)
  expect(await page.getByText('Team: ').count()).toBe(0)
  expect(await axeViolations(lead)).toEqual([])

  await page.keyboard.press('j')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent), patient)
    .toContain('Vorgang 1')
  await page.keyboard.press('v')
  await page.getByRole('dialog').getByText(advert).waitFor(patient)
  await pressIn(page.getByRole('dialog'), 'Escape')
  await page.getByRole('dialog').waitFor({ ...patient, state: 'detached' })
  await vi.waitFor(
    async () =>
      expect((await pool.query(`select from audit_entry where act = 'conversation-read'`)).rowCount).toBe(1),
    { timeout: 60_000, interval: 200 },
  )

  await main.getByRole('heading', { name: 'Vorgang 1 von 3' }).press('l')
  await main.getByRole('heading', { name: 'Vorgang 1 von 3 – Löschen' }).waitFor(patient)
  await main.getByText('1 von 3 entschieden', { exact: true }).waitFor(patient)
  await page.keyboard.press('z')
  await main.getByText('0 von 3 entschieden', { exact: true }).waitFor(patient)
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent), patient)
    .toContain('Vorgang 1')
  await page.keyboard.press('l')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent), patient)
    .toContain('Vorgang 2')
  await page.keyboard.press('l')
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent), patient)
    .toContain('Vorgang 3')
  await page.keyboard.press('b')
  await main.getByRole('radio', { name: 'Ein Streit ist möglich', exact: true }).check()
  // No day, and one that is too far away: what was decided before stays, and the form says what is wrong.
  const until = main.getByLabel('Behalten bis', { exact: true })
  const inThreeMonths = await until.inputValue()
  for (const day of ['', '2199-01-01']) {
    await until.fill(day)
    await until.press('Enter')
    await main.getByText('Bitte wählen Sie einen Tag von', { exact: false }).waitFor(patient)
    await main.getByText('2 von 3 entschieden', { exact: true }).waitFor(patient)
  }
  expect(await axeViolations(page)).toEqual([])
  await until.fill(inThreeMonths)
  // From the reason on, without a way past the day.
  await main.getByRole('radio', { name: 'Ein Streit ist möglich', exact: true }).press('Enter')
  await main.getByText('3 von 3 entschieden', { exact: true }).waitFor(patient)
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page), patient).toBe(0)
  await main.getByRole('button', { name: '3 Entscheidungen abschicken' }).press('Enter')
  const outcome = main.getByRole('region', { name: 'Ihre Entscheidungen gelten' })
  await outcome.getByText('2 Vorgänge warten auf eine zweite Person').waitFor(patient)
  await outcome.getByText('Ein Vorgang bleibt bis zu seinem Tag.').waitFor(patient)
  await main.getByText('Hier ist nichts aufzuräumen.').waitFor(patient)

  const second = (await atDesk('records')).page
  await second.getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  await second.getByText('Als Stichprobe gezogen: 1.').waitFor(patient)
  expect(await second.content()).not.toContain('Schufa')
  expect(await axeViolations(second)).toEqual([])
  await second.getByRole('button', { name: 'Stichprobe lesen: Vorgang 1' }).click()
  await second.getByRole('dialog').getByText(advert).waitFor(patient)
  expect(await axeViolations(second)).toEqual([])
  await pressIn(second.getByRole('dialog'), 'Escape')
  await second.getByRole('dialog').waitFor({ ...patient, state: 'detached' })
  await second.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(second), patient).toBe(0)
  await second.getByRole('button', { name: 'Billigen' }).click()
  await second
    .getByText('Die Entscheidung ist gespeichert und gilt.')
    .first()
    .waitFor({ ...patient, state: 'attached' })
  // The open one and the one that is kept are all that is left.
  await vi.waitFor(async () => expect((await pool.query('select from conversation')).rowCount).toBe(2), {
    timeout: 120_000,
    interval: 200,
  })
})
