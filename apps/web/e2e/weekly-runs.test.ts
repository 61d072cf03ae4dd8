import { expect, test } from 'vitest'
import { archiveWaives } from '../../server/test/archive-waives.ts'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

test('a rule is approved by two for a time, what the office prepares is put forward, and an emergency is planned, all by keyboard and at any width', async () => {
  const { pool } = office().database
  await archiveWaives(pool)
  const records = await atDesk('records')
  await records.page.getByRole('link', { name: 'Löschläufe', exact: true }).click()
  await records.page.getByText('Es gibt keine Dauerfreigabe.').waitFor()
  await records.page.getByRole('button', { name: 'Dauerfreigabe vorschlagen' }).press('Enter')
  await records.page.getByLabel('Löschregel').selectOption('LR-DA06@1')
  const lastDay = new Date(Date.now() + 90 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
  await records.page.getByLabel('Letzter Tag').fill(lastDay)
  expect(await axeViolations(records.page)).toEqual([])
  await records.page.getByRole('button', { name: 'Vorschlagen', exact: true }).press('Enter')

  const { page } = await atDesk('dpo')
  await page.getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  await page.getByText('Was nach der Löschregel LR-DA06@1 fällig wird', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Billigen' }).click()
  await page.getByText('Die Entscheidung ist gespeichert und gilt.').first().waitFor({ state: 'attached' })
  await records.page.getByText('LR-DA06@1 · gilt').waitFor()

  await office().citizenWrites('491713979021', 'Wann hat das Standesamt auf?')
  await office().settled()
  await office().stopWorker()
  const { rows } = await pool.query<{ id: string }>(
    `update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null where state = 'open' returning id`,
  )
  await pool.query('delete from planned_week')
  await office().startWorker()
  const prepared = records.page.getByRole('listitem').filter({ hasText: 'vom System vorbereitet' })
  await prepared.getByText('1 zum Löschen vorgesehen').waitFor()
  await prepared.getByRole('button', { name: /^Zur Freigabe vorlegen/ }).press('Enter')
  const forwarded = records.page.getByRole('listitem').filter({ hasText: 'Fälliges, geplant am' }).first()
  await forwarded.getByText('wartet auf eine zweite Person').waitFor()

  await page.getByRole('link', { name: 'Löschläufe', exact: true }).click()
  await page.getByRole('button', { name: 'Notlöschung planen' }).press('Enter')
  const form = page.getByRole('form', { name: 'Notlöschung' })
  await form.getByLabel('Vorgänge').fill('gar keiner')
  await form.getByRole('button', { name: 'Notlöschung planen' }).press('Enter')
  await form.getByText('Hier steht keine Nummer eines Vorgangs', { exact: false }).waitFor()
  await form.getByLabel('Vorgänge').fill(`https://rathaus.example/posteingang/${rows[0]?.id}`)
  expect(await axeViolations(page)).toEqual([])
  await form.getByRole('button', { name: 'Notlöschung planen' }).press('Enter')
  await page.getByRole('listitem').filter({ hasText: 'Notlöschung, geplant am' }).waitFor()
  await page.getByRole('link', { name: 'Hinweise' }).click()
  await page.getByText('will einen Vorgang vor der Frist löschen lassen', { exact: false }).waitFor()

  await page.goto(`${office().baseUrl}/loeschlaeufe`)
  await page.getByRole('button', { name: 'Dauerfreigabe für LR-DA06@1 beenden' }).click()
  await page.getByText('LR-DA06@1 · beendet').waitFor()
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
})
