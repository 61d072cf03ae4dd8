import { text } from 'node:stream/consumers'
import { hashChosenPassword, hashPassword, randomPassword } from '@buergerdraht/office'

/**
 * The password of an account: from standard input, or a random one that is shown once.
 * @throws Refusal `invalid-input` for one that is short or easy to guess
 */
export async function newPassword(
  person: { readonly email: string; readonly displayName: string },
  fromInput: boolean,
): Promise<{
  readonly passwordHash: string
  readonly shown: { readonly password?: string }
  readonly sentence: string
}> {
  const { email } = person
  if (fromInput) {
    const password = (await text(process.stdin)).replace(/\r?\n$/, '')
    const passwordHash = await hashChosenPassword(password, person)
    return { passwordHash, shown: {}, sentence: `${email} can sign in.` }
  }
  const password = randomPassword()
  const sentence = `${email} can sign in with the password ${password}`
  return { passwordHash: await hashPassword(password), shown: { password }, sentence }
}
