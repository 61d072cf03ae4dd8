import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll, visit } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, browser, atDesk } = staffedOffice()

test('signing in: what is wrong is said, takes the focus, and nothing is lost', async () => {
  const { page, complaints, close } = await visit(browser(), office().baseUrl)
  await page.goto('/')
  await page.getByRole('heading', { name: 'Anmelden' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Anmelden' }).click()
  const summary = page.getByRole('alert')
  await summary.getByRole('link', { name: 'Geben Sie Ihr Passwort ein.' }).waitFor()
  await expect.poll(() => page.evaluate<string>('document.activeElement.getAttribute("role")')).toBe('alert')
  await page.getByLabel('E-Mail-Adresse').fill('niemand@musterstadt.example')
  await page.getByLabel('Passwort', { exact: true }).fill('falsch')
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await summary.getByText('E-Mail-Adresse oder Passwort ist nicht richtig.').waitFor()
  expect(await page.getByLabel('E-Mail-Adresse').inputValue()).toBe('niemand@musterstadt.example')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  expect(await page.evaluate<string>('document.documentElement.lang')).toBe('en')
  expect(complaints).toEqual([])
  await close()
})

test.each(['dpo', 'auditor', 'records'])('%s sees no content and is told so', async (role) => {
  const { page } = await atDesk(role)
  await page.getByText('Hier werden keine Gespräche angezeigt', { exact: false }).waitFor()
  expect(await page.getByRole('link', { name: 'Posteingang', exact: true }).count()).toBe(0)
  expect(await axeViolations(page)).toEqual([])
})

test.each([
  ['admin', ['/kanaele', '/kanaele/neu', '/kanaele/eingang', '/anmeldung', '/konto', '/gibt/es/nicht']],
  ['auditor', ['/protokoll', '/konto']],
  ['dpo', ['/loeschkonzept']],
])(
  'no page of the role %s has barriers or scrolls sideways, also enlarged four times',
  async (role, addresses) => {
    const { page } = await atDesk(role)
    const account = page.getByRole('button', { name: 'Konto und Einstellungen' })
    await account.waitFor()
    for (const address of addresses) {
      await page.setViewportSize({ width: 1366, height: 768 })
      await page.goto(address)
      await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' })
      for (const size of [
        { width: 1366, height: 768 },
        { width: 320, height: 256 },
      ]) {
        await page.setViewportSize(size)
        await expect.poll(() => sidewaysScroll(page), { message: address }).toBe(0)
        expect(await axeViolations(page), address).toEqual([])
        // The way out is in sight, however many places there are.
        const box = (await account.isVisible()) ? await account.boundingBox() : null
        if (box !== null) expect(box.x + box.width, address).toBeLessThanOrEqual(size.width)
      }
      expect(await page.getByRole('heading', { level: 1 }).count(), address).toBe(1)
    }
  },
)

test('the administrator sets up a number; secrets go in and never come out', async () => {
  const { page } = await atDesk('admin')
  await page.getByRole('heading', { name: 'Kanäle' }).waitFor()
  await page.getByRole('button', { name: 'Kanal einrichten' }).click()
  await page.getByLabel('Name', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Kanal einrichten' }).last().click()
  await page.getByRole('link', { name: 'API-Schlüssel: Bitte ausfüllen.' }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByLabel('Name', { exact: true }).fill('Ordnungsamt')
  await page.getByLabel('Rufnummer', { exact: true }).fill('+49 30 23125020')
  await page.getByLabel('Phone-Number-ID', { exact: true }).fill('300000000000077')
  await page.getByLabel('API-Schlüssel').fill('geheimer-schluessel-4711')
  await page.getByLabel('Prüfwort (Verify-Token)').fill('pruefwort-0815')
  await page.getByLabel('Webhook-Geheimnis').fill('geheimnis-geheimnis')
  await page.getByRole('button', { name: 'Kanal einrichten' }).last().click()
  await page.getByRole('heading', { name: 'Ordnungsamt' }).waitFor()
  await page.getByText('/webhooks/whatsapp/', { exact: false }).waitFor()
  expect(await page.content()).not.toContain('geheimer-schluessel-4711')
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Abschalten' }).click()
  await page
    .getByRole('dialog', { name: 'Kanal abschalten?' })
    .getByRole('button', { name: 'Abschalten' })
    .click()
  await page.getByText('abgeschaltet').first().waitFor()
})

test('what cannot be read is shown to the administrator, without content, and can be read again', async () => {
  await office().deliver('{"entry": [{"changes": null}]}')
  await office().settled()
  const { page } = await atDesk('admin')
  await page.getByRole('link', { name: 'Eingang', exact: true }).click()
  await page.getByText('Der Eingang läuft.').waitFor()
  const again = page.getByRole('button', { name: 'Erneut einlesen' }).first()
  await again.waitFor()
  expect(await axeViolations(page)).toEqual([])
  await again.click()
  await page
    .getByText(/Erneut eingelesen/)
    .first()
    .waitFor({ state: 'attached' })
})

test('an address leads to its desk: an old one to where it moved, a foreign one says where one may go', async () => {
  const { page } = await atDesk('admin')
  await page.waitForURL('**/kanaele')
  await page.goto('/eingang')
  await page.waitForURL('**/kanaele/eingang')
  await page.getByRole('heading', { name: 'Eingang' }).waitFor()
  expect(await page.getByRole('link', { name: 'Eingang', exact: true }).getAttribute('aria-current')).toBe(
    'page',
  )
  for (const address of ['/posteingang', '/gibt/es/nicht']) {
    await page.goto(address)
    await page.getByRole('heading', { name: 'Unter dieser Adresse gibt es nichts' }).waitFor()
    expect(await axeViolations(page)).toEqual([])
  }
  await page.goto('/kanaele/00000000-0000-7000-8000-000000000000')
  await page.getByText('Diesen Kanal gibt es nicht.', { exact: false }).waitFor()
  await page.goto('/gibt/es/nicht')
  await page.getByRole('main').getByRole('link', { name: 'Kanäle', exact: true }).click()
  await page.getByRole('heading', { name: 'Kanäle' }).waitFor()
  // What is open already is not opened again: one step back leads away.
  await page.getByRole('link', { name: 'Eingang', exact: true }).click()
  await page.getByRole('heading', { name: 'Eingang' }).waitFor()
  await page.getByRole('link', { name: 'Eingang', exact: true }).click()
  await page.goBack()
  await page.getByRole('heading', { name: 'Kanäle' }).waitFor()
})

test('what is entered is guarded, and a refusal says which host and why', async () => {
  const { page, expectError } = await atDesk('admin')
  expectError(/status of (400|409|502)/)
  await page.getByRole('link', { name: /Bürgertelefon/ }).click()
  const key = page.getByLabel('API-Schlüssel', { exact: false })
  await key.fill('falsch')
  const asked: string[] = []
  page.once('dialog', (dialog) => {
    asked.push(dialog.message())
    void dialog.dismiss()
  })
  await page.getByRole('link', { name: 'Eingang', exact: true }).click()
  await expect
    .poll(() => asked)
    .toEqual(['Nicht gespeichert: Änderungen am Kanal „Bürgertelefon“. Trotzdem verlassen?'])
  expect(await key.inputValue()).toBe('falsch')

  // The provider knows no such key: refused before a second person is asked, and what was entered stays.
  await page.getByRole('button', { name: 'Speichern' }).click()
  await page
    .getByText('nicht zu dieser Rufnummer gehören oder nicht gelten', { exact: false })
    .first()
    .waitFor()
  expect(await key.inputValue()).toBe('falsch')
  await page.getByLabel('Adresse der Schnittstelle').fill('https://anderswo.example')
  await page.getByRole('button', { name: 'Speichern' }).click()
  await page.getByText('An anderswo.example wird nichts gesendet', { exact: false }).first().waitFor()
  await page.getByLabel('Adresse der Schnittstelle').fill(office().simulator.url)
  await key.fill(office().simulator.office.apiKey)
  await page.getByRole('button', { name: 'Speichern' }).click()
  await expect.poll(() => key.inputValue()).toBe('')
  await page
    .getByText('Änderung von Adresse oder Zugangsdaten wartet auf eine zweite Person', { exact: false })
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Zugang prüfen und Vorlagen lesen' }).click()
  await page
    .getByText('Der Anbieter hat den Zugang angenommen', { exact: false })
    .waitFor({ state: 'attached' })
  // Saved: nothing is asked any more.
  await page.getByRole('link', { name: 'Eingang', exact: true }).click()
  await page.getByRole('heading', { name: 'Eingang' }).waitFor()
})

const forms: readonly (readonly [
  role: string,
  address: string,
  what: string,
  enter: (page: Page) => Promise<unknown>,
])[] = [
  [
    'admin',
    '/kanaele',
    'die Eingangsbestätigung für Betroffenenanfragen',
    (page) =>
      page
        .getByLabel('Eingangsbestätigung für Betroffenenanfragen', { exact: false })
        .fill('Ihr Antrag ist da.'),
  ],
  [
    'records',
    '/loeschkonzept/archiv',
    'Vereinbarung mit dem Archiv',
    (page) => page.getByRole('spinbutton').fill('9'),
  ],
  [
    'records',
    '/loeschkonzept/DA01',
    'andere Fristen für DA01',
    (page) => page.getByRole('switch').first().click(),
  ],
  [
    'records',
    '/loeschkonzept/aktenplan',
    'Was sich ändert',
    async (page) => {
      await page.getByLabel('Kennzeichen', { exact: false }).first().fill('032.1')
      await page.getByLabel('Bezeichnung', { exact: false }).first().fill('Ausweise')
      await page.getByRole('button', { name: 'Eintrag hinzufügen' }).click()
    },
  ],
  [
    'records',
    '/sperren',
    'Neue Sperre',
    async (page) => {
      await page.getByRole('button', { name: 'Neue Sperre' }).click()
      await page.getByRole('form', { name: 'Neue Sperre' }).getByRole('radio').first().check()
    },
  ],
  [
    'clerk',
    '/notfall',
    'Antrag auf Notfallzugriff',
    (page) => page.getByLabel('Grund', { exact: false }).selectOption({ index: 1 }),
  ],
]

test.each(forms)('what %s enters at %s is guarded until it is saved', async (role, address, what, enter) => {
  const { page } = await atDesk(role)
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).waitFor()
  await page.goto(address)
  const before = page.url()
  await enter(page)
  const elsewhere = page.getByRole('navigation').first().getByRole('link').last()
  const asked: string[] = []
  page.once('dialog', (dialog) => {
    asked.push(dialog.message())
    void dialog.dismiss()
  })
  await elsewhere.click()
  await expect.poll(() => asked).toEqual([`Nicht gespeichert: ${what}. Trotzdem verlassen?`])
  expect(page.url()).toBe(before)
  page.once('dialog', (dialog) => void dialog.accept())
  await elsewhere.click()
  await expect.poll(() => page.url()).not.toBe(before)
})

test('a form that stands beside what is opened is not left by opening it', async () => {
  const { page } = await atDesk('admin')
  const text = page.getByLabel('Eingangsbestätigung für Betroffenenanfragen', { exact: false })
  await text.fill('Ihr Antrag ist da.')
  await page.getByRole('link', { name: /Bürgertelefon/ }).click()
  await page.getByRole('heading', { name: 'Bürgertelefon' }).waitFor()
  expect(await text.inputValue()).toBe('Ihr Antrag ist da.')
  expect(
    await page.evaluate<boolean>(`window.dispatchEvent(new Event('beforeunload', { cancelable: true }))`),
  ).toBe(false)
})

test('the browser’s back and forward ask too before something entered is lost, and lead where one is if one stays', async () => {
  const { page } = await atDesk('admin')
  await page.getByRole('heading', { name: 'Kanäle' }).waitFor()
  await page.getByRole('link', { name: 'Eingang', exact: true }).click()
  await page.getByRole('heading', { name: 'Eingang' }).waitFor()
  await page.getByRole('link', { name: 'Kanäle', exact: true }).click()
  await page.getByRole('button', { name: 'Kanal einrichten' }).click()
  const name = page.getByLabel('Name', { exact: true })
  await name.waitFor()
  await page.goBack()
  await name.waitFor({ state: 'detached' })
  await page.goForward()
  await name.fill('Ordnungsamt')
  // A link to a part of the page is no way out.
  await page.getByRole('button', { name: 'Kanal einrichten' }).last().click()
  await page.getByRole('link', { name: 'API-Schlüssel: Bitte ausfüllen.' }).click()

  const asked: string[] = []
  let stays = true
  page.on('dialog', (dialog) => {
    asked.push(dialog.message())
    void (stays ? dialog.dismiss() : dialog.accept())
  })
  async function stay(steps: number, questions: number): Promise<void> {
    await page.evaluate(`history.go(${steps})`)
    await expect.poll(() => asked.length).toBe(questions)
    await page.waitForURL('**/kanaele/neu')
    expect(await name.inputValue()).toBe('Ordnungsamt')
  }
  // The first step leads from the part of the page to the page itself.
  await stay(-1, 0)
  await stay(-2, 1)
  await stay(-3, 2)
  await page.getByRole('link', { name: /Bürgertelefon/ }).click()
  expect(await name.inputValue()).toBe('Ordnungsamt')
  const question = 'Nicht gespeichert: ein neuer Kanal. Trotzdem verlassen?'
  await expect.poll(() => asked).toEqual([question, question, question])
  stays = false
  await page.evaluate('history.go(-2)')
  await page.getByRole('heading', { name: 'Eingang' }).waitFor()
  expect(asked.length).toBe(4)
  await page.goForward()
  await page.goForward()
  await name.waitFor()
  expect(await name.inputValue()).toBe('')
  expect(asked.length).toBe(4)
})

test('what is entered outlives the session, secrets do not, and closing the tab asks first', async () => {
  const { page, expectError } = await atDesk('admin')
  expectError(/status of 401/)
  async function endSession(): Promise<void> {
    await office().database.pool.query('delete from session')
    // Whatever is asked next is answered that nobody is signed in.
    await page.getByText('Ihre Sitzung ist abgelaufen', { exact: false }).first().waitFor()
  }
  const login = office().demo.logins.find(({ role }) => role === 'admin')
  async function signInAgain(): Promise<void> {
    await page.getByLabel('E-Mail-Adresse').fill(login?.email ?? '')
    await page.getByLabel('Passwort', { exact: true }).fill(login?.password ?? '')
    await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
  }
  await page.getByRole('button', { name: 'Kanal einrichten' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Ordnungsamt')
  await page.getByLabel('Anbieter').selectOption('meta')
  await page.getByLabel('Zuständiges Team').selectOption({ index: 1 })
  const team = await page.getByLabel('Zuständiges Team').inputValue()
  await page.getByLabel('API-Schlüssel').fill('geheimer-schluessel-4711')
  await endSession()
  expect(
    await page.evaluate<boolean>(`window.dispatchEvent(new Event('beforeunload', { cancelable: true }))`),
  ).toBe(false)
  await page.getByText('noch nicht gesichert', { exact: false }).first().waitFor()
  await signInAgain()
  await page.getByText('Ihre Eingaben sind noch da.', { exact: false }).waitFor()
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Ordnungsamt')
  expect(await page.getByLabel('Anbieter').inputValue()).toBe('meta')
  await expect.poll(() => page.getByLabel('Zuständiges Team').inputValue()).toBe(team)
  expect(await page.getByLabel('API-Schlüssel').inputValue()).toBe('')

  const closing = page.waitForEvent('dialog')
  await page.getByLabel('Name', { exact: true }).click()
  await page.close({ runBeforeUnload: true })
  const dialog = await closing
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()

  page.once('dialog', (question) => void question.accept())
  await page.getByRole('link', { name: /Bürgertelefon/ }).click()
  await page.getByRole('button', { name: 'Neue Vorlage' }).click()
  await page.getByLabel('Name der Vorlage').fill('abholung')
  await page.getByLabel('Text', { exact: true }).fill('Ihr Ausweis ist da.')
  await endSession()
  await signInAgain()
  await expect.poll(() => page.getByLabel('Name der Vorlage').inputValue()).toBe('abholung')
  expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('Ihr Ausweis ist da.')
  // Left on purpose, it is not brought back.
  page.once('dialog', (question) => void question.accept())
  await page.getByRole('link', { name: 'Eingang', exact: true }).click()
  await page.getByRole('heading', { name: 'Eingang', exact: true }).waitFor()
  await page.getByRole('link', { name: 'Kanäle', exact: true }).click()
  await page.getByRole('button', { name: 'Kanal einrichten' }).click()
  await page.getByLabel('Name', { exact: true }).waitFor()
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('')
  expect(
    await page.evaluate<boolean>(`window.dispatchEvent(new Event('beforeunload', { cancelable: true }))`),
  ).toBe(true)
})

test('the palette knows what an administrator can do on each page, with its key', async () => {
  await office().deliver('{"entry": [{"changes": 7}]}')
  await office().settled()
  const { page } = await atDesk('admin')
  const palette = page.getByRole('dialog', { name: 'Befehle' })
  const typed = palette.getByRole('combobox')
  /** Two keys, one behind the other at once: a sequence that takes longer is none. */
  function press(first: string, second: string): Promise<unknown> {
    return Promise.all([page.keyboard.press(first), page.keyboard.press(second)])
  }
  async function leave(): Promise<void> {
    await typed.press('Escape')
    // Behind it the keys rest.
    await palette.waitFor({ state: 'detached' })
  }
  async function offers(names: readonly (string | RegExp)[]): Promise<void> {
    await page.keyboard.press('Control+k')
    for (const name of names) await palette.getByRole('option', { name }).first().waitFor()
  }
  await page.getByRole('heading', { name: 'Kanäle' }).waitFor()
  await page.getByRole('switch', { name: 'Wer antwortet, übernimmt' }).waitFor()
  await offers([/Kanal einrichten.*n/, /Bürgertelefon/, /Zu: Eingang.*g e/, 'Antworten übernimmt nicht mehr'])
  await typed.fill('Bürgertelefon')
  await typed.press('Enter')
  await page.getByRole('heading', { name: 'Bürgertelefon' }).waitFor()
  await page.getByRole('button', { name: 'Neue Vorlage' }).waitFor()
  await offers([
    'Abschalten',
    /Zugang prüfen.*t/,
    'Neue Vorlage',
    'Webhook-Adresse kopieren',
    /Lesebestätigungen/,
  ])
  expect(await axeViolations(page)).toEqual([])
  await typed.fill('Neue Vorlage')
  await typed.press('Enter')
  await page.getByLabel('Name der Vorlage').waitFor()
  await page.getByRole('heading', { name: 'Bürgertelefon' }).click()
  await press('g', 'e')
  await page.getByRole('heading', { name: 'Eingang', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Erneut einlesen' }).first().waitFor()
  await offers([/Erneut einlesen: Bürgertelefon/, /Zu: Kanäle.*g k/])
  // What another page offered is gone with it.
  expect(await palette.getByRole('option', { name: 'Abschalten' }).count()).toBe(0)
  await leave()
  await press('g', 'n')
  await page.getByRole('heading', { name: 'Anmeldung', exact: true }).waitFor()
  await page.getByRole('switch', { name: 'Sachbearbeitung' }).waitFor()
  await offers([/Zweiten Faktor verlangen: Sachbearbeitung/, /Zu: Anmeldung und Sicherheit.*g o/])
  await leave()
  await press('g', 'o')
  await page.getByRole('heading', { name: 'Anmeldung und Sicherheit' }).waitFor()
  await page.getByRole('button', { name: /^App einrichten/ }).waitFor()
  await offers([/^App einrichten/, /Zu: Anmeldung.*g n/])
})

test('a sign-out that does not reach the server says so, and is tried again', async () => {
  const { page, expectError } = await atDesk('dpo')
  expectError(/ERR_FAILED/)
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).click()
  await page.route('**/api/v1/session', (route) =>
    route.request().method() === 'DELETE' ? route.abort() : route.continue(),
  )
  await page.getByRole('button', { name: 'Abmelden', exact: true }).click()
  await page.getByRole('alert').getByText('Sie sind noch angemeldet', { exact: false }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.unroute('**/api/v1/session')
  await page.getByRole('button', { name: 'Noch einmal abmelden' }).click()
  await page.getByRole('main').getByText('Sie sind abgemeldet.').waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Anmelden' }).waitFor()
})

test('what is wrong with the installation stands above every page of the administrator', async () => {
  const { page } = await atDesk('admin')
  // Reloading earlier would cut off the signing in.
  await page.getByRole('heading', { name: 'Kanäle' }).waitFor()
  await page.route('**/api/v1/operation', (route) =>
    route.fulfill({ json: { warnings: ['replies-wait', 'proxy-not-named', 'authority-not-named'] } }),
  )
  await page.reload()
  await page.getByRole('heading', { name: 'Kanäle' }).waitFor()
  await page.getByText('Antworten und Dateien warten.', { exact: false }).waitFor()
  await page.getByText('TRUSTED_PROXIES', { exact: false }).waitFor()
  await page.getByText('AUTHORITY', { exact: false }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('link', { name: 'Eingang', exact: true }).click()
  await page.getByText('Der Eingang läuft.').waitFor()
  await page.getByText('Antworten und Dateien warten.', { exact: false }).waitFor()
})

test('at 320 pixels one thing at a time, and back goes back', async () => {
  await office().citizenWrites(
    '491713920077',
    'Passt das auch auf ein kleines Telefon? https://www.musterstadt.example/ein-sehr-langer-weg/zur-seite-mit-allen-antworten',
  )
  const { page } = await atDesk('clerk', 0, { viewport: { width: 320, height: 640 }, hasTouch: true })
  const row = page.getByRole('link', { name: /kleines Telefon/ })
  await row.waitFor()
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  await row.click()
  await page.getByRole('log').waitFor()
  await row.waitFor({ state: 'hidden' })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('button', { name: 'Zurück' }).click()
  await row.waitFor()
  await page.goBack()
  await page.getByRole('log').waitFor()
  await page.goBack()
  await row.waitFor()
})
