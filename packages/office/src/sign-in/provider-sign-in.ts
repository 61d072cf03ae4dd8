import { createHash, randomBytes } from 'node:crypto'
import { Refusal, type Role } from '@buergerdraht/contract'
import type { Prisma } from '@buergerdraht/prisma'
import type { PoolClient } from 'pg'
import { storedRole } from '../access/stored-role.ts'
import { recordActOn, recordAttemptOn } from '../audit/record-act.ts'
import { lockUntilCommit } from '../database/locks.ts'
import { change } from '../database/publish.ts'
import { transaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import { otherAdministratorThan } from '../people/last-administrator.ts'
import { setTeams } from '../people/teams-of-account.ts'
import { beginCeremony, takeCeremony } from './ceremony.ts'
import type { IdentityProvider, ProviderChecks, ProviderIdentity } from './identity-provider.ts'
import type { LiveSession, SessionRules } from './live-session.ts'
import { networkOf } from './network-of.ts'
import { mappedRole } from './provider-mapping.ts'
import { type AskingBrowser, beginSession } from './session.ts'
import { providerMapping } from './sign-in-setting.ts'
import { noteStepUp, recordFailedStepUp } from './step-up.ts'

type Asking = Pick<OfficeContext, 'pool' | 'prisma' | 'now' | 'notify'>

/** What somebody goes to the provider for; the last two concern the session that asks. */
export type ProviderErrand =
  | { readonly for: 'sign-in' }
  | { readonly for: 'step-up' | 'link'; readonly sessionId: string }

type State = ProviderChecks & { readonly errand: ProviderErrand; readonly begunAt: string }

/** Both what comes back in the address and what the browser keeps: an answer that somebody else began is worth nothing here. */
function tokenOf(state: string, browserToken: string): string {
  return `${state} ${createHash('sha256').update(browserToken).digest('hex')}`
}

/** Where the browser goes. It must keep `browserToken` and bring it back. @throws Refusal `provider-unavailable`, `provider-refused-sign-in` */
export async function beginAtProvider(
  office: Asking,
  provider: IdentityProvider,
  errand: ProviderErrand,
): Promise<{ url: string; browserToken: string }> {
  const { url, ...checks } = await provider.begin({ again: errand.for === 'step-up' })
  const browserToken = randomBytes(32).toString('base64url')
  const state: State = { ...checks, errand, begunAt: office.now().toISOString() }
  await beginCeremony(office, 'provider', tokenOf(checks.state, browserToken), { state })
  return { url, browserToken }
}

async function linkedAccount(client: Pick<PoolClient, 'query'>, { issuer, subject }: ProviderIdentity) {
  const { rows } = await client.query<{ account_id: string; disabled_at: Date | null }>(
    `select l.account_id, a.disabled_at from linked_identity l join account a on a.id = l.account_id
     where l.issuer = $1 and l.subject = $2`,
    [issuer, subject],
  )
  return rows[0] ?? null
}

function textOf(claims: ProviderIdentity['claims'], ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = claims[name]
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
  }
  return null
}

/** An account for somebody who has never been here. An address that is taken is not theirs: anybody can claim one. */
async function makeAccount(
  client: PoolClient,
  now: Date,
  identity: ProviderIdentity,
  role: string,
): Promise<string> {
  const { issuer, subject, claims } = identity
  const email = (
    textOf(claims, 'email', 'preferred_username', 'upn') ?? `${subject}@${new URL(issuer).hostname}`
  ).toLowerCase()
  const displayName = textOf(claims, 'name', 'preferred_username', 'email') ?? subject
  const { rows } = await client.query<{ id: string }>(
    `insert into account (email, display_name, role, created_at) values ($1, $2, $3::role, $4)
     on conflict (email) do nothing returning id`,
    [email, displayName, role, now],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Refusal('account-not-linked')
  await client.query(
    'insert into linked_identity (issuer, subject, account_id, linked_at) values ($1, $2, $3, $4)',
    [issuer, subject, id, now],
  )
  const object = { kind: 'account', id } as const
  await recordActOn(client, now, null, { act: 'account-created', object, facts: { role, provider: true } })
  return id
}

/** The role is another one, and somebody is left who administers: what the provider says does not lock the office out. */
async function mayChangeRole(tx: Prisma.TransactionClient, id: string, role: Role): Promise<boolean> {
  const account = await tx.account.findUniqueOrThrow({ where: { id }, select: { role: true } })
  if (account.role === storedRole(role)) return false
  return account.role !== 'admin' || otherAdministratorThan(tx, id)
}

/**
 * The account of an identity, by issuer and subject alone. Where the office has rules, they say its role and teams each time anew, and make
 * an account for whoever comes first; without rules only linked accounts come in, as what they are.
 */
async function accountFor(office: Asking, identity: ProviderIdentity): Promise<string> {
  const mapping = await providerMapping(office)
  const mapped = mappedRole(mapping, identity.claims)
  if (mapping.rules.length > 0 && mapped === null) throw new Refusal('provider-gives-no-role')
  return change(office, async ({ client, tx }) => {
    await lockUntilCommit(client, 'providerIdentity', `${identity.issuer} ${identity.subject}`)
    const linked = await linkedAccount(client, identity)
    if (linked !== null && linked.disabled_at !== null) throw new Refusal('provider-refused-sign-in')
    if (linked === null && mapped === null) throw new Refusal('provider-gives-no-role')
    if (mapped === null) return linked?.account_id ?? ''
    const id = linked?.account_id ?? (await makeAccount(client, office.now(), identity, mapped.role))
    if (await mayChangeRole(tx, id, mapped.role)) {
      await client.query('update account set role = $2::role, revision = revision + 1 where id = $1', [
        id,
        mapped.role,
      ])
      await recordActOn(client, office.now(), null, {
        act: 'account-changed',
        object: { kind: 'account', id },
        facts: { change: 'role', role: mapped.role, provider: true },
      })
    }
    await setTeams(client, id, mapped.teamIds)
    return id
  })
}

async function link(
  { pool, now }: Asking,
  { viewer }: LiveSession,
  identity: ProviderIdentity,
): Promise<void> {
  const { rows } = await pool.query<{ account_id: string }>(
    `insert into linked_identity (issuer, subject, account_id, linked_at) values ($1, $2, $3, $4)
     on conflict (issuer, subject) do update set linked_at = linked_identity.linked_at returning account_id`,
    [identity.issuer, identity.subject, viewer.accountId, now()],
  )
  if (rows[0]?.account_id !== viewer.accountId) throw new Refusal('identity-linked-already')
  await recordActOn(pool, now(), viewer, {
    act: 'account-changed',
    object: { kind: 'account', id: viewer.accountId },
    facts: { change: 'identity-linked' },
  })
}

type ReturningBrowser = AskingBrowser & { readonly providerToken: string | null }
type Finished = {
  readonly errand: ProviderErrand['for']
  readonly begun: { token: string; liveSession: LiveSession } | null
}

/** Of these the session that did not begin has told already. */
const toldByPlace: readonly unknown[] = ['network-not-allowed', 'certificate-required']

async function recordFailedSignIn(
  { pool, now }: Asking,
  { address }: ReturningBrowser,
  error: unknown,
): Promise<never> {
  if (error instanceof Refusal && !toldByPlace.includes(error.code))
    await recordAttemptOn(pool, now(), {
      act: 'sign-in-failed',
      facts: { reason: error.code, provider: true },
      network: networkOf(address),
    })
  throw error
}

async function recordRefusedLink(
  { pool, now }: Asking,
  { viewer }: LiveSession,
  error: unknown,
): Promise<never> {
  if (error instanceof Refusal) {
    const facts = { asked: 'change-own-sign-in', reason: error.code }
    await recordActOn(pool, now(), viewer, { act: 'refused', facts })
  }
  throw error
}

/**
 * Redeems what the browser has brought back, and does what it went for: a new session, a fresh one, or a linked account. Worth something
 * once, for ten minutes, in the browser that began it.
 * @param liveSession the session of that browser now, which `step-up` and `link` need to be the one that asked
 * @returns what it went for, and the token of a new session; null: the session is the same
 * @throws Refusal `provider-unavailable`, `provider-refused-sign-in`, `provider-assurance-missing`, `provider-gives-no-role`,
 *   `account-not-linked`, `identity-linked-already`
 */
export async function finishAtProvider(
  office: Asking,
  rules: SessionRules,
  provider: IdentityProvider,
  parameters: URLSearchParams,
  browser: ReturningBrowser,
  liveSession: LiveSession | null,
): Promise<Finished> {
  const token = tokenOf(parameters.get('state') ?? '', browser.providerToken ?? '')
  const ceremony = await takeCeremony<State>(office, 'provider', token)
  const finished =
    ceremony === null
      ? Promise.reject(new Refusal('provider-refused-sign-in'))
      : finishErrand(office, rules, provider, parameters, browser, liveSession, ceremony.state)
  return finished.catch((error: unknown) => {
    const errand = ceremony?.state.errand.for ?? 'sign-in'
    if (liveSession === null || errand === 'sign-in') return recordFailedSignIn(office, browser, error)
    if (errand === 'step-up') return recordFailedStepUp(office, liveSession, browser.address, error)
    return recordRefusedLink(office, liveSession, error)
  })
}

async function finishErrand(
  office: Asking,
  rules: SessionRules,
  provider: IdentityProvider,
  parameters: URLSearchParams,
  browser: ReturningBrowser,
  liveSession: LiveSession | null,
  { errand, begunAt, ...checks }: State,
): Promise<Finished> {
  const again = errand.for === 'step-up' ? new Date(begunAt) : null
  const identity = await provider.redeem(parameters, checks, again)
  if (errand.for === 'sign-in') {
    const accountId = await accountFor(office, identity)
    const begun = await beginSession(office, rules, accountId, browser, {
      secondFactor: identity.vouchesForSecondFactor,
      provider: identity,
    })
    return { errand: errand.for, begun }
  }
  if (liveSession?.sessionId !== errand.sessionId) throw new Refusal('provider-refused-sign-in')
  if (errand.for === 'link') {
    await link(office, liveSession, identity)
    return { errand: errand.for, begun: null }
  }
  const linked = await linkedAccount(office.pool, identity)
  if (linked?.account_id !== liveSession.viewer.accountId) throw new Refusal('provider-refused-sign-in')
  await noteStepUp(office, liveSession.sessionId, identity.vouchesForSecondFactor)
  await recordActOn(office.pool, office.now(), liveSession.viewer, {
    act: 'stepped-up',
    facts: { secondFactor: identity.vouchesForSecondFactor, provider: true },
    network: networkOf(browser.address),
  })
  return { errand: errand.for, begun: null }
}

/**
 * Ends what a logout token names: the session there, or all of a person. The same token counts once.
 * @returns how many sessions ended; none is no error, but worth counting
 * @throws Refusal `provider-unavailable`, `provider-refused-sign-in`
 */
export async function logOutFromProvider(
  office: Pick<OfficeContext, 'pool' | 'now'>,
  provider: IdentityProvider,
  logoutToken: string,
): Promise<number> {
  const { issuer, subject, sid, id } = await provider.verifyLogout(logoutToken)
  if (!(await beginCeremony(office, 'logout-token', `${issuer} ${id}`))) {
    throw new Refusal('provider-refused-sign-in')
  }
  return transaction(office.pool, async ({ client }) => {
    const { rows } = await client.query<{ account_id: string }>(
      `delete from session where issuer = $1 and ($2::text is null or provider_session = $2)
         and ($3::text is null or subject = $3) returning account_id`,
      [issuer, sid, subject],
    )
    for (const id of new Set(rows.map((row) => row.account_id)))
      await recordActOn(client, office.now(), null, {
        act: 'sessions-ended',
        object: { kind: 'account', id },
        facts: { sessions: rows.filter((row) => row.account_id === id).length, provider: true },
      })
    return rows.length
  })
}
