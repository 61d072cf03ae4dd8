import { expect, test } from 'vitest'
import { approveNotice } from '../../../packages/inbox/test/privacy-notice/notice.ts'
import { axeViolations, sidewaysScroll, stable } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

test('an office that only receives says so instead of a field, and what was answered elsewhere is noted by keyboard and seen as what it is', async () => {
  const asks = 'Wann hat der Bauhof offen?'
  await office().citizenWrites('491710006001', asks)
  await office().settled()

  // Where the office sends, somebody may have been rung all the same.
  const { page, expectError } = await atDesk('clerk')
  await page.getByText(asks).first().click()
  const thread = page.locator('section[aria-labelledby="thread-name"]')
  await thread.getByRole('textbox', { name: 'Antwort', exact: true }).waitFor()
  await page
    .getByRole('complementary', { name: 'Vorgang' })
    .getByRole('button', { name: 'Anders beantwortet', exact: true })
    .click()
  const dialog = page.getByRole('dialog', { name: 'Anders beantwortet' })
  await dialog.getByRole('combobox', { name: 'Auf welchem Weg' }).waitFor()
  await dialog.getByRole('button', { name: 'Abbrechen' }).click()
  await dialog.waitFor({ state: 'detached' })

  await approveNotice(
    { pool: office().database.pool, now: () => new Date() },
    { text: 'Zum Datenschutz: Wir speichern 30 Tage.' },
  )
  const admin = await atDesk('admin')
  await admin.page.getByRole('heading', { name: 'Kanäle' }).waitFor()
  const receiving = admin.page.getByRole('switch', { name: 'Über WhatsApp nur empfangen' })
  await receiving.focus()
  await admin.page.locator(':focus').and(receiving).press('Space')
  await admin.page.getByRole('switch', { name: 'Über WhatsApp nur empfangen', checked: true }).waitFor()
  await expect
    .poll(async () => {
      const { rows } = await office().database.pool.query('select receives_only from office_setting')
      return rows
    })
    .toEqual([{ receives_only: true }])
  await stable(admin.page)
  expect(await axeViolations(admin.page)).toEqual([])

  await page.reload()
  const instead = thread.getByRole('button', { name: 'Anders beantwortet', exact: true })
  await thread.getByText('Über WhatsApp wird hier nur empfangen', { exact: false }).waitFor()
  expect(await thread.getByRole('textbox').count()).toBe(0)
  await instead.focus()
  await instead.and(page.locator(':focus')).press('Enter')
  const way = dialog.getByRole('combobox', { name: 'Auf welchem Weg' })
  await way.waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await stable(page)
    expect(await axeViolations(page)).toEqual([])
  }
  await dialog.getByText('Datenschutzhinweis beifügen (Fassung 1)').click()
  await dialog.getByText('Zum Datenschutz: Wir speichern 30 Tage.').waitFor()
  await dialog.getByRole('button', { name: 'Datenschutzhinweis kopieren', exact: true }).waitFor()
  await way.selectOption({ label: 'per E-Mail' })
  const when = dialog.getByLabel('Wann', { exact: false })
  await when.fill('2099-01-01T12:00')
  await dialog.getByRole('textbox', { name: 'Was gesagt wurde' }).fill('Montags bis 16 Uhr.')
  const note = dialog.getByRole('button', { name: 'Festhalten', exact: true })
  expectError(/status of 400/)
  await note.focus()
  await note.and(page.locator(':focus')).press('Enter')
  await dialog.getByText('Dieser Zeitpunkt liegt in der Zukunft.').waitFor()
  await when.fill('')
  await note.focus()
  await note.and(page.locator(':focus')).press('Enter')
  await dialog.waitFor({ state: 'detached' })

  const entry = thread.getByRole('article').filter({ hasText: 'Montags bis 16 Uhr.' })
  await entry.getByText('Anders beantwortet: per E-Mail').waitFor()
  await entry.getByText('nicht über WhatsApp', { exact: true }).waitFor()
  expect(await entry.locator('[data-status]').count()).toBe(0)
  await expect
    .poll(async () => {
      const { rows } = await office().database.pool.query(
        `select count(*)::int as waiting from conversation where waiting_since is not null`,
      )
      return rows
    })
    .toEqual([{ waiting: 0 }])
  await page.getByText('Anders beantwortet: Montags bis 16 Uhr.').first().waitFor()
  await stable(page)
  expect(await axeViolations(page)).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await entry.getByText('Anders beantwortet: per E-Mail').waitFor()
  await stable(page)
  expect(await axeViolations(page)).toEqual([])

  // Nothing lies on the phone.
  const answer = await fetch(`${office().simulator.url}/citizens/491710006001/messages`)
  expect(JSON.stringify(await answer.json())).not.toContain('Montags')
})
