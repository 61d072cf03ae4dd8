import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

test('an auditor has a name revealed by the data-protection officer, and nobody else sees it', async () => {
  const login = office().demo.logins.find(({ role }) => role === 'clerk')
  const { rows } = await office().database.pool.query<{ display_name: string }>(
    'select display_name from account where email = $1',
    [login?.email],
  )
  const name = rows[0]?.display_name ?? ''
  await office().signIn('clerk')
  const { page } = await atDesk('auditor')
  await page
    .getByRole('row', { name: /Sachbearbeitung/ })
    .first()
    .getByRole('button')
    .first()
    .click()
  await page.getByText(/^Nur Person [0-9A-F]{4}-[0-9A-F]{4}$/).waitFor()
  await page.getByRole('button', { name: 'Namen aufdecken lassen' }).click()
  await page.getByLabel('Grund').selectOption('suspected-misuse')
  expect(await axeViolations(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('button', { name: 'Beantragen' }).click()
  await page
    .getByRole('main')
    .getByText('Der Antrag wartet auf eine zweite Person', { exact: false })
    .waitFor()
  expect(await page.content()).not.toContain(name)

  const { page: second } = await atDesk('dpo')
  await second.getByRole('navigation').getByRole('link', { name: 'Vier-Augen', exact: true }).click()
  await second.getByText(/^Wer im Protokoll als [0-9A-F]{4}-[0-9A-F]{4} steht/).waitFor()
  expect(await second.content()).not.toContain(name)
  expect(await axeViolations(second)).toEqual([])
  await second.getByRole('button', { name: 'Billigen' }).click()
  await second.getByText('gebilligt von', { exact: false }).first().waitFor()
  expect(await second.content()).not.toContain(name)

  await page.reload()
  await page
    .getByRole('row', { name: new RegExp(name) })
    .first()
    .waitFor()
  expect(await axeViolations(page)).toEqual([])
})
