import { randomUUID } from 'node:crypto'
import type { Conversation, Message } from '@buergerdraht/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeViolations, focused } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk, nobodyWaits } = staffedOffice()

async function told<T>(path: string): Promise<T> {
  return (await (await office().signIn('clerk')).get<T>(path)).body
}
async function listed(words: string): Promise<Conversation> {
  const { items } = await told<{ items: Conversation[] }>('/conversations?status=all&order=latest&limit=100')
  for (const one of items) {
    const { items: messages } = await told<{ items: Message[] }>(`/conversations/${one.id}/messages`)
    if (messages.some(({ text }) => text === words)) return one
  }
  throw new Error(`Nobody has written "${words}".`)
}
function row(page: Page, words: RegExp) {
  return page.getByRole('link', { name: words })
}
function opened(page: Page, words: string): Promise<void> {
  return page.getByRole('log').getByText(words, { exact: true }).waitFor()
}

test('answering and going on is one stroke, and takes what nobody has; who waits longest comes next', async () => {
  await nobodyWaits()
  for (const [n, words] of ['Erste Frage?', 'Zweite Frage?', 'Dritte Frage?'].entries()) {
    await office().citizenWrites(`49171396100${n}`, words)
    await office().settled()
  }
  const { page } = await atDesk('clerk')
  await row(page, /Dritte Frage/).waitFor()
  await page.getByText('3 warten').waitFor()
  await expect.poll(() => page.title()).toMatch(/^\(3\) Posteingang/)
  await page.keyboard.press('n')
  await opened(page, 'Erste Frage?')
  const field = page.locator('textarea:focus')
  await field.pressSequentially('Antwort auf die erste.')
  // Whoever does not see the page hears whose turn it is, and what they asked.
  const turn = page.getByRole('status').getByText(/^Gespräch mit .+: Zweite Frage\?$/)
  await Promise.all([turn.waitFor({ state: 'attached' }), field.press('Control+Shift+Enter')])
  await opened(page, 'Zweite Frage?')
  await field.waitFor()
  expect(await field.inputValue()).toBe('')
  await field.pressSequentially('Antwort auf die zweite.')
  await field.press('Control+Shift+Enter')
  await opened(page, 'Dritte Frage?')
  await expect.poll(async () => (await listed('Erste Frage?')).waitingSince).toBeNull()
  const { assignee } = await listed('Erste Frage?')
  expect(assignee?.displayName).toBe(
    (await told<{ account: { displayName: string } }>('/session')).account.displayName,
  )
  await page.getByText('1 wartet').waitFor()
  expect(await axeViolations(page)).toEqual([])
})

test('a key means the row that has the ring, and what was closed is opened again', async () => {
  await office().citizenWrites('491713961011', 'Erledigt, danke!')
  await office().citizenWrites('491713961022', 'Ich warte noch.')
  const { page } = await atDesk('clerk')
  await row(page, /Ich warte noch/).click()
  await opened(page, 'Ich warte noch.')
  await row(page, /Erledigt, danke/).press('e')
  const question = page.getByRole('dialog', { name: /^Gespräch mit .+ abschließen\?$/ })
  const choice = question.locator('input[type=radio]:focus')
  await choice.waitFor()
  await opened(page, 'Erledigt, danke!')
  await choice.press('Space')
  await choice.press('Enter')
  await page.getByRole('button', { name: 'Rückgängig' }).click()
  await expect.poll(async () => (await listed('Erledigt, danke!')).status).toBe('open')
  await page
    .getByRole('log')
    .getByText(/hat das Gespräch abgeschlossen/)
    .waitFor()
  expect((await listed('Ich warte noch.')).status).toBe('open')
  await page
    .getByRole('log')
    .getByText(/hat das Gespräch wieder geöffnet/)
    .waitFor()
  expect((await listed('Erledigt, danke!')).waitingSince).not.toBeNull()
})

test('a file that did not get up is not left behind without a word', async () => {
  await office().citizenWrites('491713961033', 'Können Sie mir das Formular senden?')
  const { page, expectError } = await atDesk('clerk')
  await row(page, /das Formular senden/).click()
  await opened(page, 'Können Sie mir das Formular senden?')
  expectError(/Failed to load resource|ERR_/)
  await page.route('**/api/v1/attachments', (route) => route.abort())
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'Formular.txt', mimeType: 'text/plain', buffer: Buffer.from('Formular') }])
  await page.getByRole('button', { name: 'Erneut hochladen' }).waitFor()
  await page.getByLabel('Antwort', { exact: true }).fill('Hier ist es.')
  await page.getByLabel('Antwort', { exact: true }).press('Control+Enter')
  await page.getByText('Nicht hochgeladen: Formular.txt. Ohne senden?').waitFor()
  expect((await listed('Können Sie mir das Formular senden?')).lastMessage?.direction).toBe('inbound')
  await page.getByRole('button', { name: 'Ohne senden' }).click()
  await page
    .getByRole('article')
    .filter({ hasText: 'Hier ist es.' })
    .getByText(/^(zugestellt|gelesen)/)
    .waitFor({ state: 'attached' })
})

test('sending into a colleague’s matter asks first', async () => {
  await office().citizenWrites('491713961044', 'Wer ist mein Ansprechpartner?')
  await office().settled()
  const lead = await office().signIn('team-lead')
  const { id } = await listed('Wer ist mein Ansprechpartner?')
  await lead.put(`/conversations/${id}/assignee`, { assignee: 'me', expected: null })
  const { page } = await atDesk('clerk')
  await row(page, /mein Ansprechpartner/).click()
  await opened(page, 'Wer ist mein Ansprechpartner?')
  await page.getByLabel('Antwort', { exact: true }).fill('Das bin ich.')
  await page.getByLabel('Antwort', { exact: true }).press('Control+Enter')
  await page.getByText(/bearbeitet dieses Gespräch\. Trotzdem senden\?/).waitFor()
  expect((await listed('Wer ist mein Ansprechpartner?')).lastMessage?.direction).toBe('inbound')
  await page.getByRole('button', { name: 'Trotzdem senden' }).click()
  await page
    .getByRole('article')
    .filter({ hasText: 'Das bin ich.' })
    .getByText(/^(zugestellt|gelesen)/)
    .waitFor({ state: 'attached' })
})

test('what a colleague has answered while one writes is shown before one sends over it', async () => {
  const question = 'Hat die Bücherei am Samstag offen?'
  await office().citizenWrites('491713961055', question)
  await office().settled()
  const { page } = await atDesk('clerk')
  await row(page, /Bücherei am Samstag/).click()
  await opened(page, question)
  await page.getByLabel('Antwort', { exact: true }).fill('Ja, bis 12 Uhr.')
  const lead = await office().signIn('team-lead')
  const { id, lastMessage } = await listed(question)
  const sent = await lead.post(`/conversations/${id}/messages`, {
    clientId: randomUUID(),
    text: 'Samstags ist geschlossen.',
    seenUpTo: lastMessage?.id,
  })
  expect(sent.status).toBe(201)
  await opened(page, 'Samstags ist geschlossen.')
  async function answers(): Promise<(string | null)[]> {
    const { items } = await told<{ items: Message[] }>(`/conversations/${id}/messages`)
    return items.filter(({ direction }) => direction === 'outbound').map(({ text }) => text)
  }
  const field = page.getByLabel('Antwort', { exact: true })
  await field.press('Control+Enter')
  const asked = page.getByRole('alert').getByText(/hat inzwischen geantwortet: „Samstags ist geschlossen\.“/)
  await asked.waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.getByRole('alert').getByRole('button', { name: 'Abbrechen' }).press('Enter')
  await asked.waitFor({ state: 'detached' })
  await focused(page, 'textarea')
  expect(await field.inputValue()).toBe('Ja, bis 12 Uhr.')
  expect(await answers()).toEqual(['Samstags ist geschlossen.'])
  await field.press('Control+Enter')
  await page.getByRole('alert').getByRole('button', { name: 'Trotzdem senden' }).press('Enter')
  await asked.waitFor({ state: 'detached' })
  await expect.poll(answers).toEqual(['Ja, bis 12 Uhr.', 'Samstags ist geschlossen.'])
})
