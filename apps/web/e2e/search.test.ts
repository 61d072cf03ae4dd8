import { expect, test } from 'vitest'
import { messagesChange, payload } from '../../../testing/webhook-payload.ts'
import { signIn } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()

/** A long exchange whose first message is far above what is in sight. */
async function longExchange(from: string, first: string): Promise<void> {
  const { phoneNumberId } = office().demo.channel
  const texts = [first, ...Array.from({ length: 60 }, (_, n) => `Zeile ${n}\n\n\n\nund Schluss.`)]
  const messages = texts.map((text, n) => ({
    id: `${from}-${n}`,
    from,
    text,
    timestamp: 1_794_000_000 + n * 60,
  }))
  expect((await office().deliver(payload([messagesChange(phoneNumberId, messages)]))).status).toBe(200)
  await office().settled()
}

test('a hit opens at its message, marked; what was searched for survives a reload and stands in no address and no storage', async () => {
  await longExchange('491713950011', 'Der Ahorn am Spielplatz ist krank.')
  const { page } = await atDesk('clerk')
  const field = page.getByRole('searchbox', { name: 'Gespräche durchsuchen' })
  await page.getByRole('button', { name: /^Meine/ }).click()
  await field.fill('ahorn')
  await page.getByText('Gesucht wird nur in:').waitFor()
  await page
    .getByRole('region', { name: 'Gespräche' })
    .getByText(/Nichts gefunden zu „ahorn“/)
    .waitFor()
  await page.getByRole('button', { name: '„Meine“ weglassen und überall suchen' }).click()
  await page.getByText('In allen Gesprächen, auch in abgeschlossenen').waitFor()
  await page.getByRole('link', { name: /Der Ahorn am Spielplatz/ }).click()

  const message = page.getByRole('article').filter({ hasText: 'Der Ahorn am Spielplatz ist krank.' })
  await message.waitFor()
  await expect.poll(() => message.evaluate((element) => document.activeElement === element)).toBe(true)
  expect(await message.getAttribute('data-hit')).toBe('true')
  await expect
    .poll(() =>
      message.evaluate((element) => {
        const log = element.closest('[role=log]')?.getBoundingClientRect()
        const { top, bottom } = element.getBoundingClientRect()
        return log !== undefined && top >= log.top && bottom <= log.bottom
      }),
    )
    .toBe(true)
  await page.getByRole('button', { name: 'Zur neuesten Nachricht' }).waitFor()

  await page.reload()
  await field.waitFor()
  await expect.poll(() => field.inputValue()).toBe('ahorn')
  await page.getByRole('link', { name: /Der Ahorn am Spielplatz/ }).waitFor()
  expect(page.url()).not.toContain('ahorn')
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  expect(stored).not.toContain('ahorn')
})

test('Enter in the palette means what is typed, also before the answer to it is here', async () => {
  await office().citizenWrites('491713950013', 'Der Rhododendron ist verblüht.')
  await office().citizenWrites('491713950014', 'Die Zypresse steht schief.')
  await office().settled()
  const { page } = await atDesk('clerk')
  await page.getByRole('link', { name: /Rhododendron/ }).waitFor()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Befehle' })
  const typed = palette.getByRole('combobox')
  await typed.fill('Rhododendron')
  await palette.getByRole('option', { name: /Rhododendron/ }).waitFor()
  let letGo: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/conversations/search', async (route) => {
    await held
    await route.continue()
  })
  const asked = page.waitForRequest('**/conversations/search')
  await typed.fill('Zypresse')
  await typed.press('Enter')
  await asked
  letGo()
  await page.getByRole('log').getByText('Die Zypresse steht schief.').waitFor()
})

test('what one has searched for is not shown to who comes after', async () => {
  const { page } = await atDesk('clerk')
  const field = page.getByRole('searchbox', { name: 'Gespräche durchsuchen' })
  await field.fill('geheimnis')
  await page
    .getByRole('region', { name: 'Gespräche' })
    .getByText(/Nichts gefunden zu „geheimnis“/)
    .waitFor()
  await page.context().clearCookies()
  await page.reload()
  const other = office().demo.logins.filter((one) => one.role === 'clerk')[1]
  if (other === undefined) throw new Error('There is one clerk only.')
  await signIn(page, other)
  await field.waitFor()
  expect(await field.inputValue()).toBe('')
})

test('while the index is built anew the page says since when everything is found, and then no more', async () => {
  await longExchange('491713950012', 'Die Eibe ist giftig.')
  const { page } = await atDesk('clerk')
  const { pool } = office().database
  await office().stopWorker()
  await pool.query('truncate search_entry, search_prefix, search_leftover, search_generation')
  const field = page.getByRole('searchbox', { name: 'Gespräche durchsuchen' })
  await field.fill('eibe')
  await page.getByText(/Die Suche wird gerade neu aufgebaut/).waitFor()
  await office().startWorker()
  await page.getByRole('link', { name: /Die Eibe ist giftig/ }).waitFor()
  await page.getByText(/Die Suche wird gerade neu aufgebaut/).waitFor({ state: 'detached' })
})
