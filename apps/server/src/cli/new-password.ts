import { text } from 'node:stream/consumers'
import { randomPassword } from '@buergerdraht/office'

/** The password of a new account: from standard input, or a random one that is shown once. */
export async function newPassword(
  email: string,
  fromInput: boolean,
): Promise<{
  readonly password: string
  readonly shown: { readonly password?: string }
  readonly sentence: string
}> {
  if (fromInput) {
    const password = (await text(process.stdin)).replace(/\r?\n$/, '')
    return { password, shown: {}, sentence: `${email} can sign in.` }
  }
  const password = randomPassword()
  return { password, shown: { password }, sentence: `${email} can sign in with the password ${password}` }
}
