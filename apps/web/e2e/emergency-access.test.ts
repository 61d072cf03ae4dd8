import type { BrowserContextOptions } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()
// Before anybody is signed in: sessions go with it.
beforeEach(() => office().database.pool.query('truncate proposal, dpo_notice, emergency_access cascade'))

const looks: [string, BrowserContextOptions][] = [
  ['light', { viewport: { width: 1280, height: 800 } }],
  ['dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }],
  ['a telephone', { viewport: { width: 320, height: 640 }, hasTouch: true }],
]

test.each(looks)(
  'an administrator asks, a second person approves, and everybody sees it until it is ended: %s',
  async (look, options) => {
    const words = `Am Brunnen liegt ein Schlüsselbund (${look}).`
    await office().citizenWrites('491713970088', words)
    await office().settled()
    const { rows } = await office().database.pool.query<{ name: string }>(
      'select t.name from conversation c join team t on t.id = c.team_id limit 1',
    )
    const team = rows[0]?.name ?? ''

    const holder = await atDesk('admin', 0, options)
    const { page } = holder
    // What was on its way when the rights changed.
    holder.expectError(/status of 40[134]/)
    await page.getByRole('button', { name: 'Konto und Einstellungen' }).click()
    await page.getByRole('link', { name: 'Notfallzugriff' }).click()
    await page.getByRole('heading', { name: 'Notfallzugriff', level: 1 }).waitFor()
    await page.getByLabel('Team').selectOption({ label: team })
    await page.getByLabel('Grund').selectOption('team-absent')
    await page.getByLabel('Dauer in Minuten').fill('20')
    expect(await axeViolations(page)).toEqual([])
    await expect.poll(() => sidewaysScroll(page)).toBe(0)
    await page.getByRole('button', { name: 'Beantragen' }).click()
    await page.getByRole('main').getByText('Der Antrag wartet auf eine zweite Person.').first().waitFor()

    const { page: second } = await atDesk('records', 0, options)
    await second.getByRole('navigation').getByRole('link', { name: 'Vier-Augen', exact: true }).click()
    await second.getByText(`20 Minuten lang die Gespräche von ${team}`, { exact: false }).waitFor()
    await second.getByText('Grund: Vom Team ist niemand da').waitFor()
    expect(await axeViolations(second)).toEqual([])
    await second.getByRole('button', { name: 'Billigen' }).click()
    await second.getByText('gebilligt von', { exact: false }).first().waitFor()

    await page.getByRole('button', { name: 'Zugriff beginnen' }).click()
    const banner = page.getByRole('region', { name: 'Notfallzugriff' })
    await banner.getByText(`Notfallzugriff auf ${team}, noch`, { exact: false }).waitFor()
    await page.getByRole('link', { name: new RegExp(`\\(${look}\\)`) }).click()
    await page.getByRole('log').getByText(words).waitFor()
    await banner.waitFor()
    expect(await axeViolations(page)).toEqual([])
    await expect.poll(() => sidewaysScroll(page)).toBe(0)
    expect(
      await page.getByRole('navigation').getByRole('link', { name: 'Personen', exact: true }).count(),
    ).toBe(0)

    const { page: dpo } = await atDesk('dpo', 0, options)
    await dpo.getByRole('heading', { name: 'Hinweise', level: 1 }).waitFor()
    const notice = dpo.getByRole('listitem').filter({ hasText: team }).first()
    await notice.getByText('Vom Team ist niemand da').waitFor()
    expect(await axeViolations(dpo)).toEqual([])
    await expect.poll(() => sidewaysScroll(dpo)).toBe(0)
    await notice.getByRole('button', { name: 'Notfallzugriff beenden' }).click()
    // The page of whoever held it follows: no banner, no conversation, the own desk.
    await banner.waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: 'Kanäle', level: 1 }).waitFor()
    expect(await page.content()).not.toContain('Schlüsselbund')
    expect(new URL(page.url()).pathname).toBe('/kanaele')

    await notice.getByRole('button', { name: 'Zur Kenntnis genommen' }).click()
    await dpo.getByText('zur Kenntnis genommen von', { exact: false }).first().waitFor()
    await dpo.getByRole('link', { name: 'Was dabei getan wurde' }).first().click()
    await dpo.getByText(/^Nur Notfallzugriff [0-9A-F]{4}-[0-9A-F]{4}$/).waitFor()
    await dpo
      .getByRole('cell', { name: /^Gespräch gelesen/ })
      .first()
      .waitFor()
    expect(await dpo.getByRole('cell', { name: /^angemeldet/ }).count()).toBe(0)
  },
)

test('whoever holds it ends it with one key, and is where they were before', async () => {
  await office().citizenWrites('491713970089', 'Die Laterne flackert.')
  await office().settled()
  const { rows } = await office().database.pool.query<{ name: string }>(
    'select t.name from conversation c join team t on t.id = c.team_id limit 1',
  )
  const holder = await atDesk('admin')
  const { page } = holder
  holder.expectError(/status of 40[134]/)
  await page.getByRole('navigation').waitFor()
  await page.goto('/notfall')
  await page.getByLabel('Team').selectOption({ label: rows[0]?.name ?? '' })
  await page.getByLabel('Grund').selectOption('fault')
  await page.getByRole('button', { name: 'Beantragen' }).click()
  await page.getByRole('main').getByText('Der Antrag wartet auf eine zweite Person.').first().waitFor()
  const dpo = await office().signIn('dpo')
  const { body } = await dpo.get<{ items: { id: string; state: string }[] }>('/proposals')
  const open = body.items.find(({ state }) => state === 'open')
  expect((await dpo.post(`/proposals/${open?.id}/approval`)).status).toBe(200)
  await page.getByRole('button', { name: 'Zugriff beginnen' }).click()
  const end = page
    .getByRole('region', { name: 'Notfallzugriff' })
    .getByRole('button', { name: 'Notfallzugriff beenden' })
  await page.getByRole('region', { name: 'Gespräche' }).first().waitFor()
  await end.press('Enter')
  await page.getByRole('heading', { name: 'Kanäle', level: 1 }).waitFor()
  await page.getByRole('navigation').getByRole('link', { name: 'Personen', exact: true }).waitFor()
})
