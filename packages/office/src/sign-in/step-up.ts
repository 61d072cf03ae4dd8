import { Refusal, type SecondFactorAnswer, type StepUp, stepUpMinutes } from '@buergerdraht/contract'
import { recordActOn } from '../audit/record-act.ts'
import type { OfficeContext } from '../office-context.ts'
import { passwordMatches } from '../people/password.ts'
import { knownDeviceOf } from './known-device.ts'
import type { LiveSession } from './live-session.ts'
import { networkOf } from './network-of.ts'
import { askForPasskey } from './passkeys.ts'
import { secondFactorAnswers, secondFactorsOf } from './second-factor.ts'
import type { AskingBrowser } from './session.ts'
import { withinSignInLimit } from './sign-in-limit.ts'
import type { SignInPlace } from './sign-in-place.ts'
import { inTurn } from './turn.ts'

type Asking = Pick<OfficeContext, 'pool' | 'keys' | 'now'>

/** What somebody shows: one of them. */
export type StepUpAnswer = SecondFactorAnswer & { readonly password?: string | undefined }

function freshUntil({ authenticatedAt }: LiveSession): Date {
  return new Date(authenticatedAt.getTime() + stepUpMinutes * 60_000)
}

/**
 * Whether it was shown lately enough who sits there, for acts that want it. A time in the future comes from a clock that was set back: it
 * says nothing. @throws Refusal `step-up-required`
 */
export function requireStepUp({ now }: Pick<OfficeContext, 'now'>, liveSession: LiveSession): void {
  const at = now()
  if (liveSession.authenticatedAt > at || freshUntil(liveSession) <= at) throw new Refusal('step-up-required')
}

/** A second factor, where there is one; the password or the provider otherwise, whichever the session was begun with. */
async function waysOf(office: Asking, { viewer, provider, session }: LiveSession): Promise<StepUp['ways']> {
  const factors = await secondFactorsOf(office, viewer.accountId)
  const first = provider === null ? (['password'] as const) : (['provider'] as const)
  if (factors.length === 0) return [...first]
  return provider === null || session.secondFactor === 'wanted' ? factors : [...factors, ...first]
}

async function passwordAnswers({ pool }: Asking, accountId: string, password: string, network: string) {
  const { rows } = await pool.query<{ password_hash: string | null }>(
    'select password_hash from account where id = $1',
    [accountId],
  )
  return inTurn(network, () => passwordMatches(password, rows[0]?.password_hash ?? null))
}

/** Records that somebody in this session could not show who they are. What is over the limit is counted already. */
export async function recordFailedStepUp(
  { pool, now }: Pick<OfficeContext, 'pool' | 'now'>,
  { viewer }: LiveSession,
  address: string,
  error: unknown,
): Promise<never> {
  if (error instanceof Refusal && error.code !== 'too-many-requests')
    await recordActOn(pool, now(), viewer, {
      act: 'step-up-failed',
      facts: { reason: error.code },
      network: networkOf(address),
    })
  throw error
}

/** The session counts as fresh from now on. */
export async function noteStepUp(
  { pool, now }: Pick<OfficeContext, 'pool' | 'now'>,
  sessionId: string,
  secondFactor: boolean,
): Promise<void> {
  await pool.query(
    'update session set authenticated_at = $2, second_factor = second_factor or $3 where id = $1',
    [sessionId, now(), secondFactor],
  )
}

/**
 * Shows again who sits there; without an answer it tells the ways. Counts with the attempts to sign in.
 * @throws Refusal `wrong-credentials`, `wrong-second-factor`, `too-many-requests`
 */
export async function stepUp(
  office: Asking,
  place: SignInPlace,
  liveSession: LiveSession,
  { password, ...factor }: StepUpAnswer,
  browser: Pick<AskingBrowser, 'address' | 'device'>,
): Promise<StepUp> {
  const { viewer, session, sessionId } = liveSession
  const ways = await waysOf(office, liveSession)
  const answersFactor = factor.code !== undefined || factor.passkey !== undefined
  if (!answersFactor && password === undefined) {
    const until = freshUntil(liveSession)
    const isFresh = liveSession.authenticatedAt <= office.now() && until > office.now()
    return {
      freshUntil: isFresh ? until.toISOString() : null,
      ways,
      passkey: ways.includes('passkey') ? await askForPasskey(office, place, viewer.accountId) : null,
    }
  }
  const { email } = session.account
  const who = {
    email,
    address: browser.address,
    device: knownDeviceOf(office.keys, browser.device, email),
  }
  await withinSignInLimit(office, who, async () => {
    if (answersFactor) {
      if (await secondFactorAnswers(office, place, viewer.accountId, factor)) return
      throw new Refusal('wrong-second-factor')
    }
    const network = networkOf(browser.address)
    const isRight =
      ways.includes('password') && (await passwordAnswers(office, viewer.accountId, password ?? '', network))
    if (!isRight) throw new Refusal('wrong-credentials')
  }).catch((error: unknown) => recordFailedStepUp(office, liveSession, browser.address, error))
  await noteStepUp(office, sessionId, answersFactor)
  await recordActOn(office.pool, office.now(), viewer, {
    act: 'stepped-up',
    facts: { secondFactor: answersFactor },
    network: networkOf(browser.address),
  })
  const until = new Date(office.now().getTime() + stepUpMinutes * 60_000)
  return { freshUntil: until.toISOString(), ways, passkey: null }
}
