import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { barriers, focused, launch, sidewaysScroll, signIn, still, type Visit, visit } from './browser.ts'
import { type Rehearsal, rehearse } from './rehearsal-server.ts'

/** What the page makes of every kind of answer, over invented data. What the product does is told by the other journeys. */
let stage: Rehearsal
let browser: Browser
const visits: Visit[] = []

async function clerk(options: BrowserContextOptions = {}): Promise<Page> {
  stage.expireSession()
  const before = stage.streams()
  const desk = await visit(browser, stage.url, options)
  visits.push(desk)
  await signIn(desk.page, { email: 's.krueger@stadt.example', password: 'richtig' })
  await desk.page.getByRole('link', { name: /Erika Mustermann/ }).waitFor()
  // What is announced before nobody hears.
  await expect.poll(stage.streams).toBeGreaterThan(before)
  return desk.page
}

async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click()
  await page
    .getByRole('log', { name: `Gespräch mit ${name}` })
    .getByRole('article')
    .first()
    .waitFor()
}

beforeAll(async () => {
  stage = await rehearse()
  browser = await launch()
})
afterEach(async () => {
  stage.breakDown({})
  for (const { complaints, close } of visits.splice(0)) {
    await close()
    expect(complaints).toEqual([])
  }
})
afterAll(async () => {
  await browser.close()
  await stage.stop()
})

test('every kind of message is shown as the catalogue of the wire says', async () => {
  const page = await clerk()
  await open(page, 'Jannik')
  const log = page.getByRole('log')
  for (const words of [
    'Nicht unterstützter Inhalt – bitten Sie um erneutes Senden',
    'Umfrage',
    'Unbekannter Nachrichtentyp (hologram)',
    'Inhalt nur in der App sichtbar / nicht verfügbar',
    'Formularantwort nicht lesbar',
    'Ohne Namen',
    'Häufig weitergeleitet',
    'Weitergeleitet',
    'vom Absender gelöscht',
    'bearbeitet',
    'verspätet zugestellt',
    'aus der App',
    'Antwort auf eine nicht verfügbare Nachricht',
    'Kam über: Sprechstunde per WhatsApp',
    'Anruf versucht',
    'wird geprüft …',
    'Nicht mehr verfügbar – bitten Sie um erneutes Senden.',
    'Zu groß – bitten Sie um eine kleinere Datei.',
    'Schadsoftware gefunden – die Datei ist gesperrt.',
    'Gesperrter Dateityp.',
    'Anhang nicht ladbar – bitten Sie um erneutes Senden.',
    'Termin vor Ort',
    '2 × Gelber Sack',
    '52,51631, 13,37777',
    'Zustellung ungewiss – erneut senden?',
  ])
    await log.getByText(words, { exact: true }).first().waitFor({ state: 'attached' })
  await log
    .getByText('<b>Kein HTML</b> <script>alert(1)</script> javascript:alert(1)', { exact: false })
    .waitFor({ state: 'attached' })
  expect(await log.locator('a[href^="javascript"]').count()).toBe(0)
  expect(await log.getByRole('link', { name: /Karte/ }).getAttribute('rel')).toBe('noopener noreferrer')
  await log.getByText('Nicht zugestellt: Der Anbieter war nicht erreichbar', { exact: false }).waitFor()
  const uncertain = log.getByRole('article').filter({ hasText: 'Ihre Meldung hat die Nummer 2026-4711.' })
  await uncertain.getByRole('button', { name: 'Belassen' }).click()
  await uncertain.getByRole('button', { name: 'Belassen' }).waitFor({ state: 'detached' })
  await log.getByRole('button', { name: 'Ganz anzeigen' }).click()
  await log.getByRole('button', { name: 'Weniger anzeigen' }).waitFor()
})

const looks: readonly (readonly [string, BrowserContextOptions])[] = [
  ['light', { viewport: { width: 1440, height: 900 } }],
  ['dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
  ['a tablet', { viewport: { width: 768, height: 1000 } }],
  ['a telephone, dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark', hasTouch: true }],
  ['twice the size', { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 }],
  ['forced colours', { viewport: { width: 1024, height: 768 }, forcedColors: 'active' }],
]
describe.each(looks)('%s', (_, options) => {
  test('has no barriers and does not scroll sideways', async () => {
    const page = await clerk(options)
    expect(await sidewaysScroll(page)).toBe(0)
    // Where list and thread stand side by side, one look sees both.
    if ((options.viewport?.width ?? 0) < 768) expect(await barriers(page)).toEqual([])
    await open(page, 'Jannik')
    await still(page)
    expect(await sidewaysScroll(page)).toBe(0)
    expect(await barriers(page)).toEqual([])
  })
})

test('the list stays where it is under the pointer, and new things wait in a bar', async () => {
  const page = await clerk()
  await page.getByRole('button', { name: 'Wartezeit' }).click()
  await page.getByRole('button', { name: 'Neueste' }).waitFor()
  async function first(): Promise<string> {
    return (await page.getByRole('list').last().getByRole('link').first().textContent()) ?? ''
  }
  await page.getByRole('link', { name: /^Ingeborg Sänger/ }).hover()
  const before = await first()
  stage.say('Ingeborg Sänger', 'Und morgen?')
  await page.getByRole('button', { name: /^1 neue/ }).waitFor()
  stage.say('Anna A.', 'Noch eine Frage.')
  await page.getByRole('button', { name: '2 neue Gespräche einreihen' }).waitFor()
  expect(await first()).toBe(before)
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: '2 neue Gespräche einreihen' }).click()
  await expect.poll(first).toMatch(/^A?Anna A\./)
  await page.getByRole('status').getByText('Neue Nachricht von').waitFor({ state: 'attached' })
})

test('older messages come in above, and what is read stays where it is', async () => {
  const page = await clerk()
  await open(page, 'Vereinsring')
  const log = page.getByRole('log')
  expect(await log.getByRole('article').count()).toBe(50)
  const read = log.getByRole('article').filter({ hasText: 'Nr. 190:' })
  await read.scrollIntoViewIfNeeded()
  const kept = log.getByRole('article').filter({ hasText: 'Nr. 184:' })
  const before = (await kept.boundingBox())?.y ?? 0
  await expect.poll(() => log.getByRole('article').count()).toBeGreaterThan(90)
  await still(page)
  expect(Math.abs(((await kept.boundingBox())?.y ?? 0) - before)).toBeLessThan(3)
})

test('a long list keeps few rows and reaches the end', async () => {
  const page = await clerk()
  const list = page.getByRole('list').last()
  await page.getByRole('link', { name: /^Erika/ }).focus()
  async function last(): Promise<number> {
    await page.keyboard.press('End')
    return Number(await list.getByRole('listitem').last().getAttribute('aria-posinset'))
  }
  await expect.poll(last).toBeGreaterThan(70)
  expect(await list.getByRole('listitem').count()).toBeLessThan(45)
})

test.each([
  ['the list', 'conversations', /conversations\?.*cursor=/],
  ['a thread', 'messages', /messages\?.*before=/],
])(
  'a further page of %s that fails is said, and asked for again when one wants it',
  async (_, what, path) => {
    const page = await clerk()
    visits.at(-1)?.calm(/status of 500/)
    let asked = 0
    await page.route(path, (route) => {
      asked += 1
      return route.fulfill({ status: 500, json: { code: 'defect', message: '', requestId: 'a-1' } })
    })
    if (what === 'messages') await open(page, 'Vereinsring')
    const scroller = what === 'messages' ? page.getByRole('log') : page.getByRole('list').last().locator('..')
    await scroller.hover()
    function toEdge(): Promise<void> {
      return page.mouse.wheel(0, what === 'messages' ? -99_999 : 99_999)
    }
    const retry = page.getByRole('button', { name: 'Noch einmal versuchen' })
    await toEdge()
    await retry.waitFor()
    await toEdge()
    await still(page)
    expect(asked).toBe(1)
    await page.unroute(path)
    await retry.click()
    await retry.waitFor({ state: 'detached' })
  },
)

test('what the server refuses comes back to the clerk, with what can be done', async () => {
  const page = await clerk()
  await open(page, 'Ingeborg Sänger')
  await page.getByLabel('Antwort', { exact: true }).fill('Ja.')
  stage.refuseReplies('window-closed')
  await page.getByRole('button', { name: 'Senden', exact: true }).click()
  await page.getByRole('alert').getByText('Nicht gesendet.', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Bearbeiten' }).click()
  await expect.poll(() => page.getByLabel('Antwort', { exact: true }).inputValue()).toBe('Ja.')
  await focused(page, 'textarea')
  stage.refuseReplies(null)
  await page.keyboard.press('Control+Enter')
  await page
    .getByRole('article')
    .filter({ hasText: /^Ja\./ })
    .getByText(/^gelesen/)
    .waitFor({ state: 'attached' })
  expect(stage.sent.filter(({ text }) => text === 'Ja.')).toHaveLength(1)
})

test('the window is closed: only a template goes', async () => {
  const page = await clerk()
  await open(page, 'Unbekannt')
  await page.getByText('Das Antwortfenster ist geschlossen', { exact: false }).waitFor()
  expect(await page.getByLabel('Antwort', { exact: true }).count()).toBe(0)
  await page.getByRole('button', { name: 'Vorlage wählen' }).click()
  const dialog = page.getByRole('dialog', { name: 'Vorlage senden' })
  await dialog.getByRole('button', { name: 'Vorlage senden' }).click()
  await dialog.getByText('Füllen Sie Platzhalter 1 aus.').waitFor()
  await dialog.getByLabel('Platzhalter 1').fill('Montag')
  await dialog.getByLabel('Platzhalter 2').fill('bis 18 Uhr')
  await dialog.getByText('vom Montag haben wir eine Antwort: bis 18 Uhr', { exact: false }).waitFor()
  expect(await barriers(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Vorlage senden' }).click()
  await page.getByRole('log').getByText('Vorlage „rueckmeldung“').waitFor()
})

test('dialogs and pickers: without barriers, closed by Escape, the focus goes back', async () => {
  const page = await clerk()
  await open(page, 'Erika Mustermann')
  await page.getByRole('button', { name: 'Emoji einfügen' }).click()
  await page.getByLabel('Emoji suchen').fill('Müll')
  await page
    .getByRole('dialog')
    .getByRole('button')
    .and(page.getByText('🚮', { exact: true }))
    .waitFor()
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByLabel('Antwort', { exact: true }).inputValue()).toBe('🚮')
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).click()
  await page.getByRole('dialog').getByText('Sabine Krüger').waitFor()
  expect(await barriers(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect
    .poll(() => page.evaluate<string>('document.activeElement.getAttribute("aria-label")'))
    .toBe('Konto und Einstellungen')
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor()
  expect(await barriers(page)).toEqual([])
  await page.getByRole('switch', { name: 'Tastenkürzel verwenden' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('?')
  await still(page)
  expect(await page.getByRole('dialog').count()).toBe(0)
})
