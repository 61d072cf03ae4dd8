import { expect, test, vi } from 'vitest'
import { archiveWaives } from '../../server/test/archive-waives.ts'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 240_000 })

const { office, atDesk } = staffedOffice()

const patient = { timeout: 120_000 }
/** A batch, and what is left for the next one. */
const batch = 50
const rest = 3

test('a clerk looks past a full batch, comes back, and decides about one batch after the other by keyboard', async () => {
  const { pool } = office().database
  await archiveWaives(pool)
  for (let number = 0; number < batch + rest; number += 1)
    await office().citizenWrites(
      `4917139820${10 + number}`,
      'Kredit ohne Schufa, jetzt klicken und gewinnen!',
    )
  await office().settled()
  await pool.query(
    `update conversation set opened_at = now() - interval '400 days', last_message_at = now() - interval '400 days'`,
  )
  await vi.waitFor(
    async () => expect((await pool.query('select from conversation_signal')).rowCount).toBe(batch + rest),
    { timeout: 120_000, interval: 200 },
  )

  const { page } = await atDesk('clerk')
  await page.getByRole('link', { name: 'Löschwerkstatt', exact: true }).click()
  const main = page.getByRole('main')
  function heading(name: string) {
    return main.getByRole('heading', { name, exact: true })
  }
  function focused() {
    return page.evaluate(() => document.activeElement?.textContent)
  }
  await heading('Vorgang 1 von 50').waitFor(patient)
  await main
    .getByText('Es gibt noch mehr. Nach diesem Stapel kommen die nächsten.', { exact: true })
    .waitFor(patient)

  // What was looked at and left alone is passed over, and is there again from the beginning.
  const skip = main.getByRole('button', { name: 'Diese überspringen und die nächsten ansehen', exact: true })
  // What is announced is kept for ten seconds only: somebody listens before it is said.
  const said = page
    .getByText('Jetzt stehen hier 3 Vorgänge.', { exact: true })
    .waitFor({ ...patient, state: 'attached' })
  await skip.press('Enter')
  await said
  await heading('Vorgang 3 von 3').waitFor(patient)
  await expect.poll(focused, patient).toBe('Vorgang 1 von 3')
  expect(await skip.count()).toBe(0)
  expect(await axeViolations(page)).toEqual([])
  await main.getByRole('button', { name: 'Von vorn beginnen', exact: true }).press('Enter')
  await heading('Vorgang 50 von 50').waitFor(patient)
  await expect.poll(focused, patient).toBe('Vorgang 1 von 50')

  // Whoever has begun to decide does not turn the page: what is decided would be out of sight.
  await page.keyboard.press('l')
  await expect.poll(focused, patient).toBe('Vorgang 2 von 50')
  expect(await skip.count()).toBe(0)
  for (let number = 2; number <= batch; number += 1) {
    await page.keyboard.press('l')
    await main.getByText(`${number} von 50 entschieden`, { exact: true }).waitFor(patient)
    if (number < batch) await expect.poll(focused, patient).toBe(`Vorgang ${number + 1} von 50`)
  }
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page), patient).toBe(0)
  await main.getByRole('button', { name: '50 Entscheidungen abschicken', exact: true }).press('Enter')
  const outcome = main.getByRole('region', { name: 'Ihre Entscheidungen gelten' })
  await outcome.getByText('50 Vorgänge warten auf eine zweite Person').waitFor(patient)
  await heading('Vorgang 3 von 3').waitFor(patient)
  expect(
    (await pool.query('select from workbench_decision where run_id is not null and sampled')).rowCount,
  ).toBe(5)

  // As fast as one can: each key is about the next matter, whether the focus is there yet or not.
  await expect.poll(focused, patient).toContain('50 Vorgänge warten auf eine zweite Person')
  await heading('Vorgang 1 von 3').focus()
  for (let number = 1; number <= rest; number += 1) await page.keyboard.press('l')
  await main.getByText('3 von 3 entschieden', { exact: true }).waitFor(patient)
  await main.getByRole('button', { name: '3 Entscheidungen abschicken', exact: true }).press('Enter')
  await outcome.getByText('3 Vorgänge warten auf eine zweite Person').waitFor(patient)
  await main.getByText('Hier ist nichts aufzuräumen.').waitFor(patient)

  // Two batches are two runs, and each waits for its own second person.
  const { rows } = await pool.query<{ waiting: number }>(
    `select count(*)::int as waiting from deletion_run_item i join deletion_run r on r.id = i.run_id
     where r.kind = 'manual' and r.state = 'planned' and i.state = 'planned' group by r.id order by 1`,
  )
  expect(rows.map(({ waiting }) => waiting)).toEqual([rest, batch])
})
