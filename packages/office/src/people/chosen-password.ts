import { Refusal } from '@buergerdraht/contract'
import { hashPassword } from './password.ts'

/** NIST SP 800-63B §3.1.1.2: length is what counts, and that it is on no list; nothing is said about signs and digits. */
const minPasswordLength = 12
/** Of zxcvbn's scores 0 to 4: below it somebody who knows lists and patterns needs fewer than 10⁸ guesses. */
const minScore = 3
const minWordLength = 3

type Person = {
  readonly email: string
  readonly displayName: string
}

/** What everybody knows of a person: the words of name and address. */
function ownWordsOf({ email, displayName }: Person): string[] {
  const words = `${email} ${displayName}`.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  // The longest first, so that no shorter one leaves half of it standing.
  return [...new Set(words)]
    .filter((word) => word.length >= minWordLength)
    .sort((one, other) => other.length - one.length)
}

/** Word lists take a second to load and some memory: only a process that sets a password pays for them. */
async function scoreOf(password: string, known: readonly string[]): Promise<number> {
  const [{ ZxcvbnFactory }, common, german] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-de'),
  ])
  const dictionary = { ...common.dictionary, ...german.dictionary }
  const judge = new ZxcvbnFactory({ dictionary, graphs: common.adjacencyGraphs })
  return judge.check(password, [...known, 'bürgerdraht', 'buergerdraht']).score
}

/**
 * Argon2id of a password that a person has chosen for an account. A person's own words do not count towards its length.
 * @throws Refusal `invalid-input` for one that is short, common or made of name and address
 */
export async function hashChosenPassword(password: string, person: Person): Promise<string> {
  function refuse(fault: 'min-characters' | 'password-own-words' | 'password-common'): never {
    throw new Refusal('invalid-input', [{ path: 'password', fault, detail: minPasswordLength }])
  }
  if (password.length < minPasswordLength) refuse('min-characters')
  const ownWords = ownWordsOf(person)
  const rest = ownWords.reduce((left, word) => left.replaceAll(word, ''), password.toLowerCase())
  if (rest.length < password.length && rest.length < minPasswordLength) refuse('password-own-words')
  if ((await scoreOf(password, ownWords)) < minScore) refuse('password-common')
  return hashPassword(password)
}
