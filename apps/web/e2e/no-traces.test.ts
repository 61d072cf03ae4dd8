import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

/** Words that stand in what a citizen says, is called and is asked for, and nowhere else. */
const canaries = ['Zitronenfalter', 'Kunigunde', 'Haselmaus', '491713964401', 'Apfelkuchen']

/** Everything that a browser keeps, tells others or shows outside the page. */
const keptByBrowser = `(async () => {
  const stores = [localStorage, sessionStorage].flatMap((store) => Object.entries({ ...store }).flat())
  const databases = (await indexedDB.databases()).map(({ name }) => name)
  const caches_ = []
  for (const name of await caches.keys())
    caches_.push(name, ...(await (await caches.open(name)).keys()).map(({ url }) => url))
  const workers = (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope)
  const asked = performance.getEntriesByType('resource').map(({ name }) => name)
  return { title: document.title, address: location.href, state: JSON.stringify(history.state), stores, databases, caches: caches_,
    workers, cookie: document.cookie, asked, told: globalThis.told }
})()`

/** In the page: notifications are collected instead of shown. */
const collectNotices = `
  window.told = []
  window.Notification = class {
    static permission = 'granted'
    static requestPermission = async () => 'granted'
    constructor(title, options) {
      window.told.push(title, JSON.stringify(options ?? {}))
    }
    close() {}
    addEventListener() {}
  }`

async function expectNoTrace(page: Page, where: string, { searched = false } = {}): Promise<void> {
  const kept = (await page.evaluate(keptByBrowser)) as { state: string }
  // What somebody searches for outlives a reload in the tab's own history, until they sign out.
  if (searched) kept.state = ''
  const text = decodeURIComponent(JSON.stringify(kept)).toLowerCase()
  for (const canary of canaries) expect(text, `${canary}, ${where}`).not.toContain(canary.toLowerCase())
}

test('what citizens say is in no title, address, notification and storage, wherever one goes; after signing out nothing is kept', async () => {
  const renamed = await fetch(`${office().simulator.url}/citizens/491713964401`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ profileName: 'Kunigunde Haselmaus' }),
  })
  expect(renamed.ok).toBe(true)
  await office().citizenWrites('491713964401', 'Im Garten sitzt ein Zitronenfalter.')
  const { page } = await atDesk('clerk')
  const row = page.getByRole('link', { name: /Zitronenfalter/ })
  await row.waitFor()
  await page.addInitScript(collectNotices)
  await page.reload()
  await row.waitFor()
  await expectNoTrace(page, 'list')
  await row.click()
  await page.getByRole('log').getByText('Im Garten sitzt ein Zitronenfalter.').waitFor()
  await expectNoTrace(page, 'thread')
  const answer = page.getByLabel('Antwort', { exact: true })
  await answer.fill('Wir bringen Apfelkuchen mit')
  await expectNoTrace(page, 'draft')
  await answer.press('Control+Enter')
  await page.getByRole('article').filter({ hasText: 'Apfelkuchen' }).waitFor()
  await expectNoTrace(page, 'answered')
  await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/conversations/search')),
    page.getByRole('searchbox').first().fill('Zitronenfalter'),
  ])
  await expectNoTrace(page, 'search', { searched: true })
  await page.reload()
  await page.getByRole('log').getByText('Im Garten sitzt ein Zitronenfalter.').waitFor()
  await expectNoTrace(page, 'reloaded', { searched: true })
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).click()
  await page
    .getByRole('button', { name: 'Abmelden' })
    .or(page.getByRole('menuitem', { name: 'Abmelden' }))
    .click()
  await page.getByLabel('E-Mail-Adresse').waitFor()
  await expectNoTrace(page, 'signed out')
  const { stores } = (await page.evaluate(keptByBrowser)) as { stores: string[] }
  expect(stores).toEqual([])
})
