import { expect, test } from 'vitest'
import { axeViolations, sidewaysScroll } from './browser.ts'
import { staffedOffice } from './staff.ts'

const { office, atDesk } = staffedOffice()
const chosen = 'sieben graue Esel am Deich'

test('somebody changes their password in the page and is signed out elsewhere', async () => {
  const login = office().demo.logins.find(({ role }) => role === 'team-lead')
  const desk = await atDesk('team-lead')
  const { page } = desk
  // A wrong current password, one that is easy to guess.
  desk.expectError(/status of 400/)
  const elsewhere = await office().signIn('team-lead')
  await page.getByRole('navigation').waitFor()
  await page.goto('/konto')
  const section = page.getByRole('region', { name: 'Passwort' })
  const current = section.getByLabel('Jetziges Passwort')
  const next = section.getByLabel('Neues Passwort')
  for (const field of [current, next]) expect(await field.getAttribute('type')).toBe('password')
  await current.fill('falsch')
  // As a clipboard or a password manager puts it in: at once, not key by key.
  await next.focus()
  await page.keyboard.insertText(chosen)
  expect(await next.inputValue()).toBe(chosen)
  await section.getByRole('button', { name: 'Passwort ändern' }).click()
  await section.getByText('Das ist nicht Ihr jetziges Passwort.').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await current.fill(login?.password ?? '')
  await next.fill('passwortpasswort')
  await section.getByRole('button', { name: 'Passwort ändern' }).click()
  await section.getByText('Dieses Passwort ist leicht zu erraten.', { exact: false }).waitFor()
  await next.fill(chosen)
  await section.getByRole('button', { name: 'Passwort ändern' }).click()
  await section.getByText('Das neue Passwort gilt.', { exact: false }).waitFor()
  await expect.poll(() => current.inputValue()).toBe('')
  expect((await elsewhere.get('/session')).status).toBe(401)
  expect(await axeViolations(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 640 })
  await expect.poll(() => sidewaysScroll(page)).toBe(0)
})
