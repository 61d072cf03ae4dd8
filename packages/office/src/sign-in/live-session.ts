import { createHash } from 'node:crypto'
import { may, Refusal, type Role, type Session, type SessionPlace, type Team } from '@buergerdraht/contract'
import type { Viewer } from '../access/viewer.ts'
import { recordOftenOn } from '../audit/record-act.ts'
import { prepared } from '../database/prepared.ts'
import type { OfficeContext } from '../office-context.ts'
import { teamsSql } from '../people/teams-of-account.ts'
import { networkOf } from './network-of.ts'
import { type AskedFrom, type PlaceRule, refusalOfPlace } from './place-rule.ts'

/** After `idleMinutes` in which nobody used it, or `absoluteMinutes` after signing in, whatever happens, a session is void. */
export type SessionRules = {
  readonly idleMinutes: number
  readonly absoluteMinutes: number
}

/** A session as it is right now. */
export type LiveSession = {
  readonly viewer: Viewer
  /** As the contract has it, but for what is the office's and not the session's. */
  readonly session: Omit<Session, keyof SessionPlace>
  readonly sessionId: string
  /** When it was last shown who sits there. */
  readonly authenticatedAt: Date
  /** The role does nothing without a second factor. */
  readonly needsSecondFactor: boolean
  /** At which provider, and as whom there, it was begun; null: with a password here. */
  readonly provider: { readonly issuer: string; readonly subject: string } | null
  /** From where it is answered: that of its account's role, and under an emergency access that of a clerk too. */
  readonly placeRules: readonly PlaceRule[]
  /** The certificate that it began with, as of {@link AskedFrom}; null: without. */
  readonly certificate: string | null
}

/** Nothing is answered in it yet but what leads to a second factor. */
export function awaitsSecondFactor({ session }: LiveSession): boolean {
  return session.secondFactor === 'wanted' || session.secondFactor === 'to-set-up'
}

/** Use is noted at most this often, so that reading does not mean writing. */
const noteUseEveryMs = 60_000
const minuteMs = 60_000

export function tokenHashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

const sessionQuery = `select s.token_hash, s.used_at, s.expires_at, s.id as session_id, s.authenticated_at, s.second_factor,
    s.issuer, s.subject, s.certificate, setting.network_rules -> a.role::text as networks,
    a.role::text = any(setting.certificate_roles) as needs_certificate, a.role::text = any(office.download_roles) as may_download,
    a.role::text = any(setting.second_factor_roles) or (e.id is not null and 'clerk' = any(setting.second_factor_roles)) as needs_factor,
    e.id as emergency_id, e.until as emergency_until, json_build_object('id', et.id, 'name', et.name) as emergency_team,
    setting.network_rules -> 'clerk' as clerk_networks, 'clerk' = any(setting.certificate_roles) as clerk_needs_certificate,
    exists (select 1 from totp_factor f where f.account_id = a.id and f.confirmed_at is not null)
      or exists (select 1 from passkey p where p.account_id = a.id) as has_factor, exists (select 1 from deletion_rule where approved_by is null) as on_trial, a.id, a.email, a.display_name, a.role::text as role,
    ${teamsSql('a')} as teams
  from session s join account a on a.id = s.account_id cross join sign_in_setting setting cross join office_setting office
    left join (emergency_access e join team et on et.id = e.team_id)
      on e.id = s.emergency_access_id and e.account_id = a.id and e.ended_at is null and e.until > $2
  where s.token_hash = any($1::bytea[]) and a.disabled_at is null`

type SessionRow = {
  readonly token_hash: Buffer
  readonly used_at: Date
  readonly expires_at: Date
  readonly session_id: string
  readonly authenticated_at: Date
  readonly second_factor: boolean
  readonly issuer: string | null
  readonly subject: string | null
  readonly certificate: Buffer | null
  readonly networks: string[] | null
  readonly needs_certificate: boolean
  readonly may_download: boolean
  readonly needs_factor: boolean
  readonly has_factor: boolean
  readonly on_trial: boolean
  readonly id: string
  readonly email: string
  readonly display_name: string
  readonly role: Role
  readonly teams: Team[]
  readonly emergency_id: string | null
  readonly emergency_until: Date | null
  readonly emergency_team: Team
  readonly clerk_networks: string[] | null
  readonly clerk_needs_certificate: boolean
}

/** A provider answers for its own second factors, unless the role needs one that it has not vouched for. */
function secondFactorOf(row: SessionRow): Session['secondFactor'] {
  if (row.second_factor) return 'shown'
  if (row.needs_factor) return row.has_factor ? 'wanted' : 'to-set-up'
  return row.has_factor && row.issuer === null ? 'wanted' : 'not-needed'
}

type Rights = Pick<Session, 'emergencyAccess' | 'mayDownload'> & Pick<Session['account'], 'role' | 'teams'>

/** The account's own; under an emergency access a clerk's of that team and nothing besides, and no file is saved. */
function rightsOf(row: SessionRow): Rights {
  const { role, teams, emergency_id: id, emergency_until: until, emergency_team: team } = row
  if (id === null || until === null)
    return {
      role,
      teams,
      emergencyAccess: null,
      mayDownload: row.may_download && may(role, 'download-files'),
    }
  const emergencyAccess = { id, team, until: until.toISOString() }
  return { role: 'clerk', teams: [team], emergencyAccess, mayDownload: false }
}

function placeRulesOf(row: SessionRow): PlaceRule[] {
  const own = { networks: row.networks ?? [], needsCertificate: row.needs_certificate }
  const clerks = { networks: row.clerk_networks ?? [], needsCertificate: row.clerk_needs_certificate }
  return row.emergency_id === null ? [own] : [own, clerks]
}

function refusalOf({ placeRules }: LiveSession, from: AskedFrom): ReturnType<typeof refusalOfPlace> {
  return placeRules.map((rule) => refusalOfPlace(rule, from)).find((refusal) => refusal !== null) ?? null
}

function toLiveSession(row: SessionRow, rules: SessionRules): LiveSession {
  const { role, teams, emergencyAccess, mayDownload } = rightsOf(row)
  return {
    viewer: {
      accountId: row.id,
      displayName: row.display_name,
      role,
      teamIds: teams.map((team) => team.id),
      ...(emergencyAccess === null ? {} : { emergencyAccess: emergencyAccess.id }),
    },
    session: {
      account: {
        id: row.id,
        displayName: row.display_name,
        email: row.email,
        role,
        teams,
      },
      expiresAt: row.expires_at.toISOString(),
      idleMinutes: rules.idleMinutes,
      secondFactor: secondFactorOf(row),
      onTrial: row.on_trial,
      emergencyAccess,
      mayDownload,
    },
    sessionId: row.session_id,
    authenticatedAt: row.authenticated_at,
    needsSecondFactor: row.needs_factor,
    provider: row.issuer === null ? null : { issuer: row.issuer, subject: row.subject ?? '' },
    placeRules: placeRulesOf(row),
    certificate: row.certificate?.toString('hex') ?? null,
  }
}

type Asking = Pick<OfficeContext, 'pool' | 'now'>

async function liveRows(office: Asking, rules: SessionRules, hashes: Buffer[]): Promise<SessionRow[]> {
  const at = office.now()
  const query = prepared(sessionQuery, [hashes, at])
  const { rows } = await office.pool.query<SessionRow>(query)
  const now = at.getTime()
  const idleSince = now - rules.idleMinutes * minuteMs
  return rows.filter((row) => row.expires_at.getTime() > now && row.used_at.getTime() > idleSince)
}

/** A session that began on a device with a certificate is none on another. */
function isOnItsDevice({ certificate }: LiveSession, from: AskedFrom): boolean {
  return certificate === null || certificate === from.certificate
}

/** Whether a session is answered there, by the rules of this moment. */
export function isAnsweredFrom(liveSession: LiveSession, from: AskedFrom): boolean {
  return isOnItsDevice(liveSession, from) && refusalOf(liveSession, from) === null
}

/**
 * Who holds this token, with role and teams of this moment; null when the session is over, has been idle too long, belongs to another
 * device or the account is disabled. Asked for every request, hence one prepared statement. `use`: whether somebody uses the session by it.
 * @throws Refusal `network-not-allowed`, `certificate-required`, which leaves an entry in the audit log now and then
 */
export async function liveSessionOf(
  office: Asking,
  rules: SessionRules,
  token: string,
  from: AskedFrom,
  use: 'noted' | 'not-noted' = 'noted',
): Promise<LiveSession | null> {
  const tokenHash = tokenHashOf(token)
  const [row] = await liveRows(office, rules, [tokenHash])
  if (row === undefined) return null
  const liveSession = toLiveSession(row, rules)
  if (!isOnItsDevice(liveSession, from)) return null
  const now = office.now()
  const refused = refusalOf(liveSession, from)
  if (refused !== null) {
    await recordOftenOn(office.pool, now, liveSession.viewer, {
      act: 'refused',
      facts: { reason: refused },
      object: { kind: 'account', id: liveSession.viewer.accountId },
      network: networkOf(from.address),
    })
    throw new Refusal(refused)
  }
  if (use === 'noted' && now.getTime() - row.used_at.getTime() >= noteUseEveryMs) {
    await office.pool.query('update session set used_at = $2 where token_hash = $1', [tokenHash, now])
  }
  return liveSession
}

/** The same for many tokens at once, by hash in hex, for streams that stay open. Does not count as use, nor ask where they are. */
export async function liveSessionsOf(
  office: Asking,
  rules: SessionRules,
  tokenHashes: readonly Buffer[],
): Promise<Map<string, LiveSession>> {
  const rows = await liveRows(office, rules, [...tokenHashes])
  return new Map(rows.map((row) => [row.token_hash.toString('hex'), toLiveSession(row, rules)]))
}
