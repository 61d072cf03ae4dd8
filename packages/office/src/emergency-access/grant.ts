import { randomUUID } from 'node:crypto'
import {
  type EmergencyReason,
  maxEmergencyMinutes,
  type ProposalPayload,
  Refusal,
} from '@buergerdraht/contract'
import type { ProposalKind } from '../approvals/proposal-kind.ts'
import { type Actor, recordActOn } from '../audit/record-act.ts'
import type { Change } from '../database/publish.ts'
import { tellDpo } from '../dpo-notices/dpo-notices.ts'

type Client = Pick<Change['client'], 'query'>

type Grant = {
  readonly accountId: string
  readonly teamId: string
  readonly reason: EmergencyReason
  readonly minutes: number
  /** The second person; null: two operators at the command line. */
  readonly grantedBy: Actor
  /** Two names, where there is no second person; none otherwise. */
  readonly operators: readonly string[]
  readonly at: Date
}

/**
 * The state that an emergency access is granted for, locked: the account can sign in, is not in the team, and holds none.
 * @throws Refusal `not-found`, `emergency-access-holds`, `invalid-input` for the team
 */
export async function emergencyBasis(
  client: Client,
  { accountId, teamId }: Pick<Grant, 'accountId' | 'teamId'>,
  at: Date,
): Promise<string> {
  const { rows } = await client.query<{
    role: string
    disabled: boolean
    is_member: boolean
    holds: boolean
  }>(
    `select a.role::text as role, a.disabled_at is not null as disabled,
       exists (select 1 from team_member m where m.account_id = a.id and m.team_id = $2) as is_member,
       exists (select 1 from emergency_access e where e.account_id = a.id and e.ended_at is null and e.until > $3) as holds
     from account a where a.id = $1 for update of a`,
    [accountId, teamId, at],
  )
  const [account] = rows
  if (account === undefined || account.disabled) throw new Refusal('not-found')
  if (account.holds) throw new Refusal('emergency-access-holds')
  const { rowCount } = await client.query('select 1 from team where id = $1 for share', [teamId])
  const reads = account.is_member && (account.role === 'clerk' || account.role === 'team-lead')
  if (rowCount === 0 || reads) throw new Refusal('invalid-input', [{ path: 'teamId', fault: 'no-such-team' }])
  return `${account.role} ${teamId}`
}

/** Grants it from this moment on, records it and tells the data-protection officer, in the transaction that the connection is in. Returns its id. */
export async function grantEmergencyAccess(client: Client, grant: Grant): Promise<string> {
  const { accountId, teamId, reason, minutes, grantedBy, operators, at } = grant
  if (minutes > maxEmergencyMinutes) throw new Error('An emergency access holds for an hour at most.')
  const id = randomUUID()
  await client.query(
    `insert into emergency_access (id, account_id, team_id, reason, granted_by, operators, granted_at, until)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      accountId,
      teamId,
      reason,
      grantedBy?.accountId ?? null,
      operators,
      at,
      new Date(at.getTime() + minutes * 60_000),
    ],
  )
  await recordActOn(client, at, grantedBy, {
    act: 'emergency-access-granted',
    object: { kind: 'account', id: accountId },
    facts: { team: teamId, reason, minutes, emergencyAccess: id, commandLine: grantedBy === null },
  })
  const decidedBy = grantedBy?.accountId ?? null
  await tellDpo(client, {
    kind: 'emergency-access',
    objectId: id,
    proposedBy: decidedBy === null ? null : accountId,
    decidedBy,
    at,
  })
  return id
}

/** Asked for by whoever needs it, for themselves. It holds from the moment at which the second person approves. */
export function grantingOfEmergencyAccess(
  now: () => Date,
): ProposalKind<ProposalPayload<'emergency-access'>> {
  return {
    object: ({ accountId }) => ({ kind: 'account', id: accountId }),
    concerns: ({ accountId }) => accountId,
    facts: ({ teamId, reason, minutes }) => ({ team: teamId, reason, minutes }),
    basis: ({ client }, payload) => emergencyBasis(client, payload, now()),
    async apply({ client }, { payload, approvedBy, approverRole, at }) {
      const grantedBy = { accountId: approvedBy, role: approverRole }
      await grantEmergencyAccess(client, { ...payload, grantedBy, operators: [], at })
    },
  }
}
