import type { Conversation, ConversationRead, Message } from '@buergerdraht/contract'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeViolations, pressIn, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

async function readBack(words: string): Promise<ConversationRead> {
  const clerk = await office().signIn('clerk')
  const { body } = await clerk.get<{ items: Conversation[] }>('/conversations?status=all&limit=100')
  for (const { id } of body.items) {
    const thread = await clerk.get<{ items: Message[] }>(`/conversations/${id}/messages`)
    if (thread.body.items.some(({ text }) => text === words))
      return (await clerk.get<ConversationRead>(`/conversations/${id}`)).body
  }
  throw new Error(`Nobody has written "${words}".`)
}

async function open(page: Page, words: string): Promise<void> {
  await page.getByRole('link', { name: words }).click()
  await page.getByRole('log').getByText(words, { exact: true }).waitFor()
}

test('nobody closes without saying whether it belongs to a file; who hesitates is helped, and errors are put right', async () => {
  const words = 'Ich lege Widerspruch ein.'
  await office().citizenWrites('491713977011', words)
  const { page } = await atDesk('clerk')
  await open(page, words)
  await page.getByRole('heading', { level: 2 }).first().press('e')
  const question = page.getByRole('dialog', { name: /^Gespräch mit .+ abschließen\?$/ })
  const close = question.getByRole('button', { name: 'Abschließen', exact: true })
  await question.locator('input[type=radio]:focus').waitFor()
  expect(await question.getByRole('radio', { checked: true }).count()).toBe(0)
  expect(await close.isDisabled()).toBe(true)
  await pressIn(question, 'Enter')

  // The questions of the records administration, by keyboard.
  await question.getByText('Hilfe bei der Entscheidung').press('Enter')
  await question.getByText('Nichts davon: Der Vorgang braucht keine Akte.').waitFor()
  await question.getByRole('checkbox', { name: /ein Antrag oder ein Widerspruch/ }).press('Space')
  await question.getByText('Das spricht dafür, den Vorgang zur Akte zu nehmen.').waitFor()
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    expect(await axeViolations(page)).toEqual([])
  }

  // To the file takes the file reference.
  await question.getByRole('radio', { name: 'Ja, zur Akte nehmen' }).check()
  await question.getByText('Bleibt, solange der Aktenplan es vorsieht.').waitFor()
  expect(await close.isDisabled()).toBe(true)
  await question.getByLabel('Aktenzeichen').fill('032.11-7/2026')
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
  await page.setViewportSize({ width: 1366, height: 768 })
  await question.getByLabel('Aktenzeichen').press('Enter')
  await question.waitFor({ state: 'detached' })
  expect((await readBack(words)).filing).toEqual({
    relevance: 'to-file',
    fileReference: '032.11-7/2026',
    dueAt: null,
  })

  // Put right at the closed matter; the panel says what follows.
  const panel = page.getByRole('complementary', { name: 'Vorgang' })
  await panel.getByText('Ja, zur Akte nehmen').waitFor()
  await panel.getByText('032.11-7/2026').waitFor()
  await panel.getByText('wartet auf die Akte').waitFor()
  await panel.getByRole('button', { name: 'Akte ändern' }).click()
  const again = page.getByRole('dialog', { name: 'Akte ändern' })
  expect(await again.getByLabel('Aktenzeichen').inputValue()).toBe('032.11-7/2026')
  await again.getByRole('radio', { name: 'Nein, keine Akte' }).check()
  expect(await axeViolations(page)).toEqual([])
  await again.getByRole('button', { name: 'Speichern' }).click()
  await again.waitFor({ state: 'detached' })
  await panel.getByText('Nein, keine Akte').waitFor()
  expect((await readBack(words)).filing).toMatchObject({ relevance: 'none', fileReference: null })
  expect((await readBack(words)).filing?.dueAt).not.toBeNull()
})

test('the program is told the same: without the decision nothing is closed', async () => {
  const words = 'Nur eine Frage.'
  await office().citizenWrites('491713977022', words)
  await office().settled()
  const { id } = await readBack(words)
  const clerk = await office().signIn('clerk')
  for (const body of [
    undefined,
    {},
    { filing: { relevance: 'to-file' } },
    { filing: { relevance: 'perhaps' } },
  ]) {
    const answer = await clerk.post<{ code: string; fields: { path: string }[] }>(
      `/conversations/${id}/close`,
      body,
    )
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-input' } })
    expect(answer.body.fields[0]?.path).toMatch(/^filing/)
  }
  expect((await readBack(words)).status).toBe('open')
})

test('a question over a conversation asks before what is entered in it is lost', async () => {
  const words = 'Die Hausnummer auf dem Bescheid ist falsch.'
  await office().citizenWrites('491713977055', words)
  const { page } = await atDesk('clerk')
  await open(page, words)
  const panel = page.getByRole('complementary', { name: 'Vorgang' })
  const said = page.getByRole('article').filter({ hasText: words })
  const asked: string[] = []
  let stays = true
  page.on('dialog', (question) => {
    asked.push(question.message())
    void (stays ? question.dismiss() : question.accept())
  })
  const questions = [
    {
      title: 'Sperren',
      begin: () => panel.getByRole('button', { name: 'Sperren' }).click(),
      enter: (dialog: Locator) => dialog.getByRole('radio', { name: /^Verarbeitung einschränken/ }).check(),
      names: 'Sperren',
    },
    {
      title: 'Antrag aufnehmen',
      begin: () => panel.getByRole('button', { name: 'Antrag aufnehmen' }).click(),
      enter: (dialog: Locator) => dialog.getByLabel(/^Eingegangen am/).fill('2026-01-05'),
      names: 'Antrag aufnehmen',
    },
    {
      title: 'Berichtigung vermerken (Art. 16 DSGVO)',
      begin: async () => {
        await said.focus()
        await said.getByRole('button', { name: 'Berichtigung vermerken' }).click()
      },
      enter: (dialog: Locator) => dialog.getByLabel('Was bestreitet die Person?').fill('Hausnummer 4'),
      names: 'Berichtigung vermerken (Art. 16 DSGVO)',
    },
    {
      title: /^Gespräch mit .+ abschließen\?$/,
      begin: () =>
        page.getByRole('main').getByRole('button', { name: 'Abschließen', exact: true }).first().click(),
      enter: async (dialog: Locator) => {
        await dialog.getByRole('radio', { name: 'Ja, zur Akte nehmen' }).check()
        await dialog.getByLabel('Aktenzeichen').fill('032.11-7/2026')
      },
      names: 'Aktenzeichen',
    },
  ]
  for (const { title, begin, enter, names } of questions) {
    const dialog = page.getByRole('dialog', { name: title })
    // Nothing entered: nothing asked.
    await begin()
    await pressIn(dialog, 'Escape')
    await dialog.waitFor({ state: 'detached' })
    expect(asked).toEqual([])
    await begin()
    await enter(dialog)
    stays = true
    await pressIn(dialog, 'Escape')
    await expect.poll(() => asked).toEqual([`Nicht gespeichert: ${names}. Trotzdem verlassen?`])
    expect(await dialog.count()).toBe(1)
    stays = false
    await dialog.getByRole('button', { name: 'Schließen', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(asked.splice(0)).toHaveLength(2)
  }
})
