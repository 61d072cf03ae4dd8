import type { Conversation } from '@buergerdraht/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeViolations, pressIn } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

function number(place: number): string {
  return `4917139700${String(place).padStart(2, '0')}`
}

async function named(identity: string, profileName: string): Promise<void> {
  await fetch(`${office().simulator.url}/citizens/${identity}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ profileName }),
  })
}

/** In the page: what it shows on the desktop is written down, and the person looks elsewhere. */
const lookAway = `
  window.shown = []
  window.Notification = class {
    static permission = 'default'
    static async requestPermission() { return (window.Notification.permission = 'granted') }
    constructor(title, options) { window.shown.push(JSON.stringify([title, options])) }
  }
  Document.prototype.hasFocus = () => false
`

function rowsInSight(page: Page): Promise<number> {
  return page.evaluate<number>(`(() => {
    const list = document.querySelector('[data-row]').closest('div').getBoundingClientRect()
    return [...document.querySelectorAll('[data-row]')].filter((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return top >= list.top - 1 && bottom <= Math.min(list.bottom, innerHeight) + 1
    }).length
  })()`)
}

test('a dense list, people of one name, and notices that say nothing of anybody', async () => {
  await named(number(27), 'Sarah')
  await office().citizenWrites(
    number(27),
    'שלום, מתי אתם פתוחים? אני צריכה אישור תושב בבקשה תודה רבה לכם על העזרה',
  )
  for (let place = 10; place < 26; place += 1) {
    await named(number(place), place < 12 ? 'Thomas Müller' : `Person ${place}`)
    await office().citizenWrites(number(place), `Frage ${place}`)
  }
  await office().settled()
  const { page } = await atDesk('clerk', 0, { viewport: { width: 1024, height: 768 } })
  await page.getByRole('link', { name: /Frage 12/ }).waitFor()
  await page.addInitScript(lookAway)
  await page.reload()
  await page.getByRole('link', { name: /Thomas Müller …010/ }).waitFor()
  await page.getByRole('link', { name: /Thomas Müller …011/ }).waitFor()
  // Once is enough: the row says how long somebody waits, not also when they wrote.
  expect(
    await page
      .getByRole('link', { name: /Frage 12/ })
      .locator('time')
      .count(),
  ).toBe(0)
  // What is written from the right keeps its beginning.
  expect(
    await page
      .getByRole('link', { name: /שלום/ })
      .locator('bdi[dir="auto"]')
      .evaluate((text) => getComputedStyle(text).direction),
  ).toBe('rtl')

  expect(await rowsInSight(page)).toBeLessThan(9)
  await page.getByRole('button', { name: /Konto|Aylin/ }).click()
  await page.getByLabel('Dichte Liste').click()
  await page.getByLabel('Hinweise auf dem Bildschirm').click()
  await page.getByText('Ruhezeit ohne Hinweise').waitFor()
  await page.getByLabel('Von', { exact: true }).fill('00:00')
  await page.getByLabel('Bis', { exact: true }).fill('00:00')
  expect(await axeViolations(page)).toEqual([])
  await page.getByLabel('Bis', { exact: true }).press('Escape')
  await expect.poll(() => rowsInSight(page)).toBeGreaterThanOrEqual(12)
  expect(await axeViolations(page)).toEqual([])

  await office().citizenWrites(number(26), 'Geheim ist, was ich frage.')
  await expect.poll(() => page.evaluate<string[]>('window.shown')).toHaveLength(1)
  expect(await page.evaluate<string[]>('window.shown')).toEqual([
    JSON.stringify(['Neue Nachricht im Posteingang', { tag: 'buergerdraht' }]),
  ])
  expect(
    await page.evaluate<number>(
      'navigator.serviceWorker.getRegistrations().then((registered) => registered.length)',
    ),
  ).toBe(0)
})

test('a thread opens at the first of many unread; r quotes what has the focus; every act is in the palette', async () => {
  const writer = number(40)
  for (let line = 1; line <= 30; line += 1) {
    await office().citizenWrites(
      writer,
      `Zeile ${line} *fett*, die so lang ist, dass man sie nicht übersieht.`,
    )
  }
  await office().settled()
  const visitor = await office().signIn('clerk')
  const { body } = await visitor.get<{ items: Conversation[] }>('/conversations?order=latest')
  // By its words: WhatsApp's time has whole seconds, in which others write too.
  const long = body.items.find(({ lastMessage }) => lastMessage?.text?.startsWith('Zeile 30 '))
  const { page } = await atDesk('clerk')
  await page.getByRole('heading', { name: 'Posteingang' }).waitFor({ state: 'attached' })
  await page.goto(`/posteingang/${long?.id}`)
  const log = page.getByRole('log')
  await log.getByText('Zeile 1 fett', { exact: false }).waitFor()
  await expect
    .poll(() => log.evaluate((one) => one.scrollHeight - one.scrollTop - one.clientHeight > 200))
    .toBe(true)
  const first = log.getByRole('article').filter({ hasText: 'Zeile 1 fett' })
  expect(
    await first.evaluate(
      (one) =>
        one.getBoundingClientRect().top >=
        (one.closest('[role=log]')?.getBoundingClientRect().top ?? Infinity),
    ),
  ).toBe(true)

  await page.getByLabel('Antwort', { exact: true }).fill('Ein Entwurf')
  await page
    .getByLabel('Antwort', { exact: true })
    .evaluate((area) => (area as HTMLTextAreaElement).setSelectionRange(0, 0))
  await first.press('r')
  const field = page.locator('textarea:focus')
  await field.waitFor()
  await page.locator('footer').getByText('Zeile 1 fett', { exact: false }).waitFor()
  await field.pressSequentially(' geht weiter')
  await expect.poll(() => field.inputValue()).toBe('Ein Entwurf geht weiter')

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await first.hover()
  await first.getByRole('button', { name: 'Text kopieren' }).click()
  await expect.poll(() => page.evaluate<string>('navigator.clipboard.readText()')).toContain('Zeile 1 *fett*')

  await pressIn(page.locator('body'), 'Control+k')
  const palette = page.getByRole('dialog', { name: 'Befehle' })
  for (const [act, key] of [
    ['Nächstes wartendes Gespräch', 'n'],
    ['Antwort schreiben', 'r'],
    ['Übernehmen oder zurückgeben', 'c'],
    ['Abschließen', 'e'],
    ['Als ungelesen markieren', 'u'],
    ['Suchen', '/'],
    ['Senden und zum nächsten', 'Strg + Umschalt + Eingabe'],
    ['Senden, abschließen und zum nächsten', 'Strg + Alt + Eingabe'],
  ]) {
    await palette
      .getByRole('option', { name: `${act} ${key}` })
      .first()
      .waitFor()
  }
  expect(await axeViolations(page)).toEqual([])
  await palette.getByRole('combobox').fill('Übernehmen')
  await palette.getByRole('combobox').press('Enter')
  await page.getByText('In Ihrer Bearbeitung').first().waitFor()
})
