import { readFileSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import {
  messagesChange,
  payload,
  phoneNumberId,
  type WrittenMessage,
} from '../../../testing/webhook-payload.ts'
import { axeViolations, pressIn, sidewaysScroll, stable } from './browser.ts'
import { everyKindOfMessage } from './message-catalogue.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

const matters = [
  'Wann kommt die Sperrmüllabfuhr?',
  'Die Laterne vor Nummer 8 ist aus.',
  'Wie beantrage ich einen Bewohnerparkausweis?',
  'Gibt es noch Plätze im Ferienprogramm?',
]
const people = 80
/** Their profile names are made of the last four digits: "Person 1007". */
function numberOf(person: number): string {
  return String(491713921000 + person)
}
const somebody = 'Person 1000'
const talkative = 'Person 9001'
const late = 'Person 9002'

let writtenBefore = 0
async function write(messages: readonly Omit<WrittenMessage, 'id'>[]): Promise<void> {
  const named = messages.map((one) => {
    writtenBefore += 1
    return { id: `appearance-${writtenBefore}`, ...one }
  })
  const answer = await office().deliver(payload([messagesChange(phoneNumberId, named)]))
  expect(answer.status).toBe(200)
}

beforeAll(async () => {
  const now = Math.floor(Date.now() / 1000)
  await write(
    Array.from({ length: people }, (_, index) => ({
      from: numberOf(index),
      text: matters[index % matters.length] ?? '',
      timestamp: now - 8 * 3600 + index * 60,
    })),
  )
  await write(
    Array.from({ length: 230 }, (_, index) => ({
      from: '491713929001',
      text: `Nr. ${index + 1}: ${matters[index % matters.length]}`,
      timestamp: now - 4 * 3600 + index * 30,
    })),
  )
  await write([
    { from: '491713929002', text: 'Wann ist der Wertstoffhof offen?', timestamp: now - 30 * 3600 },
  ])
  await office().settled()
  // A thread opens at the first unread message; the long one has been read.
  await office().database.pool.query(
    `update conversation set unread_count = 0
     where id = (select conversation_id from message group by conversation_id order by count(*) desc limit 1)`,
  )
})

async function clerk(options: BrowserContextOptions = {}): Promise<Page> {
  const { page } = await atDesk('clerk', 0, options)
  await page
    .getByRole('link', { name: /^Person/ })
    .first()
    .waitFor()
  return page
}

/** The list draws only the rows in sight: who is meant is sought. */
async function open(page: Page, name: string): Promise<void> {
  await page.getByRole('searchbox').fill(name)
  await page.getByRole('region', { name: 'Gespräche' }).getByText('1 Treffer').waitFor()
  await page.getByRole('link', { name: new RegExp(`^${name}`) }).click()
  await page
    .getByRole('log', { name: `Gespräch mit ${name}` })
    .getByRole('article')
    .first()
    .waitFor()
}

const picture = readFileSync(new URL('../../bsp-simulator/samples/schlagloch.jpg', import.meta.url))

/** Every thread is the catalogue: what no product can be brought to show in one conversation. The rest is the office's own. */
async function showEveryKind(page: Page): Promise<void> {
  await page.route(/\/conversations\/[^/]+\/messages(?:\?|$)/, (route) => {
    const id = /conversations\/([^/]+)/.exec(route.request().url())?.[1] ?? ''
    return route.fulfill({ json: { items: everyKindOfMessage(id).toReversed(), nextCursor: null } })
  })
  await page.route(/\/conversations\/[^/]+\/messages\/[^/]+\/decision$/, (route) => {
    const [, conversationId = '', id] =
      /conversations\/([^/]+)\/messages\/([^/]+)/.exec(route.request().url()) ?? []
    const undecided = everyKindOfMessage(conversationId).find(({ status }) => status === 'unknown')
    return route.fulfill({ json: { ...undecided, id, statementId: id, settledAt: new Date().toISOString() } })
  })
  await page.route(/\/conversations\/[^/]+\/read$/, (route) => route.fulfill({ status: 204 }))
  await page.route(/\/attachments\/[^/]+\/(content|preview)/, (route) =>
    route.fulfill({ contentType: 'image/jpeg', body: picture }),
  )
}

test('every kind of message is shown as the catalogue of the wire says', async () => {
  const page = await clerk()
  await showEveryKind(page)
  await open(page, somebody)
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
    'Gesperrt: Diese Art Datei wird nicht gezeigt – bitten Sie um ein PDF oder ein Foto.',
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

const looks = [
  { size: { width: 1440, height: 900 } },
  { size: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { size: { width: 768, height: 1000 } },
  { size: { width: 320, height: 640 }, colorScheme: 'dark' },
  // A window of 1280 × 1024, enlarged four times; WCAG 2.2, 1.4.10.
  { size: { width: 320, height: 256 } },
  { size: { width: 1024, height: 768 }, forcedColors: 'active' },
] as const

test('in every look there are no barriers, and nothing scrolls sideways', async () => {
  const page = await clerk({ hasTouch: true })
  await showEveryKind(page)
  await open(page, somebody)
  for (const { size, ...media } of looks) {
    const look = JSON.stringify({ size, ...media })
    await page.setViewportSize(size)
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', ...media })
    await expect.poll(() => sidewaysScroll(page), { message: look }).toBe(0)
    expect(await axeViolations(page), look).toEqual([])
  }
  // Where there is no room for both, the list is a look of its own.
  await page.setViewportSize({ width: 320, height: 640 })
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'none' })
  await page.getByRole('button', { name: 'Zurück' }).click()
  await page
    .getByRole('link', { name: /^Person/ })
    .first()
    .waitFor()
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
})

test('the list stays where it is under the pointer, and new things wait in a bar', async () => {
  // What other tests have begun is no news any more.
  await office().settled()
  const page = await clerk()
  // What comes before the stream stands is in the list at once.
  const stream = page.waitForResponse(/\/api\/v1\/events/)
  await page.reload()
  await stream
  await page.getByRole('button', { name: 'Wartezeit' }).click()
  await page.getByRole('button', { name: 'Neueste' }).waitFor()
  const rows = page.getByRole('list').last().getByRole('link')
  async function first(): Promise<string> {
    return (await rows.first().textContent()) ?? ''
  }
  await rows.nth(3).hover()
  // A sentence stays for ten seconds: it is waited for at once.
  function announced(person: string): Promise<void> {
    return page.getByRole('status').getByText(`Neue Nachricht von ${person}`).waitFor({ state: 'attached' })
  }
  const before = await first()
  await Promise.all([announced('Person 1040'), write([{ from: numberOf(40), text: 'Und morgen?' }])])
  await page.getByRole('button', { name: /^1 neue/ }).waitFor()
  await Promise.all([announced('Person 1041'), write([{ from: numberOf(41), text: 'Noch eine Frage.' }])])
  await page.getByRole('button', { name: '2 neue Gespräche einreihen' }).waitFor()
  expect(await first()).toBe(before)
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: '2 neue Gespräche einreihen' }).click()
  await expect.poll(first).toMatch(/^P?Person 1041/)
})

test('older messages come in above, and what is read stays where it is', async () => {
  const page = await clerk()
  await open(page, talkative)
  const log = page.getByRole('log')
  await expect.poll(() => log.getByRole('article').count()).toBe(50)
  const read = log.getByRole('article').filter({ hasText: 'Nr. 190:' })
  await read.scrollIntoViewIfNeeded()
  const kept = log.getByRole('article').filter({ hasText: 'Nr. 184:' })
  const before = (await kept.boundingBox())?.y ?? 0
  await expect.poll(() => log.getByRole('article').count()).toBeGreaterThan(90)
  await stable(page)
  expect(Math.abs(((await kept.boundingBox())?.y ?? 0) - before)).toBeLessThan(3)
})

test('a long list keeps few rows and reaches the end', async () => {
  const page = await clerk()
  const list = page.getByRole('list').last()
  await page
    .getByRole('link', { name: /^Person/ })
    .first()
    .focus()
  async function last(): Promise<number> {
    await page.locator('[data-row]:focus').press('End')
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
    const { page, expectError } = await atDesk('clerk')
    await page
      .getByRole('link', { name: /^Person/ })
      .first()
      .waitFor()
    expectError(/status of 500/)
    let asked = 0
    await page.route(path, (route) => {
      asked += 1
      return route.fulfill({ status: 500, json: { code: 'defect', message: '', requestId: 'a-1' } })
    })
    if (what === 'messages') await open(page, talkative)
    const scroller = what === 'messages' ? page.getByRole('log') : page.getByRole('list').last().locator('..')
    await scroller.hover()
    function toEdge(): Promise<void> {
      return page.mouse.wheel(0, what === 'messages' ? -99_999 : 99_999)
    }
    const retry = page.getByRole('button', { name: 'Noch einmal versuchen' })
    await expect
      .poll(async () => {
        await toEdge()
        return retry.isVisible()
      })
      .toBe(true)
    await toEdge()
    await stable(page)
    expect(asked).toBe(1)
    await page.unroute(path)
    await retry.click()
    await retry.waitFor({ state: 'detached' })
  },
)

test('what the server refuses comes back to the clerk, with what can be done', async () => {
  await office().citizenWrites('491713920099', 'Ist die Bücherei heute offen?')
  await office().settled()
  const page = await clerk()
  await page.getByRole('searchbox').fill('Bücherei')
  await page.getByRole('link', { name: /Bücherei heute/ }).click()
  await page.getByRole('log').getByText('Ist die Bücherei heute offen?').waitFor()
  await page.getByLabel('Antwort', { exact: true }).fill('Ja.')
  // The window closes between the click and the server: a moment that a product cannot be brought to show when one wants it.
  let refused = false
  await page.route(/\/messages$/, (route) => {
    if (refused || route.request().method() !== 'POST') return route.continue()
    refused = true
    return route.fulfill({ status: 409, json: { code: 'window-closed', message: '', requestId: 'a-2' } })
  })
  await page.getByRole('button', { name: 'Senden', exact: true }).click()
  await page.getByRole('alert').getByText('Nicht gesendet.', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Bearbeiten' }).click()
  await expect.poll(() => page.getByLabel('Antwort', { exact: true }).inputValue()).toBe('Ja.')
  await page.locator('textarea:focus').press('Control+Enter')
  const answer = page.getByRole('article').filter({ hasText: /^Ja\./ })
  await answer.getByText(/^(gesendet|zugestellt|gelesen)/).waitFor({ state: 'attached' })
  expect(await answer.count()).toBe(1)
})

test('the window is closed: only a template goes', async () => {
  // The office reads its templates from the provider by itself.
  await expect.poll(() => office().database.prisma.messageTemplate.count()).toBeGreaterThan(1)
  const page = await clerk()
  await open(page, late)
  await page.getByText('Das Antwortfenster ist geschlossen', { exact: false }).waitFor()
  expect(await page.getByLabel('Antwort', { exact: true }).count()).toBe(0)
  await page.getByRole('button', { name: 'Vorlage wählen' }).click()
  const dialog = page.getByRole('dialog', { name: 'Vorlage senden' })
  await dialog.getByRole('radio', { name: 'unterlagen_fehlen (de)' }).check({ force: true })
  await dialog.getByRole('button', { name: 'Vorlage senden' }).click()
  await dialog.getByText('Füllen Sie „unterlage“ aus.').waitFor()
  for (const [label, value] of [
    ['name', 'Frau Beck'],
    ['unterlage', 'ein Passbild'],
    ['frist', 'Montag'],
  ] as const)
    await dialog.getByLabel(label, { exact: true }).fill(value)
  const sentence = 'zu Ihrem Antrag fehlt uns noch: ein Passbild. Bitte schicken Sie sie bis Montag.'
  await dialog.getByText(sentence, { exact: false }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  // Looked at another one, and back: nothing is gone. Escape asks before it is.
  await dialog.getByRole('radio', { name: 'rueckfrage_offen (de)' }).check({ force: true })
  await dialog.getByRole('radio', { name: 'unterlagen_fehlen (de)' }).check({ force: true })
  await expect.poll(() => dialog.getByLabel('unterlage', { exact: true }).inputValue()).toBe('ein Passbild')
  const asked: string[] = []
  page.once('dialog', (question) => {
    asked.push(question.message())
    void question.dismiss()
  })
  await pressIn(dialog, 'Escape')
  await expect
    .poll(() => asked)
    .toEqual(['Nicht gespeichert: Angaben für die Vorlage „unterlagen_fehlen“. Trotzdem verlassen?'])
  expect(await dialog.getByLabel('unterlage', { exact: true }).inputValue()).toBe('ein Passbild')
  await dialog.getByRole('button', { name: 'Vorlage senden' }).click()
  await page.getByRole('log').getByText(sentence, { exact: false }).waitFor()
})

test('dialogs and pickers: without axeViolations, closed by Escape, the focus goes back', async () => {
  const page = await clerk()
  await open(page, somebody)
  await page.getByRole('button', { name: 'Emoji einfügen' }).click()
  await page.getByLabel('Emoji suchen').fill('Müll')
  await page
    .getByRole('dialog')
    .getByRole('button')
    .and(page.getByText('🚮', { exact: true }))
    .waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByLabel('Emoji suchen').press('Enter')
  await expect.poll(() => page.getByLabel('Antwort', { exact: true }).inputValue()).toBe('🚮')
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).click()
  const login = office().demo.logins.find(({ role }) => role === 'clerk')
  await page
    .getByRole('dialog')
    .getByText(login?.email ?? '')
    .waitFor()
  expect(await axeViolations(page)).toEqual([])
  await pressIn(page.getByRole('dialog'), 'Escape')
  const account = page.getByRole('button', { name: 'Konto und Einstellungen' }).and(page.locator(':focus'))
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await account.press('?')
  const sheet = page.getByRole('dialog', { name: 'Tastenkürzel' })
  await sheet.waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('switch', { name: 'Tastenkürzel verwenden' }).click()
  await pressIn(sheet, 'Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await account.press('?')
  await stable(page)
  expect(await page.getByRole('dialog').count()).toBe(0)
})

test('times are the office’s, wherever the clerk is', async () => {
  const page = await clerk({ timezoneId: 'Pacific/Auckland' })
  await open(page, talkative)
  const time = page.getByRole('log').getByRole('article').last().locator('time')
  const at = new Date((await time.getAttribute('datetime')) ?? '')
  const berlin = at.toLocaleTimeString('de-DE', { timeZone: 'Europe/Berlin', timeStyle: 'short' })
  expect(await time.textContent()).toContain(berlin)
})

// Read in time that grows with the square of their length, each of these would stop the page for a minute.
test('no text of a stranger stops the page', async () => {
  const text = 'http://a@'.repeat(3_640) + ')'.repeat(65_536)
  await write(Array.from({ length: 8 }, () => ({ from: '491713929003', text })))
  await office().settled()
  const page = await clerk()
  await open(page, 'Person 9003')
  await page.getByLabel('Antwort', { exact: true }).fill('Was ist das?')
  expect(await page.getByLabel('Antwort', { exact: true }).inputValue()).toBe('Was ist das?')
})

test('a voice note is heard where the browser knows no Ogg', async () => {
  const sent = await fetch(`${office().simulator.url}/citizens/491713920098/media`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ sample: 'voice' }),
  })
  expect(sent.status).toBe(201)
  await office().citizenWrites('491713920098', 'Bitte hören Sie das an.')
  await office().settled()
  const page = await clerk()
  await page.addInitScript(`
    const { canPlayType } = HTMLMediaElement.prototype
    HTMLMediaElement.prototype.canPlayType = function (type) {
      return type.includes('ogg') ? '' : canPlayType.call(this, type)
    }`)
  await page.reload()
  await page.getByRole('searchbox').fill('Bitte hören')
  await page.getByRole('link', { name: /hören Sie das an/ }).click()
  await page.getByRole('button', { name: /^Abspielen: Sprachnachricht/ }).click()
  // Decoded, in the browser's hands, and as long as the note says.
  await page.locator('audio[src^="blob:"]').waitFor({ state: 'attached' })
  await expect
    .poll(() => page.evaluate<number>("document.querySelector('audio').duration"))
    .toBeGreaterThan(1)
})
