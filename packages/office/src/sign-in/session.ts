import { randomBytes } from 'node:crypto'
import { Refusal, type Role } from '@buergerdraht/contract'
import { recordActOn } from '../audit/record-act.ts'
import type { OfficeContext } from '../office-context.ts'
import { deviceNameOf } from './device-name.ts'
import { type LiveSession, liveSessionOf, type SessionRules, tokenHashOf } from './live-session.ts'
import { networkOf } from './network-of.ts'
import { type AskedFrom, refusalOfPlace } from './place-rule.ts'

const minuteMs = 60_000

type Asking = Pick<OfficeContext, 'pool' | 'now'>

/** What is known of the browser that asks. */
export type AskingBrowser = AskedFrom & {
  /** What it calls itself. */
  readonly userAgent: string
  /** The session that it still held. */
  readonly token: string | null
  /** What it was last given as {@link SignedIn.device}. */
  readonly device: string | null
}

/** How somebody has shown who they are. */
type Shown = {
  readonly secondFactor: boolean
  readonly provider?: { readonly issuer: string; readonly subject: string; readonly sid: string | null }
}

/** Told only to whoever has shown who they are. */
async function requirePlace({ pool, now }: Asking, accountId: string, from: AskedFrom): Promise<void> {
  const { rows } = await pool.query<{ networks: string[] | null; needs_certificate: boolean }>(
    `select setting.network_rules -> a.role::text as networks, a.role::text = any(setting.certificate_roles) as needs_certificate
     from account a cross join sign_in_setting setting where a.id = $1`,
    [accountId],
  )
  const rule = { networks: rows[0]?.networks ?? [], needsCertificate: rows[0]?.needs_certificate === true }
  const reason = refusalOfPlace(rule, from)
  if (reason === null) return
  await recordActOn(pool, now(), null, {
    act: 'sign-in-failed',
    facts: { reason },
    network: networkOf(from.address),
    object: { kind: 'account', id: accountId },
  })
  throw new Refusal(reason)
}

/**
 * Begins a session for an account: 256 random bits are its token, of which only the SHA-256 is stored. A session that the browser still
 * held ends, so that nobody can plant one. Nothing begins where the account's role is not answered.
 * @throws Refusal `wrong-credentials` when the account is disabled, `network-not-allowed`, `certificate-required`
 */
export async function beginSession(
  office: Asking,
  rules: SessionRules,
  accountId: string,
  browser: AskingBrowser,
  { secondFactor, provider }: Shown,
): Promise<{ token: string; liveSession: LiveSession }> {
  await requirePlace(office, accountId, browser)
  const token = randomBytes(32).toString('base64url')
  const now = office.now()
  const expiresAt = new Date(now.getTime() + rules.absoluteMinutes * minuteMs)
  if (browser.token !== null) await signOut(office, browser.token)
  await office.pool.query(
    `insert into session (token_hash, account_id, created_at, used_at, authenticated_at, expires_at, second_factor, device, network,
       issuer, subject, provider_session, certificate) values ($1, $2, $3, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      tokenHashOf(token),
      accountId,
      now,
      expiresAt,
      secondFactor,
      deviceNameOf(browser.userAgent),
      networkOf(browser.address),
      provider?.issuer ?? null,
      provider?.subject ?? null,
      provider?.sid ?? null,
      browser.certificate === null ? null : Buffer.from(browser.certificate, 'hex'),
    ],
  )
  const liveSession = await liveSessionOf(office, rules, token, browser)
  if (liveSession === null) throw new Refusal('wrong-credentials')
  await recordActOn(office.pool, now, liveSession.viewer, {
    act: 'signed-in',
    facts: { secondFactor, provider: provider !== undefined },
    network: networkOf(browser.address),
  })
  return { token, liveSession }
}

/** The session is void when this resolves. */
export async function signOut(office: Asking, token: string): Promise<void> {
  const { rows } = await office.pool.query<{ id: string; role: Role }>(
    'delete from session s using account a where s.token_hash = $1 and a.id = s.account_id returning a.id, a.role::text as role',
    [tokenHashOf(token)],
  )
  for (const { id, role } of rows)
    await recordActOn(office.pool, office.now(), { accountId: id, role }, { act: 'signed-out' })
}

/** Deletes what is over; returns how many. */
export async function expireSessions(office: Asking, rules: SessionRules): Promise<number> {
  const now = office.now()
  const idleSince = new Date(now.getTime() - rules.idleMinutes * minuteMs)
  const { rowCount } = await office.pool.query(
    'delete from session where expires_at <= $1 or used_at <= $2',
    [now, idleSince],
  )
  return rowCount ?? 0
}
