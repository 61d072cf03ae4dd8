import { Refusal, type SecondFactorAnswer, type SecondFactorWanted } from '@buergerdraht/contract'
import { recordActOn } from '../audit/record-act.ts'
import type { OfficeContext } from '../office-context.ts'
import { passwordMatches } from '../people/password.ts'
import { knownDeviceOf, rememberDevice } from './known-device.ts'
import type { LiveSession, SessionRules } from './live-session.ts'
import { networkOf } from './network-of.ts'
import { askForSecondFactor, secondFactorAnswers } from './second-factor.ts'
import { type AskingBrowser, beginSession } from './session.ts'
import { withinSignInLimit } from './sign-in-limit.ts'
import type { SignInPlace } from './sign-in-place.ts'
import { inTurn } from './turn.ts'

type Asking = Pick<OfficeContext, 'pool' | 'keys' | 'now'>

/** Who asks to sign in, and with what. */
export type Credentials = SecondFactorAnswer & {
  readonly email: string
  readonly password: string
}

export type SignedIn = {
  readonly token: string
  /** For the browser to keep: by it, the account's own browser is told from a stranger's. */
  readonly device: string
  readonly liveSession: LiveSession
}

/** The account's id, when the password is right. @throws Refusal `wrong-credentials` */
async function accountOf(
  office: Asking,
  { email, password }: Credentials,
  network: string | null,
): Promise<string> {
  const { rows } = await office.pool.query<{ id: string; password_hash: string | null }>(
    'select id, password_hash from account where email = $1 and disabled_at is null',
    [email],
  )
  const account = rows[0]
  const matches = await inTurn(network, () => passwordMatches(password, account?.password_hash ?? null))
  if (account === undefined || !matches) throw new Refusal('wrong-credentials')
  return account.id
}

const recordedFailures: readonly unknown[] = ['wrong-credentials', 'wrong-second-factor', 'local-sign-in-off']

/** Records an attempt that was looked at and failed, of whom if there is such an account. What is over the limit is counted already. */
async function recordFailure(office: Asking, email: string, address: string, error: unknown): Promise<never> {
  if (error instanceof Refusal && recordedFailures.includes(error.code)) {
    const { rows } = await office.pool.query<{ id: string }>('select id from account where email = $1', [
      email,
    ])
    const [account] = rows
    await recordActOn(office.pool, office.now(), null, {
      act: 'sign-in-failed',
      facts: { reason: error.code },
      network: networkOf(address),
      ...(account && { object: { kind: 'account', id: account.id } as const }),
    })
  }
  throw error
}

type Shown = { readonly accountId: string; readonly secondFactor: boolean }

function isShown(result: Shown | SecondFactorWanted): result is Shown {
  return 'accountId' in result
}

/**
 * Signs in, or says which second factor is wanted. Unknown address, wrong password, disabled account are one refusal after the same time,
 * and only who knows the password learns whether there is a second factor.
 * @throws Refusal `wrong-credentials`, `wrong-second-factor`, `local-sign-in-off`, `too-many-requests`
 */
export async function signIn(
  office: Asking,
  rules: SessionRules,
  place: SignInPlace,
  credentials: Credentials,
  browser: AskingBrowser,
): Promise<SignedIn | SecondFactorWanted> {
  const email = credentials.email.toLowerCase()
  const { address } = browser
  const device = knownDeviceOf(office.keys, browser.device, email)
  async function attempt(): Promise<Shown | SecondFactorWanted> {
    const network = device === null ? networkOf(address) : null
    const accountId = await accountOf(office, { ...credentials, email }, network)
    if (place.localAccounts !== 'all' && place.localAccounts.only !== email) {
      throw new Refusal('local-sign-in-off')
    }
    const wanted = await askForSecondFactor(office, place, accountId)
    if (wanted === null) return { accountId, secondFactor: false }
    if (credentials.code === undefined && credentials.passkey === undefined) return wanted
    if (!(await secondFactorAnswers(office, place, accountId, credentials))) {
      throw new Refusal('wrong-second-factor')
    }
    return { accountId, secondFactor: true }
  }
  const shown = await withinSignInLimit(office, { email, address, device }, attempt, isShown).catch(
    (error: unknown) => recordFailure(office, email, address, error),
  )
  if (!isShown(shown)) return shown
  const begun = await beginSession(office, rules, shown.accountId, browser, shown)
  return { ...begun, device: rememberDevice(office.keys, browser.device, email) }
}
