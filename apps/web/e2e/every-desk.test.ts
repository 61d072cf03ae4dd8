import { roles } from '@buergerdraht/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { desksFor } from '../src/desks.ts'
import { axeViolations } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

/** 1280 × 1024, enlarged four times (WCAG 2.2, 1.4.10). */
const enlarged = { width: 320, height: 256 }
const usual = { width: 1366, height: 768 }

/** Each desk once, by the first role that has it. */
const visits = roles.map((role, index) => {
  const seenBefore = new Set(
    roles.slice(0, index).flatMap((one) => desksFor(one).map(({ address }) => address)),
  )
  return [
    role,
    desksFor(role)
      .map(({ address }) => address)
      .filter((one) => !seenBefore.has(one)),
  ] as const
})

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

test.each(visits)(
  'the desks of the role %s have their heading and can be scrolled by keyboard before their code is here, while they load, and empty',
  async (role, addresses) => {
    const { page } = await atDesk(role)
    await page.getByRole('button', { name: 'Konto und Einstellungen' }).waitFor()
    for (const address of addresses) {
      await page.setViewportSize(usual)
      const sendCode = await holdBack(page, /\/assets\/[a-z-]+-page-[^/]+\.js$/)
      const answer = await holdBack(page, /\/api\/v1\/(?!session|events)/)
      await page.goto(address, { waitUntil: 'domcontentloaded' })
      await page.getByText('Wird geladen', { exact: false }).first().waitFor()
      await faultless(page, `${address} before its code`)
      await sendCode()
      await page.setViewportSize(usual)
      await page.locator('#content section').first().waitFor()
      await page.getByText('Wird geladen', { exact: false }).first().waitFor()
      await faultless(page, `${address} while it loads`)
      await answer()
      await page.setViewportSize(usual)
      await expect
        .poll(() => page.getByText('Wird geladen', { exact: false }).count(), { message: address })
        .toBe(0)
      await faultless(page, `${address}, empty`)
    }
  },
)

test('a search without a hit leaves a list that can be scrolled by keyboard', async () => {
  await office().citizenWrites('491713962001', 'Ist das Amt heute offen?')
  const { page } = await atDesk('clerk', 0, { viewport: enlarged })
  await page.getByRole('link', { name: /Amt heute offen/ }).waitFor()
  await page.getByRole('searchbox').fill('Quastenflosser')
  await page.getByText('Quastenflosser', { exact: false }).first().waitFor()
  await page.getByRole('link', { name: /Amt heute offen/ }).waitFor({ state: 'detached' })
  expect(await axeViolations(page)).toEqual([])
})
