import { expect, test } from 'vitest'
import { ledgerGoesOn, loseLedger } from '../../server/test/younger-ledger.ts'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

/** Api and worker start, and answer while they let nobody in. @returns what ends when they do */
async function closed(): Promise<{ readonly opened: Promise<unknown> }> {
  const opened = Promise.all([office().startApi(), office().startWorker()])
  await expect
    .poll(() =>
      fetch(office().baseUrl).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200)
  return { opened }
}

test('when the ledger is lost there is one page; two people give it up, and the page of the ledger shows it for what it is', async () => {
  await office().stopWorker()
  await office().stopApi()
  await loseLedger(office())
  const { opened } = await closed()

  const records = await atDesk('records')
  // While what is closed makes way for what is open.
  const making = /net::ERR_/
  records.expectError(making)
  await records.page.getByRole('heading', { name: 'Das Löschregister aufgeben?' }).waitFor()
  await records.page.getByText('Es fehlt.', { exact: true }).waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await records.page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(records.page)).toEqual([])
  }
  await records.page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(records.page)).toBe(0)
  await records.page.getByRole('button', { name: 'Vorschlagen, es aufzugeben' }).press('Enter')
  const dpo = await atDesk('dpo')
  dpo.expectError(making)
  await dpo.page.getByText('Eine andere Person muss zustimmen.', { exact: false }).waitFor()
  await dpo.page.getByRole('button', { name: 'Aufgeben und ein neues beginnen' }).press('Enter')
  await opened
  await dpo.page.getByRole('link', { name: 'Löschläufe', exact: true }).waitFor()
  await dpo.page.goto(`${office().baseUrl}/loeschkonzept/register`)
  await dpo.page.getByRole('heading', { name: 'Neues Löschregister nach einem aufgegebenen' }).waitFor()
  await dpo.page.getByRole('heading', { name: 'Aufgegebene Register' }).waitFor()
  await dpo.page
    .getByRole('region', { name: '1. Löschregister' })
    .getByText('verloren', { exact: true })
    .waitFor()
  await dpo.page.getByText('Von diesem Register ist nichts mehr da.').first().waitFor()
  expect(await axeViolations(dpo.page)).toEqual([])
})

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
  // As it was entered before the ledger said whose class is whose.
  const changed = {
    type: 'RULE_CHANGE',
    cluster: 'DA03',
    rule: 'LR-DA03@2',
    classes: ['1y', '2y', '5y', '10y', '10y'].map((period) => `CASE_CLOSED+END_OF_YEAR/${period}`),
    affected: { dueEarlier: 0, dueLater: 0, unchanged: 0 },
    approvals: two,
  }
  await ledgerGoesOn(
    office(),
    [],
    [
      { fields: { type: 'HOLD_SET', ...lawsuit, covers: 'DA04' }, ids: [] },
      { fields: changed, ids: [] },
    ],
  )
  const starting = await closed()
  const clerk = await atDesk('clerk')
  // While what is closed makes way for what is open.
  const making = /net::ERR_/
  clerk.expectError(making)
  await clerk.page.getByText('Freigeben können Schriftgutverwaltung', { exact: false }).waitFor()
  const records = await atDesk('records')
  records.expectError(making)
  records.expectError(/status of 403/)
  records.expectError(/status of 409/)
  await records.page.getByText('Das Löschregister ist nachvollzogen', { exact: false }).waitFor()
  await expect
    .poll(() => records.page.locator('dl').first().textContent())
    .toMatch(/neu gesetzte Sperren\s*1/)
  expect(await records.page.locator('dl').first().textContent()).toMatch(
    /Entscheidungen, die erneut zu treffen sind\s*1/,
  )
  for (const scheme of ['light', 'dark'] as const) {
    await records.page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(records.page)).toEqual([])
  }
  await records.page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(records.page)).toBe(0)
  // Refused as long as nobody has taken over what the ledger cannot make again.
  await records.page.getByRole('button', { name: 'Freigabe vorschlagen' }).press('Enter')
  await records.page.getByText('Erst muss jemand übernehmen', { exact: false }).waitFor()
  await records.page.getByRole('heading', { name: 'Löschregel geändert' }).waitFor()
  await records.page.getByRole('button', { name: 'Aufgabe übernehmen' }).press('Enter')
  await records.page.getByText('Übernommen am', { exact: false }).waitFor()
  await records.page.getByRole('button', { name: 'Freigabe vorschlagen' }).press('Enter')
  await records.page.getByText('Die Freigabe ist vorgeschlagen', { exact: false }).first().waitFor()
  await records.page.getByRole('button', { name: 'Freigeben' }).press('Enter')
  await records.page.getByRole('alert').waitFor()

  const { page, expectError } = await atDesk('dpo')
  expectError(making)
  await page.getByRole('button', { name: 'Freigeben' }).press('Enter')
  await starting.opened
  await page.getByRole('link', { name: 'Löschläufe', exact: true }).waitFor()
  await clerk.page.getByRole('link', { name: 'Posteingang', exact: true }).waitFor()

  // What was taken over stands on the list of data protection until whoever has it says that it is done.
  await page.goto(`${office().baseUrl}/loeschkonzept`)
  await page.getByText('noch eine Aufgabe offen', { exact: false }).waitFor()
  await page.getByRole('link', { name: 'Aufgaben ansehen', exact: true }).press('Enter')
  await page.getByText('Übernommen am', { exact: false }).waitFor()
  await page.getByRole('link', { name: 'erledigt: 0', exact: true }).waitFor()
  await page.getByText('Zuständig: Schriftgutverwaltung oder Administration.', { exact: true }).waitFor()
  for (const name of ['Als erledigt melden', 'Aufgabe übernehmen'])
    expect(await page.getByRole('button', { name, exact: true }).count()).toBe(0)
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await records.page.goto(`${office().baseUrl}/loeschkonzept/wiederherstellung`)
  await records.page.getByRole('button', { name: 'Als erledigt melden', exact: true }).press('Enter')
  await records.page.getByRole('link', { name: 'erledigt: 1', exact: true }).press('Enter')
  await records.page.getByText('Erledigt am', { exact: false }).waitFor()
  // Without being asked anew.
  await page.getByRole('link', { name: 'offen: 0', exact: true }).waitFor()
})
