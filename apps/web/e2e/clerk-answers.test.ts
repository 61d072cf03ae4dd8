import { expect, test } from 'vitest'
import { axeViolations, pressIn, stable, type Visit } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk, nobodyWaits } = staffedOffice()

async function onPhone(identity: string): Promise<string> {
  const answer = await fetch(`${office().simulator.url}/citizens/${identity}/messages`)
  return answer.text()
}

test('a citizen writes, a clerk answers, and both see it at once', async () => {
  await nobodyWaits()
  const { page } = await atDesk('clerk')
  await page.getByText('Wählen Sie links ein Gespräch aus.').waitFor()
  await office().citizenWrites('491713920011', 'Guten Tag, wann hat das *Bürgeramt* offen?')
  const row = page.getByRole('link', { name: /wann hat das Bürgeramt offen/ })
  await row.waitFor()
  await expect.poll(() => page.title()).toMatch(/^\(\d+\) Posteingang/)
  await row.click()
  await page.getByRole('log').getByText('Bürgeramt', { exact: true }).waitFor()
  expect(await axeViolations(page)).toEqual([])

  await page.getByRole('button', { name: 'Übernehmen' }).first().click()
  await page.getByText('In Ihrer Bearbeitung').first().waitFor()
  const field = page.getByLabel('Antwort', { exact: true })
  await field.fill('Donnerstag bis 18 Uhr.')
  await field.press('Control+Enter')
  const answer = page.getByRole('article').filter({ hasText: 'Donnerstag bis 18 Uhr.' })
  await answer.getByText(/^(zugestellt|gelesen)/).waitFor({ state: 'attached' })
  expect(await onPhone('491713920011')).toContain('Donnerstag bis 18 Uhr.')
  await expect.poll(() => page.title()).toMatch(/^Posteingang/)
})

test('the whole work by keyboard alone', async () => {
  await office().citizenWrites('491713920022', 'Ist die Bücherei morgen offen?')
  const { page } = await atDesk('clerk')
  await page.getByRole('link', { name: /Bücherei/ }).waitFor()
  await page.keyboard.press('/')
  const search = page.getByRole('searchbox').and(page.locator(':focus'))
  await search.pressSequentially('Bücherei')
  // Pressed before the hits are there; the focus goes to them when they come.
  await search.press('ArrowDown')
  await page.getByRole('region', { name: 'Gespräche' }).getByText('1 Treffer').waitFor()
  const ring = page.locator('a[data-row]:focus').filter({ hasText: 'Bücherei' })
  await ring.press('Enter')
  await page
    .getByRole('log', { name: /Gespräch mit/ })
    .getByText('Ist die Bücherei morgen offen?')
    .waitFor()
  // A hit opens at its message.
  const hit = page.locator('article:focus').filter({ hasText: 'Bücherei' })
  await hit.press('c')
  await page.getByText('In Ihrer Bearbeitung').first().waitFor()
  await hit.press('r')
  const field = page.locator('textarea:focus')
  await field.pressSequentially('Ja, ab 10 Uhr.')
  await field.press('Control+Enter')
  await page
    .getByRole('article')
    .filter({ hasText: 'Ja, ab 10 Uhr.' })
    .getByText(/^(gesendet|zugestellt|gelesen)/)
    .waitFor({ state: 'attached' })
  // Out of the text, back to the list, and to the end of the matter.
  await field.press('Escape')
  await page.locator('[data-row][aria-current=true]:focus').press('e')
  const question = page.getByRole('dialog', { name: /^Gespräch mit .+ abschließen\?$/ })
  await question.locator('input[type=radio]:focus').press('Space')
  await pressIn(question, 'Enter')
  await page.getByText('Das Gespräch ist abgeschlossen. Schreibt die Person wieder').waitFor()
  // The row and the button are gone: the focus stays with the conversation.
  await expect.poll(() => page.evaluate<string>('document.activeElement.id')).toBe('thread-name')
})

test('what is written while the server is away is sent once it is back, exactly once', async () => {
  await office().citizenWrites('491713920033', 'Wo ist der Wertstoffhof?')
  const { page, expectError } = await atDesk('clerk')
  await page.getByRole('link', { name: /Wertstoffhof/ }).click()
  await page.getByRole('log').getByText('Wo ist der Wertstoffhof?').waitFor()
  expectError(/Failed to load resource|ERR_|status of 503/)
  await office().stopApi()
  await page.getByLabel('Antwort', { exact: true }).fill('Am Bahndamm 3.')
  await page.getByRole('button', { name: 'Senden', exact: true }).click()
  await page.getByText('wartet auf Verbindung').waitFor()
  await page.getByText('Verbindung unterbrochen', { exact: false }).waitFor()
  expect(await axeViolations(page)).toEqual([])
  await office()
    .citizenWrites('491713920033', 'Und wann?')
    .catch(() => undefined)
  await office().startApi()
  const answer = page.getByRole('article').filter({ hasText: 'Am Bahndamm 3.' })
  await answer.getByText(/^(gesendet|zugestellt|gelesen)/).waitFor({ state: 'attached' })
  await page.getByText('Verbindung unterbrochen', { exact: false }).waitFor({ state: 'detached' })
  await page.getByRole('log').getByText('Und wann?').waitFor()
  expect(await answer.count()).toBe(1)
  expect((await onPhone('491713920033')).split('Am Bahndamm 3.').length).toBe(2)
})

test('two clerks take the same conversation: one gets it, the other sees who', async () => {
  await office().citizenWrites('491713920044', 'Wer hilft mir beim Antrag?')
  const first = await atDesk('clerk')
  const second = await atDesk('team-lead')
  // Nobody is told of the other before both have asked.
  let asking = 0
  let bothHaveAsked: () => void = () => {}
  const both = new Promise<void>((resolve) => {
    bothHaveAsked = resolve
  })
  for (const { page } of [first, second]) {
    await page.route('**/assignee', async (route) => {
      asking += 1
      if (asking === 2) bothHaveAsked()
      await both
      await route.continue()
    })
    await page.getByRole('link', { name: /beim Antrag/ }).click()
    await page.getByRole('button', { name: 'Übernehmen' }).first().waitFor()
  }
  await Promise.all(
    [first, second].map(({ page }) =>
      page.getByRole('button', { name: 'Übernehmen', exact: true }).first().click(),
    ),
  )
  function holds({ page }: Visit): Promise<boolean> {
    return page.getByText('In Ihrer Bearbeitung').first().isVisible()
  }
  function sees({ page }: Visit): Promise<boolean> {
    return page.getByText('In Bearbeitung: ').first().isVisible()
  }
  await expect
    .poll(async () => [await holds(first), await sees(second), await holds(second), await sees(first)].join())
    .toMatch(/^(true,true,false,false|false,false,true,true)$/)
})

test('a session that ends elsewhere leads to the sign-in page, and the draft is still there', async () => {
  await office().citizenWrites('491713920055', 'Brauche ich einen Termin?')
  const { page } = await atDesk('clerk')
  await page.getByRole('link', { name: /einen Termin/ }).click()
  await page.getByLabel('Antwort', { exact: true }).fill('Nein, kommen Sie einfach')
  // It ends at the moment of sending: a moment before, marking as read or the like would be what notices.
  let over = false
  await page.route('**/messages', async (route) => {
    if (!over && route.request().method() === 'POST') {
      over = true
      await office().database.pool.query('delete from session')
    }
    await route.continue()
  })
  await page.getByRole('button', { name: 'Senden', exact: true }).click()
  await page.getByRole('main').getByText('Ihre Sitzung ist abgelaufen.', { exact: false }).waitFor()
  const login = office().demo.logins.find(({ role }) => role === 'clerk')
  await page.getByLabel('E-Mail-Adresse').fill(login?.email ?? '')
  await page.getByLabel('Passwort', { exact: true }).fill(login?.password ?? '')
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await page
    .getByRole('article')
    .filter({ hasText: 'Nein, kommen Sie einfach' })
    .getByText(/^(gesendet|zugestellt|gelesen)/)
    .waitFor({ state: 'attached' })
})

test('a photo and a reaction arrive and are answered with a file', async () => {
  const identity = '491713920066'
  await office().citizenWrites(identity, 'Hier kommt ein Foto.')
  const { page } = await atDesk('clerk')
  await page.getByRole('link', { name: /kommt ein Foto/ }).click()
  await page.getByRole('log').getByText('Hier kommt ein Foto.').waitFor()
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  )
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'Lageplan.png', mimeType: 'image/png', buffer: png }])
  await page.getByRole('button', { name: 'Lageplan.png entfernen' }).waitFor()
  await page.getByLabel('Antwort', { exact: true }).fill('Und hier der Plan.')
  await page.getByRole('button', { name: 'Senden', exact: true }).click()
  await page
    .getByRole('article')
    .filter({ hasText: 'Und hier der Plan.' })
    .getByText(/^(gesendet|zugestellt|gelesen)/)
    .waitFor({ state: 'attached' })
  const citizens = page.getByRole('article').filter({ hasText: 'Hier kommt ein Foto.' })
  await citizens.hover()
  await citizens.getByRole('button', { name: 'Reagieren' }).click()
  await page.getByRole('dialog', { name: 'Reagieren' }).getByRole('button', { name: '👍' }).click()
  await citizens.getByText('Reaktion des Amts: 👍').waitFor({ state: 'attached' })
})

test('a file is dropped anywhere on the conversation, and one that misses it changes nothing', async () => {
  await office().citizenWrites('491713920077', 'Haben Sie einen Plan?')
  const { page } = await atDesk('clerk')
  await page.getByRole('link', { name: /einen Plan/ }).click()
  const log = page.getByRole('log')
  await log.getByText('Haben Sie einen Plan?').waitFor()
  const files = await page.evaluateHandle(`(() => {
    const files = new DataTransfer()
    files.items.add(new File(['Plan'], 'Plan.txt', { type: 'text/plain' }))
    return files
  })()`)
  await page.getByRole('search').dispatchEvent('drop', { dataTransfer: files })
  await stable(page)
  expect(await page.getByRole('button', { name: 'Plan.txt entfernen' }).count()).toBe(0)
  await log.dispatchEvent('dragover', { dataTransfer: files })
  await page.getByPlaceholder('Zum Anhängen hier ablegen').waitFor()
  await log.dispatchEvent('drop', { dataTransfer: files })
  await page.getByRole('button', { name: 'Plan.txt entfernen' }).waitFor()
  await page.getByPlaceholder('Antwort schreiben …').waitFor()
})
