import { expect, test } from 'vitest'
import { ledgerGoesOn } from '../../server/test/younger-ledger.ts'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

test('after a restore there is one page; two people open the office, and it opens by itself for whoever waits', async () => {
  await office().stopWorker()
  await office().stopApi()
  const lawsuit = {
    approvals: ['SCHRIFTGUT'],
    reason: 'LITIGATION',
    basis: 'ART17_3E',
    expiresOn: '2099-06-30',
  }
  const two = ['SCHRIFTGUT', 'DATENSCHUTZ']
  const released = { type: 'HOLD_RELEASE', reason: 'AUDIT', approvals: two, objects: { messages: 1 } }
  await ledgerGoesOn(
    office(),
    [],
    [
      { fields: { type: 'HOLD_SET', ...lawsuit, covers: 'DA04' }, ids: [] },
      { fields: released, ids: ['somebody'] },
    ],
  )
  const starting = Promise.all([office().startApi(), office().startWorker()])
  await expect
    .poll(() =>
      fetch(office().baseUrl).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200)

  const clerk = await atDesk('clerk')
  // While what is closed makes way for what is open.
  const making = /ERR_CONNECTION_REFUSED/
  clerk.expectError(making)
  await clerk.page.getByText('Freigeben können Schriftgutverwaltung', { exact: false }).waitFor()
  const records = await atDesk('records')
  records.expectError(making)
  records.expectError(/status of 403/)
  await records.page.getByText('Das Löschregister ist nachvollzogen', { exact: false }).waitFor()
  await expect.poll(() => records.page.locator('dl').textContent()).toMatch(/neu gesetzte Sperren\s*1/)
  expect(await records.page.locator('dl').textContent()).toMatch(/Entscheidungen, die verloren sind\s*1/)
  for (const scheme of ['light', 'dark'] as const) {
    await records.page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(records.page)).toEqual([])
  }
  await records.page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(records.page)).toBe(0)
  await records.page.getByRole('button', { name: 'Freigabe vorschlagen' }).press('Enter')
  await records.page.getByText('Die Freigabe ist vorgeschlagen', { exact: false }).first().waitFor()
  await records.page.getByRole('button', { name: 'Freigeben' }).press('Enter')
  await records.page.getByRole('alert').waitFor()

  const { page, expectError } = await atDesk('dpo')
  expectError(making)
  await page.getByRole('button', { name: 'Freigeben' }).press('Enter')
  await starting
  await page.getByRole('link', { name: 'Löschläufe' }).waitFor()
  await clerk.page.getByRole('link', { name: 'Posteingang' }).waitFor()
})
