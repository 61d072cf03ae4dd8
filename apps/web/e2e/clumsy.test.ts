import type { Conversation, Message } from '@buergerdraht/contract'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { focused } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

function answerOf(page: Page) {
  return page.getByLabel('Antwort', { exact: true })
}
async function opened(page: Page, words: string): Promise<void> {
  await page.getByRole('link', { name: new RegExp(words.replace('?', '\\?')) }).click()
  await page.getByRole('log').getByText(words, { exact: true }).waitFor()
}
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
async function answersTo(words: string): Promise<(string | null)[]> {
  const { id } = await listed(words)
  const { items } = await told<{ items: Message[] }>(`/conversations/${id}/messages`)
  return items.filter(({ direction }) => direction === 'outbound').map(({ text }) => text)
}

test('what is pressed twice is done once, and going back leaves nothing of a dialog behind', async () => {
  const question = 'Wann wird der Spielplatz fertig?'
  await office().citizenWrites('491713972011', question)
  await office().citizenWrites('491713972012', 'Und der Brunnen?')
  await office().settled()
  const { page } = await atDesk('clerk')
  await opened(page, question)
  await answerOf(page).fill('Im Mai.')
  // A sentence stays for ten seconds: it is waited for at once.
  const sent = page
    .getByRole('status')
    .getByText(/^Ihre Antwort an .+ ist gesendet\.$/)
    .first()
  async function pressTwice(): Promise<void> {
    await answerOf(page).press('Control+Enter')
    await answerOf(page).press('Control+Enter')
  }
  await Promise.all([sent.waitFor({ state: 'attached' }), pressTwice()])
  await answerOf(page).press('Escape')
  await page.locator('[data-row]:focus').press('e')
  await page.getByRole('dialog').locator('input[type=radio]:focus').waitFor()
  // Nothing is decided yet: a key pressed too early closes nothing.
  await page.keyboard.press('Enter')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  // The way back stays under the pointer, however long what follows takes.
  await page.getByRole('button', { name: 'Rückgängig' }).hover()
  await expect.poll(async () => (await listed(question)).status).toBe('closed')
  expect((await listed('Und der Brunnen?')).status).toBe('open')
  expect(await answersTo(question)).toEqual(['Im Mai.'])
  await focused(page, 'h2')
  await page.keyboard.press('z')
  await page.keyboard.press('z')
  await expect.poll(async () => (await listed(question)).status).toBe('open')
  await page
    .getByRole('log')
    .getByText(/hat das Gespräch wieder geöffnet/)
    .waitFor()
  expect(
    await page
      .getByRole('log')
      .getByText(/hat das Gespräch wieder geöffnet/)
      .count(),
  ).toBe(1)

  await opened(page, 'Und der Brunnen?')
  await page.locator('[data-row]:focus').press('e')
  await page.getByRole('dialog').locator('input[type=radio]:focus').waitFor()
  await page.goBack()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('log').getByText(question, { exact: true }).waitFor()
  await page.keyboard.press('j')
  await page.locator('[data-row]:focus').waitFor()
  expect((await listed('Und der Brunnen?')).status).toBe('open')
})

test('one draft in two windows is sent once', async () => {
  const question = 'Gibt es noch Restkarten?'
  await office().citizenWrites('491713972033', question)
  const { page: first } = await atDesk('clerk')
  await opened(first, question)
  await answerOf(first).fill('Ja, an der Abendkasse.')
  const { id } = await listed(question)
  await expect
    .poll(
      async () => (await told<{ draft: { text: string } | null }>(`/conversations/${id}/draft`)).draft?.text,
    )
    .toBe('Ja, an der Abendkasse.')
  const { page: second } = await atDesk('clerk')
  await opened(second, question)
  await expect.poll(() => answerOf(second).inputValue()).toBe('Ja, an der Abendkasse.')
  await Promise.all([
    first
      .getByRole('status')
      .getByText('Diese Antwort ist in einem anderen Fenster gesendet worden.')
      .waitFor({ state: 'attached' }),
    answerOf(second).press('Control+Enter'),
  ])
  await first.getByRole('log').getByText('Ja, an der Abendkasse.', { exact: true }).waitFor()
  await expect.poll(() => answerOf(first).inputValue()).toBe('')
  await answerOf(first).press('Control+Enter')
  await first.getByRole('status').getByText('Es ist noch nichts geschrieben.').waitFor({ state: 'attached' })
  expect(await answersTo(question)).toEqual(['Ja, an der Abendkasse.'])
})

test.each(['arrived', 'never left'] as const)(
  'a tab closed in the middle of sending loses nothing and sends nothing twice: the answer that %s',
  async (fate) => {
    const [question, answer] = [`Fährt der Bus am Feiertag? (${fate})`, `Ja, stündlich. (${fate})`]
    await office().citizenWrites(fate === 'arrived' ? '491713972044' : '491713972055', question)
    await office().settled()
    const { id } = await listed(question)
    const { page, expectError } = await atDesk('clerk')
    await page.getByRole('link').filter({ hasText: question }).click()
    await answerOf(page).fill(answer)
    let asked = 0
    expectError(/Failed to load resource|ERR_/)
    // The office hears it or does not; the page hears nothing of it.
    await page.route(`**/conversations/${id}/messages`, async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      if (fate === 'arrived') await route.fetch()
      asked += 1
      if (fate === 'never left') await route.abort()
    })
    await answerOf(page).press('Control+Enter')
    await expect.poll(() => asked).toBeGreaterThan(0)
    const draft = `/conversations/${id}/draft`
    if (fate === 'never left')
      await expect
        .poll(async () => (await told<{ draft: { text: string } | null }>(draft)).draft?.text)
        .toBe(answer)
    await page.close()

    const { page: later } = await atDesk('clerk')
    await later.getByRole('list').last().getByRole('link').first().waitFor()
    await later.goto(`/posteingang/${id}`)
    await later.getByRole('log').getByText(question, { exact: true }).waitFor()
    if (fate === 'arrived') {
      await later.getByRole('log').getByText(answer, { exact: true }).waitFor()
      await expect.poll(() => answerOf(later).inputValue()).toBe('')
    } else {
      await expect.poll(() => answerOf(later).inputValue()).toBe(answer)
      await answerOf(later).press('Control+Enter')
    }
    await expect.poll(() => answersTo(question)).toEqual([answer])
  },
)

test('ten tabs of one clerk all load, and each shows what has happened once it is looked at', async () => {
  await office().citizenWrites('491713963077', 'Die erste Frage von vielen.')
  const { page } = await atDesk('clerk')
  await page.getByRole('link', { name: /Die erste Frage von vielen/ }).waitFor()
  const context = page.context()
  // A browser without a screen takes every page for one that is looked at.
  await context.addInitScript(`
    let seen = true
    Object.defineProperty(document, 'visibilityState', { get: () => (seen ? 'visible' : 'hidden') })
    window.look = (yes) => {
      seen = yes
      document.dispatchEvent(new Event('visibilitychange'))
    }
  `)
  await page.reload()
  const tabs = [page]
  for (let count = 2; count <= 10; count += 1) {
    await tabs.at(-1)?.evaluate('look(false)')
    const tab = await context.newPage()
    tabs.push(tab)
    await tab.goto('/posteingang')
    await tab.getByRole('link', { name: /Die erste Frage von vielen/ }).waitFor()
  }
  await office().citizenWrites('491713963088', 'Und die letzte.')
  await office().settled()
  for (const tab of tabs) {
    await Promise.all(tabs.map((other) => other.evaluate(`look(${other === tab})`)))
    await tab.getByRole('link', { name: /Und die letzte/ }).waitFor()
    expect(await tab.getByText('Verbindung unterbrochen', { exact: false }).count()).toBe(0)
  }
})
