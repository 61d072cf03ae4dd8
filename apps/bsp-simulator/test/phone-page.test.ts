import { dialog360, type SendCommand } from '@buergerdraht/bsp'
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { axeViolations } from '../../../testing/axe-violations.ts'
import { erika, type FakeOffice, max, startFakeOffice } from './fake-office.ts'

const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

let browser: Browser
let office: FakeOffice
let context: BrowserContext
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  })
})
afterAll(() => browser.close())

beforeEach(async () => {
  office = await startFakeOffice({ stepMs: 20 })
  context = await browser.newContext({
    locale: 'de-DE',
    viewport: { width: 1280, height: 900 },
    permissions: ['microphone'],
  })
  page = await context.newPage()
  page.setDefaultTimeout(60_000)
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('request', (request) => {
    if (!['blob:', 'about:', office.simulator.url].some((own) => request.url().startsWith(own))) {
      complaints.push(`a request left the page: ${request.url()}`)
    }
  })
})
afterEach(async () => {
  await context.close()
  await office.close()
  expect(complaints.splice(0)).toEqual([])
})

function phone(number: number): Locator {
  return page.getByRole('region', { name: `Telefon ${number}:` })
}

async function open(): Promise<void> {
  await office.connect()
  await page.goto(office.simulator.url)
  await page.getByText('Verbunden mit Stadt Musterstadt').waitFor()
}

async function write(text: string, on = phone(1)): Promise<string> {
  const before = office.events.length
  await on.getByRole('textbox', { name: 'Nachricht' }).fill(text)
  await page.keyboard.press('Enter')
  await expect.poll(() => office.events.length).toBeGreaterThan(before)
  const event = office.events.at(-1)
  if (event?.type !== 'message') throw new Error(`heard ${event?.type} instead of a message`)
  return event.providerMessageId
}

function answer(text: string, options: Partial<SendCommand> = {}) {
  return office.send({ kind: 'text', text }, options)
}

async function accessibilityFaults(): Promise<string[]> {
  return (await axeViolations(page)).flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

test('without an office the page says so and sends nothing', async () => {
  await page.goto(office.simulator.url)
  await page.getByText('Noch ist kein Amt angeschlossen.').waitFor()
  expect(await phone(1).getByRole('button', { name: 'Senden', exact: true }).isDisabled()).toBe(true)
  expect(await accessibilityFaults()).toEqual([])
  await office.connect()
  await page.getByText('Verbunden mit Stadt Musterstadt').waitFor()
  expect(await phone(1).getByRole('button', { name: 'Senden', exact: true }).isEnabled()).toBe(true)
})

test('a citizen asks, the office reads, types and answers, the citizen reads and reacts', async () => {
  await open()
  const asked = await write('Wann haben Sie am Donnerstag offen?')
  const question = phone(1).getByRole('article').filter({ hasText: 'am Donnerstag offen?' })
  await question.getByText('zugestellt').waitFor()

  await dialog360.markRead(asked, true, office.credentials, AbortSignal.timeout(60_000))
  await question.getByText('gelesen').waitFor()
  await phone(1).getByText('schreibt …').waitFor()

  await answer('Bis 18 Uhr.', { replyToProviderId: asked })
  const reply = phone(1).getByRole('article').filter({ hasText: 'Bis 18 Uhr.' })
  await reply.getByRole('blockquote').getByText('am Donnerstag offen?').waitFor()
  await expect.poll(() => phone(1).getByText('schreibt …').count()).toBe(0)
  await expect
    .poll(() => office.events.flatMap((event) => (event.type === 'status' ? event.status : [])))
    .toEqual(expect.arrayContaining(['sent', 'delivered', 'read']))

  await reply.getByRole('button', { name: 'Aktionen zu dieser Nachricht' }).click()
  await reply.getByRole('button', { name: 'Mit 👍 reagieren' }).click()
  expect(await office.hear('reaction')).toMatchObject([{ emoji: '👍', sender: { phone: erika } }])
  await reply.getByRole('button', { name: 'Aktionen zu dieser Nachricht' }).click()
  await reply.getByRole('button', { name: 'Reaktion entfernen' }).click()
  expect((await office.hear('reaction', 2)).at(-1)).toMatchObject({ emoji: null })

  await reply.getByRole('button', { name: 'Aktionen zu dieser Nachricht' }).click()
  await reply.getByRole('button', { name: 'Antworten' }).click()
  await write('Vielen Dank')
  const replied = office.events.find((event) => event.type === 'status')
  expect(office.events.at(-1)).toMatchObject({
    content: { text: 'Vielen Dank' },
    context: { replyToProviderId: replied?.type === 'status' ? replied.providerMessageId : '' },
  })
  expect(await accessibilityFaults()).toEqual([])
})

test('own messages can be edited and deleted', async () => {
  await open()
  const id = await write('Am Mitwoch')
  const mine = phone(1).getByRole('article').filter({ hasText: 'Mitwoch' })
  await mine.getByRole('button', { name: 'Aktionen' }).click()
  await mine.getByRole('button', { name: 'Bearbeiten' }).click()
  await phone(1).getByRole('textbox', { name: 'Nachricht' }).fill('Am Mittwoch')
  await page.keyboard.press('Enter')
  expect(await office.hear('edit')).toMatchObject([
    { originalProviderId: id, content: { text: 'Am Mittwoch' } },
  ])
  const edited = phone(1).getByRole('article').filter({ hasText: 'bearbeitet' })
  await edited.getByRole('button', { name: 'Aktionen' }).click()
  await edited.getByRole('button', { name: 'Für alle löschen' }).click()
  expect(await office.hear('revoke')).toMatchObject([{ originalProviderId: id }])
  await phone(1).getByText('Diese Nachricht wurde gelöscht.').waitFor()
})

test('a photo from the disk arrives as a JPEG with what was written as its caption', async () => {
  await open()
  await phone(1).getByRole('textbox', { name: 'Nachricht' }).fill('Schlagloch')
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    phone(1)
      .getByRole('button', { name: 'Anhängen' })
      .click()
      .then(() => phone(1).getByRole('button', { name: 'Foto oder Datei auswählen' }).click()),
  ])
  await chooser.setFiles({ name: 'loch.png', mimeType: 'image/png', buffer: png })
  expect(await office.hear('message')).toMatchObject([
    { content: { kind: 'image', text: 'Schlagloch', media: { mediaType: 'image/jpeg' } } },
  ])
  await phone(1).getByRole('img', { name: 'Foto' }).waitFor()
})

test.each([
  ['Beispielfoto: Schlagloch', 'image'],
  ['Beispiel-Sprachnachricht', 'voice'],
  ['Beispiel-PDF: Antrag', 'document'],
  ['Sticker „Danke“', 'sticker'],
  ['Standort: Rathaus', 'location'],
  ['Kontakt teilen', 'contacts'],
])('%s is one press away', async (name, kind) => {
  await open()
  await phone(1).getByRole('button', { name: 'Anhängen' }).click()
  await phone(1).getByRole('button', { name }).click()
  expect(await office.hear('message')).toMatchObject([{ content: { kind } }])
})

test('a recorded voice note arrives as Ogg with Opus that plays', async () => {
  await open()
  await phone(1).getByRole('button', { name: 'Sprachnachricht aufnehmen' }).click()
  await phone(1).getByText('Aufnahme läuft: 1 s').waitFor()
  await phone(1).getByRole('button', { name: 'Aufnahme senden' }).click()
  const [message] = await office.hear('message')
  expect(message?.content).toMatchObject({ kind: 'voice', media: { mediaType: 'audio/ogg' } })
  const source = await phone(1).locator('audio').getAttribute('src')
  const decoded = await page.evaluate(async (url) => {
    const bytes = await (await fetch(url)).arrayBuffer()
    const head = new TextDecoder('latin1').decode(bytes.slice(0, 36))
    const sound = await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(bytes)
    return { head, seconds: sound.duration, loudest: Math.max(...sound.getChannelData(0)) }
  }, source ?? '')
  expect(decoded.head).toMatch(/^OggS.*OpusHead/s)
  expect(decoded.seconds).toBeGreaterThan(0.7)
  expect(decoded.seconds).toBeLessThan(5)
  expect(decoded.loudest).toBeGreaterThan(0.01)
})

test('two phones are two people, one of them without a number', async () => {
  await open()
  await write('von Erika', phone(1))
  await write('von Max', phone(2))
  expect((await office.hear('message', 2)).map(({ sender }) => [sender.phone, sender.username])).toEqual([
    [erika, null],
    [null, 'max.beispiel'],
  ])
  await answer('Guten Tag Herr M.', { recipient: { bsuid: max } })
  await phone(2).getByText('Guten Tag Herr M.').waitFor()
  expect(await phone(1).getByText('Guten Tag Herr M.').count()).toBe(0)
})

test('somebody can be invented, by keyboard alone, and is still there after a reload', async () => {
  await open()
  await phone(1).getByRole('button', { name: 'Person auf Telefon 1 wechseln' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Wer hält dieses Telefon?' })
  await dialog.getByLabel('Name', { exact: true }).focus()
  await page.keyboard.type('Hatice Öztürk')
  await dialog.getByLabel('Rufnummer, nur Ziffern').focus()
  await page.keyboard.type('0171')
  await page.keyboard.press('Enter')
  await dialog.getByText('Bitte 6 bis 20 Ziffern eingeben').waitFor()
  expect(await accessibilityFaults()).toEqual([])
  await page.keyboard.press('Control+a')
  await page.keyboard.type('+49 171 3920055')
  await page.keyboard.press('Enter')
  await phone(1).getByRole('heading', { name: 'Hatice Öztürk' }).waitFor()
  await write('Merhaba')
  expect(office.events.at(-1)).toMatchObject({
    sender: { phone: '491713920055', profileName: 'Hatice Öztürk' },
  })
  await page.reload()
  await phone(1).getByRole('article').getByText('Merhaba').waitFor()
})

test('with read receipts off the office never hears "read"', async () => {
  await open()
  await write('Guten Tag')
  await phone(1).getByRole('button', { name: 'wechseln' }).click()
  await page.getByLabel('Lesebestätigungen senden').uncheck()
  await page.keyboard.press('Escape')
  await answer('Guten Tag')
  await phone(1).getByRole('article').nth(1).waitFor()
  await expect
    .poll(async () => (await office.call('GET', `/citizens/${erika}/messages`)).body)
    .toMatchObject({ items: [{ status: 'read' }] })
  expect(office.events.flatMap((event) => (event.type === 'status' ? event.status : [])).toSorted()).toEqual([
    'delivered',
    'sent',
  ])
})

test('an office that does not answer is shown, and what waited arrives', async () => {
  await open()
  // Until both were seen: what is shown meanwhile goes with the first answer that is none.
  office.answers = Array(1000).fill((response: { writeHead(status: number): { end(): void } }) => {
    response.writeHead(503).end()
  })
  await phone(1).getByRole('textbox', { name: 'Nachricht' }).fill('Hallo?')
  await page.keyboard.press('Enter')
  await page.getByText('Der Posteingang antwortet gerade nicht (503)').waitFor()
  await phone(1).getByRole('article').getByText('wartet auf Zustellung').waitFor()
  office.answers = []
  await phone(1).getByRole('article').getByText('zugestellt', { exact: true }).waitFor()
  await page.getByText('Verbunden mit Stadt Musterstadt').waitFor()
})

test('a phone that is put down leaves its person reading by themselves', async () => {
  await open()
  async function reading() {
    const { body } = await office.call('GET', '/citizens')
    const { items } = body as { items: { identity: string; reading: string }[] }
    return Object.fromEntries(items.map((citizen) => [citizen.identity, citizen.reading]))
  }
  await expect.poll(reading).toEqual({ [erika]: 'on-the-phone', [max]: 'on-the-phone' })
  await page.goto('about:blank')
  await expect.poll(reading).toEqual({ [erika]: 'by-itself', [max]: 'by-itself' })
})

test('HTML in messages stays text, the marks of WhatsApp do not', async () => {
  await open()
  await write('<img src=x onerror=alert(1)> *bis <b>18</b> Uhr* 2*3*4 https://stadt.example/?a=_1_&b=2')
  const mine = phone(1).getByRole('article')
  expect(await mine.locator('img').count()).toBe(0)
  expect(await mine.locator('b').allTextContents()).toEqual(['bis <b>18</b> Uhr'])
  expect(await mine.locator('i').count()).toBe(0)
  expect(await mine.getByRole('link').getAttribute('href')).toBe('https://stadt.example/?a=_1_&b=2')
})

test('English, dark and 320 pixels wide: complete and accessible', async () => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await open()
  await page.getByRole('button', { name: 'English' }).click()
  await page.setViewportSize({ width: 320, height: 640 })
  await page.getByText('Connected to Stadt Musterstadt').waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  const one = page.getByRole('region', { name: 'Phone 1:' })
  await one.getByRole('textbox', { name: 'Message' }).fill('Good morning')
  await one.getByRole('button', { name: 'Send', exact: true }).click()
  await one.getByRole('article').getByText('Good morning').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  expect(await page.getByRole('region', { name: 'Phone 2:' }).isVisible()).toBe(false)
  expect(await accessibilityFaults()).toEqual([])
})

test('the page allows no inline code and no other origin', async () => {
  const response = await fetch(office.simulator.url)
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
  expect(policy).not.toMatch(/https?:/)
  expect((await fetch(`${office.simulator.url}/page/..%2Fmain.js`)).status).toBe(404)
})
