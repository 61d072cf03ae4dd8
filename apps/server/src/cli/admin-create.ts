import type { Refusal } from '@buergerdraht/contract'
import { createFirstAdmin } from '@buergerdraht/office'
import { requireAddress, sentenceOf, withAccounts } from './account.ts'
import { command } from './command.ts'
import { newPassword } from './new-password.ts'
import { report } from './output.ts'

function sentenceFor(refusal: Refusal): string {
  return refusal.code === 'wrong-credentials'
    ? 'The token is wrong, used or older than a day. Start the api again: it prints a new one while there is no administrator.'
    : sentenceOf(refusal)
}

export const adminCreate = command({
  name: 'admin create',
  summary: 'make the first administrator, with the token that the api has printed',
  help: 'Prints a random password, or takes one from standard input: twelve characters or more, none that is easy to guess.\nThe token works once and for a day. Settings: DATABASE_URL.',
  options: {
    token: { type: 'string', value: 'TOKEN', wanted: true },
    email: { type: 'string', value: 'ADDRESS', wanted: true },
    name: { type: 'string', value: 'NAME', wanted: true },
    'password-stdin': { type: 'boolean' },
  },
  run: (asked) =>
    withAccounts(async (office) => {
      requireAddress(asked.email)
      const person = { email: asked.email, displayName: asked.name }
      const { passwordHash, shown, sentence } = await newPassword(person, asked['password-stdin'])
      await createFirstAdmin(office, asked.token, { ...person, passwordHash })
      report.result(asked.json, { email: asked.email, ...shown }, sentence)
    }, sentenceFor),
})
