import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'
import { axeViolations as violationsOf } from '../../../testing/axe-violations.ts'

/** Debian's Chromium; no browser of a test tool's own is downloaded. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}

/** `SLOW_BROWSER=6` shows what depends on a quick machine: each page computes at a sixth of the speed. */
const slowdown = Number(process.env['SLOW_BROWSER'] ?? 1)

/** What a browser says by itself when an answer is a refusal; the page shows it in its own words. */
const expected = [/Failed to load resource: the server responded with a status of (401|409)/]

export type Visit = {
  readonly page: Page
  /** Complaints of the page: console, uncaught errors, requests to anywhere else, refusals of the policy. */
  readonly complaints: string[]
  /** While the network is taken away on purpose, the browser complains about it. */
  expectError(pattern: RegExp): void
  close(): Promise<void>
}

/** Somebody at a desk in Berlin. */
export async function visit(
  browser: Browser,
  baseUrl: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context: BrowserContext = await browser.newContext({
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1440, height: 900 },
    baseURL: baseUrl,
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  if (slowdown > 1) {
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  }
  const complaints: string[] = []
  const expectedErrors = [...expected]
  function complain(words: string): void {
    if (!expectedErrors.some((pattern) => pattern.test(words))) complaints.push(words)
  }
  page.on('console', (said) => {
    if (['error', 'warning'].includes(said.type())) complain(said.text())
  })
  page.on('pageerror', (error) => complain(error.message))
  page.on('request', (request) => {
    // A blob is made by the page itself, for instance its icon with a number.
    if (
      !request
        .url()
        .replace(/^blob:/, '')
        .startsWith(baseUrl)
    )
      complain(`request to ${request.url()}`)
  })
  return {
    page,
    complaints,
    expectError: (pattern) => expectedErrors.push(pattern),
    close: () => context.close(),
  }
}

export async function signIn(page: Page, login: { email: string; password: string }): Promise<void> {
  await page.goto('/')
  await page.getByLabel('E-Mail-Adresse').fill(login.email)
  await page.getByLabel('Passwort', { exact: true }).fill(login.password)
  // Whoever goes on at once would cut off the signing in.
  await Promise.all([
    page.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().endsWith('/api/v1/session'),
    ),
    page.getByRole('button', { name: 'Anmelden', exact: true }).click(),
  ])
}

/** Resolves when what was due is drawn and nothing moves any more. */
export function stable(page: Page): Promise<unknown> {
  return page.evaluate(`(async () => {
    for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame)
    const moving = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity)
    await Promise.allSettled(moving.map((one) => one.finished))
  })()`)
}

/** Who has the focus: a CSS selector that the focused element must answer to. */
export function focused(page: Page, selector: string): Promise<void> {
  return page.locator(`${selector}:focus`).waitFor()
}

/** Presses a key where the focus is, once that is within the place it is meant for: an earlier one would go to what lies behind it. */
export function pressIn(place: Locator, key: string): Promise<void> {
  const focus = place.page().locator(':focus')
  return place.locator(':focus').or(place.and(focus)).press(key)
}

/**
 * Takes the network away until `page.context().setOffline(false)`, its live stream too: the browser lets connections that
 * stand go on, and what they bring ends the interruption. So the page is told to connect anew, and finds no network.
 */
export async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await page.evaluate("window.dispatchEvent(new Event('online'))")
}

/** WCAG 2.2 A and AA as far as a machine can tell; the list of what is wrong, empty when nothing is. */
export async function axeViolations(page: Page): Promise<string[]> {
  await stable(page)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const violations = await violationsOf(page, tags)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  )
}

/**
 * How far the page is wider than the window, or than the part of it that scrolls instead of the window: what does not fit there is cut off.
 * What scrolls by itself within that, as a table does, may be wider; WCAG 2.2, 1.4.10.
 */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    function beyond(element) {
      return element.scrollWidth - element.clientWidth
    }
    function widest(element) {
      const scrolls = ['auto', 'scroll'].includes(getComputedStyle(element).overflowX)
      if (scrolls) return beyond(element)
      return Math.max(0, ...[...element.children].map(widest))
    }
    const parts = [...document.querySelectorAll('main, [role=dialog]')].map(widest)
    return Math.max(beyond(document.documentElement), ...parts)
  })()`)
}
