import { createHash, randomBytes } from 'node:crypto'
import { Refusal, type Role, type Session } from '@buergerdraht/contract'
import type { Viewer } from '../access/viewer.ts'
import { prepared } from '../database/prepared.ts'
import type { OfficeContext } from '../office-context.ts'
import { passwordMatches } from '../people/password.ts'
import { knownDeviceOf, rememberDevice } from './known-device.ts'
import { networkOf } from './network-of.ts'
import { withinSignInLimit } from './sign-in-limit.ts'
import { inTurn } from './turn.ts'

/** After `idleMinutes` without a request, or `absoluteMinutes` after signing in, whatever happens, a session is void. */
export type SessionRules = {
  readonly idleMinutes: number
  readonly absoluteMinutes: number
}

/** A session as it is right now. */
export type Presence = {
  readonly viewer: Viewer
  /** As the contract has it, but for what is the office's and not the session's. */
  readonly session: Omit<Session, 'timeZone'>
}

/** Use is noted at most this often, so that reading does not mean writing. */
const noteUseEveryMs = 60_000
const minuteMs = 60_000

export function tokenHashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

const presenceQuery = `select s.token_hash, s.used_at, s.expires_at, a.id, a.email, a.display_name, a.role::text as role,
    coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name)
      from team_member m join team t on t.id = m.team_id where m.account_id = a.id), '[]'::json) as teams
  from session s join account a on a.id = s.account_id
  where s.token_hash = any($1::bytea[]) and a.disabled_at is null`

type PresenceRow = {
  readonly token_hash: Buffer
  readonly used_at: Date
  readonly expires_at: Date
  readonly id: string
  readonly email: string
  readonly display_name: string
  readonly role: Role
  readonly teams: { id: string; name: string }[]
}

function toPresence(row: PresenceRow, rules: SessionRules): Presence {
  return {
    viewer: {
      accountId: row.id,
      displayName: row.display_name,
      role: row.role,
      teamIds: row.teams.map((team) => team.id),
    },
    session: {
      account: {
        id: row.id,
        displayName: row.display_name,
        email: row.email,
        role: row.role,
        teams: row.teams,
      },
      expiresAt: row.expires_at.toISOString(),
      idleMinutes: rules.idleMinutes,
    },
  }
}

type Asking = Pick<OfficeContext, 'pool' | 'now'>

async function liveRows(office: Asking, rules: SessionRules, hashes: Buffer[]): Promise<PresenceRow[]> {
  const query = prepared(presenceQuery, [hashes])
  const { rows } = await office.pool.query<PresenceRow>(query)
  const now = office.now().getTime()
  const idleSince = now - rules.idleMinutes * minuteMs
  return rows.filter((row) => row.expires_at.getTime() > now && row.used_at.getTime() > idleSince)
}

/**
 * Who holds this token, with role and teams of this moment; null when the session is over, has been idle too long or the
 * account is disabled. Asked for every request, hence one prepared statement. Counts as use of the session.
 */
export async function presenceOf(
  office: Asking,
  rules: SessionRules,
  token: string,
): Promise<Presence | null> {
  const tokenHash = tokenHashOf(token)
  const [row] = await liveRows(office, rules, [tokenHash])
  if (row === undefined) return null
  const now = office.now()
  if (now.getTime() - row.used_at.getTime() >= noteUseEveryMs) {
    await office.pool.query('update session set used_at = $2 where token_hash = $1', [tokenHash, now])
  }
  return toPresence(row, rules)
}

/** The same for many tokens at once, by hash in hex, for streams that stay open. Does not count as use. */
export async function presencesOf(
  office: Asking,
  rules: SessionRules,
  tokenHashes: readonly Buffer[],
): Promise<Map<string, Presence>> {
  const rows = await liveRows(office, rules, [...tokenHashes])
  return new Map(rows.map((row) => [row.token_hash.toString('hex'), toPresence(row, rules)]))
}

/** Who asks to sign in, and with what. */
export type Credentials = {
  readonly email: string
  readonly password: string
}

/** What is known of the browser that asks. */
export type AskingBrowser = {
  /** Its IP address. */
  readonly address: string
  /** The session that it still held. */
  readonly token: string | null
  /** What it was last given as {@link SignedIn.device}. */
  readonly device: string | null
}

export type SignedIn = {
  readonly token: string
  /** For the browser to keep: by it, the account's own browser is told from a stranger's. */
  readonly device: string
  readonly presence: Presence
}

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

/**
 * Signs in and returns the token of a new session: 256 random bits, of which only the SHA-256 is stored. A session that the
 * browser still held ends, so that nobody can plant one. Unknown address, wrong password, disabled account are one refusal after the
 * same time.
 * @throws Refusal `wrong-credentials`, `too-many-requests`
 */
export async function signIn(
  office: Asking & Pick<OfficeContext, 'keys'>,
  rules: SessionRules,
  credentials: Credentials,
  browser: AskingBrowser,
): Promise<SignedIn> {
  const email = credentials.email.toLowerCase()
  const { address } = browser
  const device = knownDeviceOf(office.keys, browser.device, email)
  const accountId = await withinSignInLimit(office, { email, address, device }, () =>
    accountOf(office, { ...credentials, email }, device === null ? networkOf(address) : null),
  )
  const token = randomBytes(32).toString('base64url')
  const now = office.now()
  const expiresAt = new Date(now.getTime() + rules.absoluteMinutes * minuteMs)
  if (browser.token !== null) await signOut(office, browser.token)
  await office.pool.query(
    'insert into session (token_hash, account_id, created_at, used_at, expires_at) values ($1, $2, $3, $3, $4)',
    [tokenHashOf(token), accountId, now, expiresAt],
  )
  const presence = await presenceOf(office, rules, token)
  if (presence === null) throw new Refusal('wrong-credentials')
  return { token, device: rememberDevice(office.keys, browser.device, email), presence }
}

/** The session is void when this resolves. */
export async function signOut(office: Pick<OfficeContext, 'pool'>, token: string): Promise<void> {
  await office.pool.query('delete from session where token_hash = $1', [tokenHashOf(token)])
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
