import { expect, test } from 'vitest'
import { archiveWaives } from '../../server/test/archive-waives.ts'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

test('records management plans a run, the data-protection officer approves it, and both see it end', async () => {
  const { pool } = office().database
  await archiveWaives(pool)
  const question = 'Wann hat das Standesamt auf?'
  await office().citizenWrites('491713979011', question)
  await office().settled()

  const records = await atDesk('records')
  await records.page.getByRole('link', { name: 'Löschläufe', exact: true }).click()
  await records.page.getByText('Es gab noch keinen Löschlauf.').waitFor()
  const plan = records.page.getByRole('button', { name: 'Lauf über alles Fällige planen' })
  await plan.click()
  await records.page.getByText('Davon darf zurzeit nichts gelöscht werden.', { exact: false }).waitFor()
  expect(await records.page.getByText('wartet auf eine zweite Person').count()).toBe(0)

  await pool.query(
    `update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null`,
  )
  await plan.click()
  const run = records.page.getByRole('listitem').filter({ hasText: 'Fälliges, geplant am' })
  await run.getByText('wartet auf eine zweite Person').waitFor()
  await run.getByText('0 von 1 gelöscht').waitFor()
  expect(await axeViolations(records.page)).toEqual([])

  const { page } = await atDesk('dpo')
  await page.getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  await page.getByRole('button', { name: 'Billigen' }).click()
  await page.getByText('Die Entscheidung ist gespeichert und gilt.').first().waitFor({ state: 'attached' })
  await page.getByRole('link', { name: 'Löschläufe', exact: true }).click()
  await page.getByText('abgeschlossen · Beendet am', { exact: false }).waitFor()
  await page.getByText('1 von 1 gelöscht').waitFor()
  await run.getByText('abgeschlossen · Beendet am', { exact: false }).waitFor()
  expect((await pool.query('select from conversation')).rowCount).toBe(0)
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 120_000 }),
    page.getByRole('link', { name: /^Löschprotokoll PDF: Fälliges/ }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^loeschprotokoll-[0-9a-f-]{36}\.pdf$/)
  expect(await download.failure()).toBeNull()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  expect(await page.content()).not.toContain('Standesamt')
})
