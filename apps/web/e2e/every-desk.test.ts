import { roles } from '@buergerdraht/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeViolations } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

/** 1280 × 1024, enlarged four times (WCAG 2.2, 1.4.10). */
const enlarged = { width: 320, height: 256 }
const usual = { width: 1366, height: 768 }

/** Pages that no link of the frame leads to. */
const further = [
  ['records', '/loeschkonzept/DA01'],
  ['records', '/loeschkonzept/aktenplan'],
  ['records', '/loeschkonzept/archiv'],
  ['dpo', '/loeschkonzept/dokumente'],
  ['auditor', '/pruefung/pruefpunkte'],
  ['auditor', '/pruefung/selbstpruefungen'],
  ['auditor', '/pruefung/erneuerungen'],
  ['admin', '/kanaele/neu'],
  ['admin', '/personen/neu'],
  ['admin', '/personen/teams'],
  ['clerk', '/konto'],
  ['clerk', '/notfall'],
] as const

/** Holds back what the page asks for until it is let go. */
async function holdBack(page: Page, what: RegExp): Promise<() => Promise<void>> {
  let letGo: () => void = () => undefined
  const gone = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(what, async (route) => {
    await gone
    await route.fallback()
  })
  return async () => {
    letGo()
    await page.unroute(what)
  }
}

async function faultless(page: Page, state: string): Promise<void> {
  for (const size of [usual, enlarged]) {
    await page.setViewportSize(size)
    expect(await axeViolations(page), `${state}, ${size.width} px`).toEqual([])
  }
  expect(await page.getByRole('heading', { level: 1 }).count(), state).toBe(1)
}

test('each desk has its heading and is scrolled by keyboard before its code is here, while it loads, and empty', async () => {
  const seen = new Set<string>()
  for (const role of roles) {
    const { page } = await atDesk(role)
    await page.getByRole('button', { name: 'Konto und Einstellungen' }).waitFor()
    const links = page.getByRole('navigation').first().getByRole('link')
    const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
    addresses.push(...further.filter(([whose]) => whose === role).map(([, address]) => address))
    for (const address of addresses) {
      if (seen.has(address)) continue
      seen.add(address)
      await page.setViewportSize(usual)
      const sendCode = await holdBack(page, /\/assets\/[a-z-]+-page-[^/]+\.js$/)
      const answer = await holdBack(page, /\/api\/v1\/(?!session|events)/)
      await page.goto(address, { waitUntil: 'domcontentloaded' })
      await page.getByText('Wird geladen', { exact: false }).first().waitFor()
      await faultless(page, `${address} before its code`)
      await sendCode()
      await page.setViewportSize(usual)
      await page.locator('#content section').first().waitFor()
      await faultless(page, `${address} while it loads`)
      await answer()
      await page.setViewportSize(usual)
      await expect
        .poll(() => page.getByText('Wird geladen', { exact: false }).count(), { message: address })
        .toBe(0)
      await faultless(page, `${address}, empty`)
    }
  }
  expect(seen.size).toBeGreaterThan(20)
})

test('enlarged four times the list has room for its rows, and can be scrolled by keyboard where a search finds none', async () => {
  await office().citizenWrites('491713962001', 'Ist das Amt heute offen?')
  const { page } = await atDesk('clerk', 0, { viewport: enlarged })
  await page.getByRole('link', { name: /Amt heute offen/ }).waitFor()
  const room = `document.querySelector('[data-row]').closest('ul').parentElement.clientHeight`
  await expect.poll(() => page.evaluate<number>(room)).toBeGreaterThan(150)
  await page.getByRole('searchbox').fill('Quastenflosser')
  await page.getByText('Quastenflosser', { exact: false }).first().waitFor()
  await page.getByRole('link', { name: /Amt heute offen/ }).waitFor({ state: 'detached' })
  expect(await axeViolations(page)).toEqual([])
})
