import { Refusal } from '@buergerdraht/contract'
import { recordActOn } from '../audit/record-act.ts'
import { transaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import { hashChosenPassword } from '../people/chosen-password.ts'
import { passwordMatches } from '../people/password.ts'
import { knownDeviceOf } from './known-device.ts'
import type { LiveSession } from './live-session.ts'
import { networkOf } from './network-of.ts'
import type { AskingBrowser } from './session.ts'
import { withinSignInLimit } from './sign-in-limit.ts'
import type { SignInPlace } from './sign-in-place.ts'
import { recordFailedStepUp } from './step-up.ts'
import { inTurn } from './turn.ts'

type Asking = Pick<OfficeContext, 'pool' | 'keys' | 'now'>

/** The stored hash that the password fits. Guesses count with the attempts to sign in. @throws Refusal `no-password`, `invalid-input`, `too-many-requests` */
async function requireOwnPassword(
  office: Asking,
  liveSession: LiveSession,
  password: string,
  { address, device }: Pick<AskingBrowser, 'address' | 'device'>,
): Promise<string> {
  const { viewer, session } = liveSession
  const { rows } = await office.pool.query<{ password_hash: string | null }>(
    'select password_hash from account where id = $1',
    [viewer.accountId],
  )
  const stored = rows[0]?.password_hash ?? null
  if (stored === null) throw new Refusal('no-password')
  const { email } = session.account
  const who = { email, address, device: knownDeviceOf(office.keys, device, email) }
  const attempt = withinSignInLimit(office, who, async () => {
    const isRight = await inTurn(networkOf(address), () => passwordMatches(password, stored))
    if (!isRight) throw new Refusal('wrong-credentials')
  }).catch((error: unknown) => recordFailedStepUp(office, liveSession, address, error))
  await attempt.catch((error: unknown) => {
    const isWrong = error instanceof Refusal && error.code === 'wrong-credentials'
    throw isWrong ? new Refusal('invalid-input', [{ path: 'current', fault: 'password-wrong' }]) : error
  })
  return stored
}

/**
 * Changes one's own password. Whoever is signed in to the account elsewhere is signed out: it may be why it is changed. Of two changes at
 * once the second is refused.
 * @throws Refusal `no-password`, `local-sign-in-off`, `changed-meanwhile`, `too-many-requests`, `invalid-input` for either password
 */
export async function changeOwnPassword(
  office: Asking,
  { localAccounts }: SignInPlace,
  liveSession: LiveSession,
  { current, password }: { readonly current: string; readonly password: string },
  browser: Pick<AskingBrowser, 'address' | 'device'>,
): Promise<void> {
  const { viewer, session, sessionId } = liveSession
  const { account } = session
  if (localAccounts !== 'all' && localAccounts.only !== account.email) throw new Refusal('local-sign-in-off')
  const stored = await requireOwnPassword(office, liveSession, current, browser)
  const passwordHash = await hashChosenPassword(password, account)
  await transaction(office.pool, async ({ client }) => {
    const { rowCount } = await client.query(
      'update account set password_hash = $3, revision = revision + 1 where id = $1 and password_hash = $2',
      [viewer.accountId, stored, passwordHash],
    )
    if (rowCount === 0) throw new Refusal('changed-meanwhile')
    const ended = await client.query('delete from session where account_id = $1 and id <> $2', [
      viewer.accountId,
      sessionId,
    ])
    await recordActOn(client, office.now(), viewer, {
      act: 'account-changed',
      object: { kind: 'account', id: viewer.accountId },
      facts: { change: 'own-password', sessions: ended.rowCount ?? 0 },
      network: networkOf(browser.address),
    })
  })
}
