import { expect, test } from 'vitest'
import { hashChosenPassword } from './chosen-password.ts'

const person = { email: 'aylin.demir@musterstadt.example', displayName: 'Aylin Demir' }

test.each([
  ['elf Zeichen', 'min-characters'],
  ['passwordpassword', 'password-common'],
  ['Passwort123456', 'password-common'],
  ['Bürgermeister12', 'password-common'],
  ['qwertzuiopasdf', 'password-common'],
  ['aaaaaaaaaaaaaaaaaaaa', 'password-common'],
  ['buergerdraht2026', 'password-common'],
  ['AylinDemir1234', 'password-own-words'],
  ['musterstadt-2026', 'password-own-words'],
  ['aylin.demir@musterstadt.example', 'password-own-words'],
])('%s is refused', async (password, fault) => {
  await expect(hashChosenPassword(password, person)).rejects.toMatchObject({
    code: 'invalid-input',
    fields: [{ path: 'password', fault, detail: 12 }],
  })
})

test.each([
  'korrekt pferd batterie klammer',
  'Aylin isst montags um acht Pflaumen',
  'vT9#kQ2!mZ7p',
  'sieben graue esel laufen am deich entlang und suchen den weg nach hause, bevor es dunkel wird',
  'ein langer satz mit elf worten und viel luft dazwischen '.repeat(18),
])('%s is taken', async (password) => {
  expect(await hashChosenPassword(password, person)).toMatch(/^\$argon2id\$/)
})
