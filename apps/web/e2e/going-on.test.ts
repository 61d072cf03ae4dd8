import type { Conversation } from '@buergerdraht/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { messagesChange, payload, phoneNumberId } from '../../../testing/webhook-payload.ts'
import { axeViolations, focused, stable } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk, nobodyWaits } = staffedOffice()

async function conversationOf(phone: string, status: 'open' | 'closed'): Promise<Conversation> {
  const lead = await office().signIn('team-lead')
  const { body } = await lead.ask<{ items: Conversation[] }>('POST', '/api/v1/conversations/search', {
    body: { q: phone, status },
  })
  const [found] = body.items
  if (found === undefined) throw new Error('Nobody has this number.')
  return found
}
function row(page: Page, words: RegExp) {
  return page.getByRole('link', { name: words })
}
function opened(page: Page, words: string): Promise<void> {
  return page.getByRole('log').getByText(words, { exact: true }).waitFor()
}

/** Closes what is open: it belongs to no file. */
async function closeByKeys(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 2 }).first().press('e')
  const choice = page.getByRole('dialog').locator('input[type=radio]:focus')
  await choice.press('Space')
  await choice.press('Enter')
}

test('what is typed before the next one is there reaches nobody', async () => {
  await nobodyWaits()
  for (const [phone, words] of [
    ['491713982011', 'Wo melde ich mich an?'],
    ['491713982022', 'Und wo melde ich mich ab?'],
  ] as const) {
    await office().citizenWrites(phone, words)
    await office().settled()
  }
  const { page } = await atDesk('clerk')
  await row(page, /Wo melde ich mich an/).click()
  await opened(page, 'Wo melde ich mich an?')
  const field = page.getByLabel('Antwort', { exact: true })
  await field.fill('In Zimmer 3.')
  let letGo: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route(/\/api\/v1\/conversations\?.*limit=100/, async (route) => {
    await held
    await route.continue()
  })
  const asked = page.waitForRequest(/\/api\/v1\/conversations\?.*limit=100/)
  await field.press('Control+Shift+Enter')
  await asked
  await page.keyboard.type('Hallo e')
  letGo()
  await opened(page, 'Und wo melde ich mich ab?')
  await focused(page, 'textarea')
  expect(await field.inputValue()).toBe('')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.locator('textarea:focus').pressSequentially('Auch dort.')
  await expect.poll(() => field.inputValue()).toBe('Auch dort.')
  await row(page, /In Zimmer 3/).click()
  await opened(page, 'Wo melde ich mich an?')
  expect(await field.inputValue()).toBe('')
})

test('where the window is closed the row still says who waits, and going there leads to what is possible', async () => {
  const question = 'Wann ist der Wertstoffhof offen?'
  const timestamp = Math.floor(Date.now() / 1000) - 30 * 3600
  const answer = await office().deliver(
    payload([
      messagesChange(phoneNumberId, [{ id: 'going-on-1', from: '491713982033', text: question, timestamp }]),
    ]),
  )
  expect(answer.status).toBe(200)
  await office().settled()
  const { page } = await atDesk('clerk')
  const late = row(page, /Wertstoffhof.*Antwortfenster geschlossen.*Wartet auf Antwort seit/s)
  await late.press('r')
  await opened(page, question)
  await page.locator('footer:focus').press('Tab')
  await page.getByRole('button', { name: 'Vorlage wählen' }).and(page.locator(':focus')).waitFor()
  expect(await axeViolations(page)).toEqual([])
})

test('a button keeps the focus while it works and when it is refused; once it has worked one can write', async () => {
  const phone = '491713982044'
  const lead = await office().signIn('team-lead')
  async function writesAndIsClosed(words: string): Promise<void> {
    await office().citizenWrites(phone, words)
    await office().settled()
    const { id } = await conversationOf(phone, 'open')
    const filing = { relevance: 'none' }
    expect(await lead.post(`/conversations/${id}/close`, { filing })).toMatchObject({ status: 200 })
  }
  await writesAndIsClosed('Ist das erledigt?')
  const { id } = await conversationOf(phone, 'closed')
  const { page } = await atDesk('clerk')
  await page.getByRole('region', { name: 'Gespräche' }).waitFor()
  await page.goto(`/posteingang/${id}`)
  await opened(page, 'Ist das erledigt?')
  const again = page.getByRole('button', { name: 'Wieder öffnen' })
  await again.press('Enter')
  await focused(page, 'textarea')
  expect((await conversationOf(phone, 'open')).id).toBe(id)
  await page.locator('textarea:focus').pressSequentially('Fast fertig.')

  expect(await lead.post(`/conversations/${id}/close`, { filing: { relevance: 'none' } })).toMatchObject({
    status: 200,
  })
  await again.waitFor()
  await office().citizenWrites(phone, 'Noch etwas!')
  await office().settled()
  const refused = /Die Person hat inzwischen ein neues( Gespräch)? begonnen/
  await Promise.all([
    page.getByRole('status').getByText(refused).first().waitFor({ state: 'attached' }),
    again.press('Enter'),
  ])
  await page.getByRole('main').getByText(refused).first().waitFor()
  expect((await conversationOf(phone, 'open')).id).not.toBe(id)
  // What cannot be pressed again has gone; the focus is where the way to the new one is, and what was begun here stays here.
  await focused(page, 'footer')
  expect(await axeViolations(page)).toEqual([])
  // Past the draft, which may be long enough to be scrolled.
  await page.locator('footer:focus').press('Tab')
  await page.locator('footer :focus').press('Tab')
  await page.getByRole('link', { name: 'Zum neuen Gespräch' }).and(page.locator(':focus')).press('Enter')
  await opened(page, 'Noch etwas!')
  await page.getByRole('navigation', { name: 'Ein früheres Gespräch' }).getByRole('link').first().click()
  await opened(page, 'Ist das erledigt?')
  await page.getByText('Ihr Entwurf: Fast fertig.').waitFor()
})

test('undoing a closing that came too late leads to the new conversation', async () => {
  const phone = '491713982066'
  await office().citizenWrites(phone, 'War das alles?')
  const { page } = await atDesk('clerk')
  await row(page, /War das alles/).click()
  await opened(page, 'War das alles?')
  await closeByKeys(page)
  const undo = page.getByRole('button', { name: 'Rückgängig' })
  await undo.focus()
  await office().citizenWrites(phone, 'Nein, noch etwas!')
  await office().settled()
  await undo.press('Enter')
  // The way stands in the conversation too, and is there before the refusal: only in the notice does the focus wait for it.
  const way = page.getByRole('link', { name: 'Zum neuen Gespräch' })
  await page.locator('div:focus').filter({ has: way }).press('Tab')
  await way.and(page.locator(':focus')).press('Enter')
  await opened(page, 'Nein, noch etwas!')
})

test('a page that is loaded anew leaves the focus where it is, also where nothing can be written', async () => {
  const phone = '491713982077'
  const timestamp = Math.floor(Date.now() / 1000) - 30 * 3600
  const text = 'Ist das Fenster schon zu?'
  const late = [{ id: 'going-on-2', from: phone, text, timestamp }]
  expect((await office().deliver(payload([messagesChange(phoneNumberId, late)]))).status).toBe(200)
  await office().settled()
  const { id } = await conversationOf(phone, 'open')
  const { page } = await atDesk('clerk')
  await page.getByRole('region', { name: 'Gespräche' }).waitFor()
  await page.goto(`/posteingang/${id}`)
  await opened(page, text)
  await page.getByRole('button', { name: 'Vorlage wählen' }).waitFor()
  await stable(page)
  expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('BODY')
})

test('undoing leads back to the field of what was closed', async () => {
  const phone = '491713982055'
  await office().citizenWrites(phone, 'Bitte nicht schließen!')
  const { page } = await atDesk('clerk')
  await row(page, /Bitte nicht schließen/).click()
  await opened(page, 'Bitte nicht schließen!')
  await closeByKeys(page)
  await page.getByRole('button', { name: 'Rückgängig' }).press('Enter')
  await focused(page, 'textarea')
  await opened(page, 'Bitte nicht schließen!')
  expect((await conversationOf(phone, 'open')).waitingSince).not.toBeNull()
})

test('in a German browser the English page is English to its last hidden button', async () => {
  const { page } = await atDesk('clerk')
  await page.getByRole('button', { name: 'Konto und Einstellungen' }).click()
  const menu = page.getByRole('dialog', { name: 'Konto und Einstellungen' })
  await menu.getByRole('radio', { name: 'English' }).click()
  await page.getByRole('dialog', { name: 'Account and settings' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await page.getByRole('button', { name: 'Dismiss' }).first().waitFor({ state: 'attached' })
  expect(await page.getByRole('button', { name: 'Schließen' }).count()).toBe(0)
})
