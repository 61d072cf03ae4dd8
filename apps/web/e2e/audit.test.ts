import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()
const verifier = fileURLToPath(
  new URL('../../../packages/records/dist/buergerdraht-verify.mjs', import.meta.url),
)

test('an auditor sees who did what without names or content, carries the log away and verifies it', async () => {
  await office().citizenWrites('491713970011', 'Mein Wellensittich ist entflogen.')
  const { page: clerk } = await atDesk('clerk')
  await clerk.getByRole('link', { name: /Wellensittich/ }).click()
  await clerk.getByRole('log').getByText('Mein Wellensittich ist entflogen.').waitFor()

  const { page } = await atDesk('auditor')
  await page.getByRole('heading', { name: 'Protokoll', level: 1 }).waitFor()
  const table = page.getByRole('table')
  await table
    .getByRole('cell', { name: /^Gespräch gelesen/ })
    .first()
    .waitFor()
  await page.getByText('Jeder Eintrag ist versiegelt.').waitFor()
  expect(await axeViolations(page)).toEqual([])
  // All of it is on the page, which scrolls.
  const hidden =
    'Math.max(...[...document.querySelectorAll("main table")].map(({ parentElement: box }) => box.scrollHeight - box.clientHeight))'
  await expect.poll(() => page.evaluate<number>(hidden)).toBe(0)
  const text = await page.locator('main').textContent()
  for (const { email, role } of office().demo.logins.filter((one) => one.role !== 'auditor'))
    expect(text, role).not.toContain(email)
  expect(text).not.toMatch(/Wellensittich|491713970011|Aylin/)

  await page.getByLabel('Was', { exact: true }).selectOption({ label: 'Gespräch gelesen' })
  await expect.poll(() => table.getByRole('cell', { name: 'angemeldet', exact: true }).count()).toBe(0)
  await table
    .getByRole('button', { name: /^Nur Einträge zu Gespräch/ })
    .first()
    .click()
  await page.getByText(/^Nur Gespräch [0-9A-F]{4}-[0-9A-F]{4}$/).waitFor()
  await page.getByLabel('Bis Tag').fill('2020-01-01')
  await page.locator('main').getByText('Kein Eintrag passt zu dieser Auswahl.').waitFor()
  await page.getByLabel('Bis Tag').fill('')
  await page.getByRole('button', { name: 'Auswahl aufheben' }).click()

  const key = await page.locator('dt:has-text("Schlüssel zum Prüfen") + dd code').textContent()
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Als JSON-Zeilen zum Prüfen' }).click()
  const folder = await mkdtemp(join(tmpdir(), 'audit-'))
  const path = join(folder, 'audit.jsonl')
  await (await downloading).saveAs(path)
  const report = execFileSync(process.execPath, [verifier, path, '--key', key ?? '', '--json'], {
    encoding: 'utf8',
  })
  expect(JSON.parse(report)).toMatchObject({ verdict: 'valid' })
  await rm(folder, { recursive: true })

  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
})
