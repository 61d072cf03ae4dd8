import type { Conversation, Message } from '@buergerdraht/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { goOffline } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

/** Asks the product what a clerk would be told. */
async function told<T>(path: string): Promise<T> {
  return (await (await office().signIn('clerk')).get<T>(path)).body
}
async function conversationWith(words: string): Promise<Conversation> {
  const { items } = await told<{ items: Conversation[] }>('/conversations?status=all&order=latest')
  for (const one of items) {
    const { items: messages } = await told<{ items: Message[] }>(`/conversations/${one.id}/messages`)
    if (messages.some(({ text }) => text === words)) return one
  }
  throw new Error(`Nobody has written "${words}".`)
}

test('what comes while the question is open is said in it, and is not closed by the key that was on its way', async () => {
  await office().citizenWrites('491713940011', 'Alles erledigt, danke.')
  const { page } = await atDesk('clerk')
  await page.getByRole('link', { name: /Alles erledigt/ }).click()
  await page.getByRole('log').getByText('Alles erledigt, danke.').waitFor()
  await expect.poll(async () => (await conversationWith('Alles erledigt, danke.')).unreadCount).toBe(0)
  // It is pressed before what has come is here.
  let arrive: () => void = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route('**/messages/*', async (route) => {
    await arrived
    await route.continue()
  })
  await page.getByRole('link', { name: /Alles erledigt/ }).press('e')
  const question = page.getByRole('dialog', { name: /^Gespräch mit .+ abschließen\?$/ })
  const choice = question.locator('input[type=radio]:focus')
  await choice.press('Space')
  await office().citizenWrites('491713940011', 'Halt, doch noch eine Frage!')
  await expect
    .poll(async () => (await conversationWith('Alles erledigt, danke.')).lastMessage?.text)
    .toBe('Halt, doch noch eine Frage!')
  await choice.press('Enter')
  await question.getByText('Inzwischen hat die Person etwas Neues geschrieben.', { exact: false }).waitFor()
  arrive()
  await question.getByText('Halt, doch noch eine Frage!').waitFor()
  expect((await conversationWith('Alles erledigt, danke.')).status).toBe('open')
  const anyway = question.getByRole('button', { name: 'Trotzdem abschließen' })
  await expect
    .poll(async () => {
      if (await anyway.isVisible()) await anyway.click()
      return (await conversationWith('Alles erledigt, danke.')).status
    })
    .toBe('closed')
})

/** Sends "Samstags ab 8 Uhr." and lets the citizen write once more while it is on its way; since when they wait in the end. */
async function crossing(page: Page, phone: string, asked: string, more: string): Promise<string | null> {
  await page.getByLabel('Antwort', { exact: true }).fill('Samstags ab 8 Uhr.')
  await page.route('**/messages', async (route) => {
    if (route.request().method() === 'POST') {
      await office().citizenWrites(phone, more)
      await office().settled()
    }
    await route.continue()
  })
  await page.getByLabel('Antwort', { exact: true }).press('Control+Enter')
  await page
    .getByRole('article')
    .filter({ hasText: 'Samstags ab 8 Uhr.' })
    .getByText(/^(zugestellt|gelesen)/)
    .waitFor({ state: 'attached' })
  await office().settled()
  return (await conversationWith(asked)).waitingSince
}
async function sentAt(words: string): Promise<string | undefined> {
  const { id } = await conversationWith(words)
  const { items } = await told<{ items: Message[] }>(`/conversations/${id}/messages`)
  return items.find(({ text }) => text === words)?.sentAt
}

test('what comes between reading and sending still waits', async () => {
  await office().citizenWrites('491713940022', 'Wann ist der Markt?')
  const { page } = await atDesk('clerk')
  await page.getByRole('link', { name: /Wann ist der Markt/ }).click()
  await page.getByRole('log').getByText('Wann ist der Markt?').waitFor()
  const since = await crossing(page, '491713940022', 'Wann ist der Markt?', 'Und auf welchem Platz?')
  expect(since).toBe(await sentAt('Und auf welchem Platz?'))
})

test('also where the end of the thread has never been in sight', async () => {
  const long = 'Ich habe zu allem eine Frage. '.repeat(12)
  for (let n = 1; n <= 24; n++) await office().citizenWrites('491713940033', `Nummer ${n}: ${long}`)
  await office().citizenWrites('491713940033', 'Wann ist der Flohmarkt?')
  await office().settled()
  const { page } = await atDesk('clerk')
  await page.getByRole('link', { name: /Wann ist der Flohmarkt/ }).click()
  await page
    .getByRole('log')
    .getByText(/^Nummer 1:/)
    .waitFor()
  const since = await crossing(page, '491713940033', 'Wann ist der Flohmarkt?', 'Und gibt es Würstchen?')
  expect(since).toBe(await sentAt('Und gibt es Würstchen?'))
})

async function signInAgain(page: Page, role = 'clerk'): Promise<void> {
  const login = office().demo.logins.find((one) => one.role === role)
  await page.getByLabel('E-Mail-Adresse').fill(login?.email ?? '')
  await page.getByLabel('Passwort', { exact: true }).fill(login?.password ?? '')
  await page.getByRole('button', { name: 'Anmelden' }).click()
}
function storedInBrowser(page: Page): Promise<string> {
  return page.evaluate<string>('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])')
}
function answerOf(page: Page) {
  return page.getByLabel('Antwort', { exact: true })
}
async function keptText(words: string): Promise<string | undefined> {
  const { id } = await conversationWith(words)
  return (await told<{ draft: { text: string } | null }>(`/conversations/${id}/draft`)).draft?.text
}

test('what one has begun outlives a reload, a crash and the end of the session, and is nobody else’s', async () => {
  await office().citizenWrites('491713940055', 'Wo bekomme ich den Schlüssel?')
  const first = await atDesk('clerk')
  await first.page.getByRole('link', { name: /den Schlüssel/ }).click()
  await answerOf(first.page).fill('Im Rathaus, Zimmer')
  await expect.poll(() => keptText('Wo bekomme ich den Schlüssel?')).toBe('Im Rathaus, Zimmer')
  await first.page.reload()
  await expect.poll(() => answerOf(first.page).inputValue()).toBe('Im Rathaus, Zimmer')
  await first.page
    .getByRole('link', { name: /den Schlüssel/ })
    .getByText('Entwurf')
    .waitFor()
  expect(await storedInBrowser(first.page)).not.toContain('Rathaus')

  // Another browser of the same person: what a crash leaves behind.
  const second = await atDesk('clerk')
  await second.page.getByRole('link', { name: /den Schlüssel/ }).click()
  await expect.poll(() => answerOf(second.page).inputValue()).toBe('Im Rathaus, Zimmer')

  await answerOf(first.page).focus()
  await office().database.pool.query('delete from session')
  // The page may have heard of it before the key is pressed.
  await first.page.keyboard.press('Control+Enter')
  await first.page.getByRole('main').getByText('Ihre Sitzung ist abgelaufen.', { exact: false }).waitFor()
  await first.page.reload()
  await signInAgain(first.page)
  await first.page.getByRole('link', { name: /den Schlüssel/ }).click()
  await expect.poll(() => answerOf(first.page).inputValue()).toBe('Im Rathaus, Zimmer')

  await office().database.pool.query('delete from session')
  await first.page.reload()
  await signInAgain(first.page, 'team-lead')
  await first.page.getByRole('link', { name: /den Schlüssel/ }).click()
  await first.page.getByRole('log').getByText('Wo bekomme ich den Schlüssel?').waitFor()
  await answerOf(first.page).waitFor()
  expect(await answerOf(first.page).inputValue()).toBe('')
  expect(await first.page.getByText('Entwurf', { exact: true }).count()).toBe(0)
})

test('what is written without a connection is said not to be kept, and is kept once there is one', async () => {
  await office().citizenWrites('491713940044', 'Gibt es Parkplätze?')
  const { page, expectError } = await atDesk('clerk')
  await page.getByRole('link', { name: /Gibt es Parkplätze/ }).click()
  await page.getByRole('log').getByText('Gibt es Parkplätze?').waitFor()
  await answerOf(page).fill('Ja, ')
  await expect.poll(() => keptText('Gibt es Parkplätze?')).toBe('Ja, ')
  expectError(/Failed to load resource|ERR_/)
  await page.context().setOffline(true)
  await answerOf(page).fill('Ja, hinter dem Haus.')
  await page.getByText('Entwurf noch nicht gesichert', { exact: false }).waitFor()
  await page.context().setOffline(false)
  await page.getByText('Entwurf noch nicht gesichert', { exact: false }).waitFor({ state: 'detached' })
  expect(await keptText('Gibt es Parkplätze?')).toBe('Ja, hinter dem Haus.')
})

test('the row under the ring stays where it is at the end of the list too, when a line above the list comes and goes', async () => {
  for (let place = 0; place < 8; place += 1)
    await office().citizenWrites(`49171394006${place}`, `Wann ist Wertstofftag ${place}?`)
  await office().settled()
  const { page, expectError } = await atDesk('clerk', 0, { viewport: { width: 1366, height: 600 } })
  await page
    .getByRole('link', { name: /Wertstofftag/ })
    .first()
    .waitFor()
  const row = page.locator('[data-row]:focus')
  await page.locator('[data-row]').first().focus()
  for (const _ of Array.from({ length: 40 })) await page.keyboard.press('j')
  const below = `(() => {
    let element = document.querySelector('[data-row]:focus').parentElement
    while (element.scrollHeight <= element.clientHeight) element = element.parentElement
    return element.scrollHeight - element.clientHeight - element.scrollTop
  })()`
  await expect.poll(() => page.evaluate<number>(below)).toBeLessThan(1)
  /** Of what has been painted: two frames on. */
  async function place(): Promise<number> {
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
    return (await row.boundingBox())?.y ?? Number.NaN
  }
  const before = await place()
  expectError(/Failed to load resource|ERR_/)
  const line = page.getByText('Verbindung unterbrochen', { exact: false }).first()
  await goOffline(page)
  await line.waitFor()
  expect(Math.abs((await place()) - before)).toBeLessThan(4)
  await page.context().setOffline(false)
  await line.waitFor({ state: 'detached' })
  expect(Math.abs((await place()) - before)).toBeLessThan(4)
})
