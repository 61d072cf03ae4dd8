import { type EmergencyAccess, may, type Proposal, type Team } from '@buergerdraht/contract'
import { requireMay } from '../access/access.ts'
import type { Viewer } from '../access/viewer.ts'
import { listProposals } from '../approvals/list-proposals.ts'
import type { ProposalKinds } from '../approvals/proposal-kind.ts'
import type { OfficeContext } from '../office-context.ts'

const recentMs = 30 * 24 * 60 * 60 * 1000
const maxListed = 200

type Asking = Pick<OfficeContext, 'pool' | 'now'>

/** An emergency access `e` as JSON, null where there is none: `$1` is this moment, `$2` the account that asks. */
export const emergencyAccessSql = `case when e.id is null then null else json_build_object('id', e.id,
    'holder', json_build_object('id', e.account_id, 'displayName', coalesce(holder.display_name, '')),
    'team', case when team.id is null then null else json_build_object('id', team.id, 'name', team.name) end,
    'reason', e.reason,
    'grantedBy', case when e.granted_by is null then null else json_build_object('id', e.granted_by, 'displayName', coalesce(granter.display_name, '')) end,
    'operators', e.operators, 'grantedAt', e.granted_at, 'until', e.until,
    'endedAt', case when e.ended_at < e.until then e.ended_at end,
    'endedBy', case when e.ended_by is null then null else json_build_object('id', e.ended_by, 'displayName', coalesce(ender.display_name, '')) end,
    'holds', e.ended_at is null and e.until > $1, 'own', e.account_id = $2) end`
export const emergencyAccessJoins = `left join account holder on holder.id = e.account_id left join account granter on granter.id = e.granted_by
  left join account ender on ender.id = e.ended_by left join team on team.id = e.team_id`

/** As PostgreSQL writes it into JSON, made what the contract has. */
export type StoredEmergencyAccess = EmergencyAccess
export function presentedEmergencyAccess(stored: StoredEmergencyAccess): EmergencyAccess {
  const { grantedAt, until, endedAt } = stored
  return {
    ...stored,
    grantedAt: new Date(grantedAt).toISOString(),
    until: new Date(until).toISOString(),
    endedAt: endedAt === null ? null : new Date(endedAt).toISOString(),
  }
}

/** What somebody was granted or has granted in the last 30 days, what they have asked for, and for which teams they could. @throws Refusal `not-allowed` */
export async function listEmergencyAccess(
  office: Asking,
  kinds: ProposalKinds,
  viewer: Viewer,
): Promise<{ items: EmergencyAccess[]; requests: Proposal[]; teams: Team[] }> {
  requireMay(viewer, 'see-emergency-access')
  const { pool, now } = office
  const seesAll = may(viewer.role, 'read-dpo-notices')
  const { rows } = await pool.query<{ access: StoredEmergencyAccess }>(
    `select ${emergencyAccessSql} as access from emergency_access e ${emergencyAccessJoins}
     where ($3 or $2 in (e.account_id, e.granted_by)) and e.granted_at > $4 order by e.granted_at desc limit $5`,
    [now(), viewer.accountId, seesAll, new Date(now().getTime() - recentMs), maxListed],
  )
  const { items: proposals } = await listProposals(office, kinds, viewer)
  const { rows: teams } = await pool.query<Team>('select id, name from team order by name, id')
  return {
    items: rows.map(({ access }) => presentedEmergencyAccess(access)),
    requests: proposals.filter(({ kind, own }) => kind === 'emergency-access' && own),
    teams,
  }
}
