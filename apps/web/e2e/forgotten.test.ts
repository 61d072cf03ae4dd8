import type { Conversation, Message } from '@buergerdraht/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeViolations, focused } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

function row(page: Page, words: RegExp) {
  return page.getByRole('link', { name: words })
}
function opened(page: Page, words: string): Promise<void> {
  return page.getByRole('log').getByText(words, { exact: true }).waitFor()
}
/** What the page's live region says, until it has said this: a sentence stays for ten seconds, so it is waited for at once. */
function heard(page: Page, words: string | RegExp): Promise<void> {
  return page.getByRole('status').getByText(words).first().waitFor({ state: 'attached' })
}
async function conversationOf(phone: string): Promise<Conversation> {
  const lead = await office().signIn('team-lead')
  const { body } = await lead.ask<{ items: Conversation[] }>('POST', '/api/v1/conversations/search', {
    body: { q: phone },
  })
  const [found] = body.items
  if (found === undefined) throw new Error('Nobody has this number.')
  return found
}
async function answersTo({ id }: Conversation): Promise<Message[]> {
  const lead = await office().signIn('team-lead')
  const { body } = await lead.get<{ items: Message[] }>(`/conversations/${id}/messages`)
  return body.items.filter(({ direction }) => direction === 'outbound')
}
async function citizen(phone: string, what: string, body: object): Promise<void> {
  const response = await fetch(`${office().simulator.url}/citizens/${phone}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.ok).toBe(true)
}
/** The provider refuses the next answer. */
async function refusesNext(): Promise<void> {
  const api = { answer: 'refuse', code: 131026, times: 1 }
  const response = await fetch(`${office().simulator.url}/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ api }),
  })
  expect(response.ok).toBe(true)
}
async function answerAndClose(page: Page, words: string): Promise<void> {
  await page.getByLabel('Antwort', { exact: true }).fill(words)
  await page.getByLabel('Antwort', { exact: true }).press('Control+Enter')
  await page.getByRole('article').filter({ hasText: words }).waitFor()
  await page.getByRole('heading', { level: 2 }).first().press('e')
  const choice = page.getByRole('dialog').locator('input[type=radio]:focus')
  await choice.press('Space')
  await choice.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

test('two at one matter see each other, and nobody answers over what the other has said', async () => {
  await office().citizenWrites('491713962011', 'Wann ist die Sperrmüllabfuhr?')
  const { page: first, expectError } = await atDesk('clerk')
  expectError(/ERR_FAILED/)
  await row(first, /Sperrmüllabfuhr/).click()
  await opened(first, 'Wann ist die Sperrmüllabfuhr?')
  const { page: second } = await atDesk('team-lead')
  await row(second, /Sperrmüllabfuhr/).waitFor()
  const session = `fetch('/api/v1/session').then((answer) => answer.json())`
  const [mine, theirs] = await Promise.all(
    [first, second].map((page) =>
      page.evaluate<string>(`${session}.then(({ account }) => account.displayName)`),
    ),
  )
  await Promise.all([
    heard(first, `${theirs} hat dieses Gespräch auch geöffnet`),
    row(second, new RegExp(`Sperrmüllabfuhr.*Geöffnet: ${mine}`, 's')).click(),
  ])
  await opened(second, 'Wann ist die Sperrmüllabfuhr?')
  const answer = second.getByLabel('Antwort', { exact: true })
  await Promise.all([
    first.getByText(`${theirs} schreibt gerade`).first().waitFor(),
    answer.pressSequentially('Am Montag'),
  ])
  expect(await axeViolations(first)).toEqual([])

  // One has not seen what the other has sent: the line that would have told is held back.
  await first.getByLabel('Antwort', { exact: true }).fill('Am Dienstag.')
  await first.route('**/api/v1/conversations/*/messages/*', (route) => route.abort())
  await first.route(/\/messages\?/, (route) => route.abort())
  await answer.press('Control+Enter')
  await expect.poll(async () => (await answersTo(await conversationOf('491713962011'))).length).toBe(1)
  await first.getByLabel('Antwort', { exact: true }).press('Control+Enter')
  const ask = first.getByText(/bearbeitet dieses Gespräch\. Trotzdem senden\?|hat inzwischen geantwortet/)
  const refused = first.getByText(/Inzwischen hat jemand aus dem Team geantwortet/)
  await ask.or(refused).first().waitFor()
  if (await ask.isVisible()) await first.getByRole('button', { name: 'Trotzdem senden' }).click()
  await refused.first().waitFor()
  expect(await answersTo(await conversationOf('491713962011'))).toHaveLength(1)
  await first.unrouteAll()
  await answer.fill('Und am Freitag.')
  await answer.press('Control+Enter')
  await opened(first, 'Und am Freitag.')
  // Read is what was in sight for a moment; who is quicker is asked once more.
  const anyway = first.getByRole('log').getByRole('button', { name: 'Trotzdem senden' })
  const arrived = heard(first, /^Ihre Antwort an .+ ist gesendet\.$/).then(() => true)
  while (!(await Promise.race([arrived, anyway.click({ timeout: 1000 }).catch(() => undefined)])));
  expect(await answersTo(await conversationOf('491713962011'))).toHaveLength(3)
})

test('what fails or is edited after closing comes back, is told by name, and leads to its message', async () => {
  await office().citizenWrites('491713962022', 'Darf ich parken?')
  const asked = await office().citizenWrites('491713962033', 'Bitte anmelden.')
  await office().settled()
  const { page } = await atDesk('clerk')
  await row(page, /Darf ich parken/).click()
  await opened(page, 'Darf ich parken?')
  await page.getByRole('button', { name: 'Nummer anzeigen' }).click()
  await page.getByText('+491713962022').first().waitFor()
  await page.getByRole('button', { name: 'Nummer kopieren' }).waitFor()
  // What is to be sent waits until the matter is closed.
  await office().stopWorker()
  await answerAndClose(page, 'Ja, überall.')
  expect((await conversationOf('491713962022')).status).toBe('closed')
  await row(page, /Bitte anmelden/).click()
  await opened(page, 'Bitte anmelden.')
  const words = /^Ihre Antwort an .+ wurde nicht zugestellt\.$/
  const lost = page.getByRole('link', { name: words })
  await refusesNext()
  await Promise.all([heard(page, words), lost.waitFor(), office().startWorker()])
  expect(await conversationOf('491713962022')).toMatchObject({ status: 'open', lostAnswers: 1 })
  // The list does not move under the focus: what is new is let in.
  await page.getByRole('button', { name: /^1 neue/ }).click()
  await row(page, /1 Antwort nicht zugestellt/).waitFor()
  expect(await axeViolations(page)).toEqual([])

  await answerAndClose(page, 'Ist angemeldet.')
  await office().settled()
  await Promise.all([
    heard(page, /hat eine Nachricht bearbeitet: STOPP, bitte nicht anmelden\.$/),
    citizen('491713962033', 'edits', { messageId: asked, text: 'STOPP, bitte nicht anmelden.' }),
  ])
  // It is read at once, because its conversation is open.
  await row(page, /Ist angemeldet.*Wartet auf Antwort/s).waitFor()
  await page
    .getByRole('log')
    .getByText('Gespräch wieder geöffnet: Die Person hat eine Nachricht bearbeitet')
    .waitFor()
  expect(await conversationOf('491713962033')).toMatchObject({ status: 'open', closedAt: null })

  await lost.click()
  await page.locator('article:focus').filter({ hasText: 'Ja, überall.' }).waitFor()
})

test('keys that can do nothing say why, and a text that is too long is told; files are not left behind', async () => {
  await office().citizenWrites('491713962044', 'Welches Formular?')
  await office().citizenWrites('491713962055', 'Und wo?')
  const { page } = await atDesk('clerk')
  await row(page, /Und wo/).waitFor()
  await page.locator('main:focus').press('z')
  await heard(page, 'Es gibt nichts zurückzunehmen.')
  await row(page, /Welches Formular/).click()
  await opened(page, 'Welches Formular?')
  const field = page.getByLabel('Antwort', { exact: true })
  await field.press('Control+Enter')
  await heard(page, 'Es ist noch nichts geschrieben.')
  await field.fill('x'.repeat(4100))
  await heard(page, 'Der Text ist 4 Zeichen zu lang.')
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  await field.fill('Dieses hier.')

  let letGo: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/api/v1/attachments', async (route) => {
    await held
    await route.continue()
  })
  const file = { name: 'Formular.txt', mimeType: 'text/plain', buffer: Buffer.from('Formular') }
  await page.locator('input[type=file]').setInputFiles([file])
  await page.getByRole('progressbar').waitFor()
  letGo()
  await heard(page, 'Formular.txt ist hochgeladen.')
  await page.getByRole('button', { name: 'Formular.txt entfernen' }).waitFor()
  await page.getByRole('button', { name: 'Formular.txt entfernen' }).click()
  await focused(page, 'textarea')
})

test('when the session has ended, that is said and has the focus, and no key reaches what lies behind a dialog', async () => {
  await office().citizenWrites('491713962066', 'Letzte Frage')
  const { page, expectError } = await atDesk('clerk')
  await row(page, /Letzte Frage/).click()
  await opened(page, 'Letzte Frage')
  await page.getByLabel('Antwort', { exact: true }).focus()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('zzz')
  await page.keyboard.press('Escape')
  expect(await page.getByLabel('Antwort', { exact: true }).inputValue()).toBe('')
  expectError(/Failed to load resource|ERR_/)
  await office().database.pool.query('delete from session')
  await page.getByRole('heading', { name: 'Anmelden' }).waitFor()
  await focused(page, 'h1')
  await heard(page, /Sitzung|angemeldet|abgelaufen/)
  expect(await page.getByRole('status').getByText('Keine Verbindung zum Server.').count()).toBe(0)
})
