import { expect, test } from 'vitest'
import { archiveWaives } from '../../server/test/archive-waives.ts'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()
const phone = '491713979017'

test('the data-protection officer sees what a provider refuses to delete, and each number opens the list behind it', async () => {
  const { pool } = office().database
  const { url } = office().simulator
  const json = { 'content-type': 'application/json' }
  await archiveWaives(pool)
  await fetch(`${url}/faults`, {
    method: 'PUT',
    headers: json,
    body: JSON.stringify({ erasures: { answer: 'refuse', httpStatus: 403 } }),
  })
  await fetch(`${url}/citizens/${phone}/media`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ sample: 'photo' }),
  })
  await office().settled()
  await expect
    .poll(async () => (await pool.query(`select from attachment where state = 'ready'`)).rowCount, {
      timeout: 60_000,
    })
    .toBe(1)
  await pool.query(
    `update conversation set state = 'closed', closed_at = now() - interval '40 days', due_at = now() - interval '9 days', waits_for = null,
       filing = 'NOT_FILE_RELEVANT', waiting_since = null`,
  )
  const [records, dpo] = [await office().signIn('records'), await office().signIn('dpo')]
  await records.post('/deletion-runs', { kind: 'planned' })
  const { body } = await dpo.get<{ items: { id: string; kind: string }[] }>('/proposals')
  const run = body.items.find(({ kind }) => kind === 'deletion-run')
  expect((await dpo.post(`/proposals/${run?.id}/approval`)).status).toBe(200)
  await expect
    .poll(async () => (await pool.query(`select from processor_task where state = 'refused'`)).rowCount, {
      timeout: 60_000,
    })
    .toBe(1)

  const { page } = await atDesk('dpo')
  await page.getByRole('link', { name: 'Löschkonzept', exact: true }).click()
  await page.getByText('Ein Dienstleister hat eine Löschung abgelehnt.', { exact: false }).waitFor()
  await page.getByRole('link', { name: 'Ansehen, was Dienstleister noch haben' }).click()
  await page.getByRole('heading', { name: 'Bei Dienstleistern', level: 1 }).waitFor()
  await page.getByText('In dieser Liste steht nichts.').waitFor()
  await page.getByRole('link', { name: 'abgelehnt: 1' }).press('Enter')
  await page
    .getByRole('row', { name: /^Dienstleister: Datei .*abgelehnt, wird wieder gefragt http-403/ })
    .waitFor()
  expect(new URL(page.url()).pathname).toBe('/loeschkonzept/dienstleister-abgelehnt')
  await page.getByRole('link', { name: 'Rest liegt noch dort: 2' }).click()
  await page
    .getByRole('row', { name: /^Dienstleister: Nachrichten .*lässt sich dort nicht löschen/ })
    .waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  expect(await page.content()).not.toContain(phone)
  await page.goBack()
  await page.getByRole('heading', { name: 'abgelehnt', level: 2 }).waitFor()
})
