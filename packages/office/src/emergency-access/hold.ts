import { type EmergencyRequest, may, type Proposal, Refusal } from '@buergerdraht/contract'
import { requireMay } from '../access/access.ts'
import type { Viewer } from '../access/viewer.ts'
import { withdrawProposal } from '../approvals/decide-proposal.ts'
import { readProposal } from '../approvals/list-proposals.ts'
import type { ProposalKinds } from '../approvals/proposal-kind.ts'
import { propose } from '../approvals/propose.ts'
import { type Actor, recordActOn } from '../audit/record-act.ts'
import { change } from '../database/publish.ts'
import { transaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import type { LiveSession } from '../sign-in/live-session.ts'

/** Asks for oneself. @throws Refusal `not-allowed`, `emergency-access-holds`, `invalid-input` */
export async function askForEmergencyAccess(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  request: EmergencyRequest,
): Promise<Proposal> {
  requireMay(viewer, 'ask-for-emergency-access')
  const payload = { ...request, accountId: viewer.accountId }
  const id = await change(office, (changing) =>
    propose(office, kinds, changing, viewer, 'emergency-access', payload),
  )
  return readProposal(office, kinds, viewer, id)
}

/**
 * From its next request on this session, and no other, has the rights of a clerk of the team. May be done again in another session while it
 * holds. @throws Refusal `not-found`, `emergency-access-over`
 */
export async function takeUpEmergencyAccess(
  { pool, now }: Pick<OfficeContext, 'pool' | 'now'>,
  { viewer, sessionId }: LiveSession,
  id: string,
): Promise<void> {
  requireMay(viewer, 'ask-for-emergency-access')
  await transaction(pool, async ({ client }) => {
    const { rows } = await client.query<{ team_id: string; holds: boolean }>(
      'select team_id, ended_at is null and until > $3 as holds from emergency_access where id = $1 and account_id = $2',
      [id, viewer.accountId, now()],
    )
    const [granted] = rows
    if (granted === undefined) throw new Refusal('not-found')
    if (!granted.holds) throw new Refusal('emergency-access-over')
    await client.query('update session set emergency_access_id = $2 where id = $1', [sessionId, id])
    await recordActOn(client, now(), viewer, {
      act: 'emergency-access-taken-up',
      object: { kind: 'account', id: viewer.accountId },
      facts: { team: granted.team_id, emergencyAccess: id },
    })
  })
}

type Holding = { readonly id: string; readonly account_id: string; readonly team_id: string }

async function end(
  client: Parameters<typeof recordActOn>[0],
  at: Date,
  by: Actor,
  { id, account_id, team_id }: Holding,
  reason: 'ended' | 'expired',
): Promise<void> {
  await client.query('update emergency_access set ended_at = $2, ended_by = $3 where id = $1', [
    id,
    at,
    by?.accountId ?? null,
  ])
  await recordActOn(client, at, by, {
    act: 'emergency-access-ended',
    object: { kind: 'account', id: account_id },
    facts: { team: team_id, reason, emergencyAccess: id },
  })
}

/**
 * Ends it for whoever holds it, has granted it, or watches over it: it holds for no request that comes later, and streams end within seconds. What
 * has only been asked for is taken back by whoever asked.
 * @throws Refusal `not-found`, `emergency-access-over`, `proposal-closed`
 */
export async function endEmergencyAccess(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  id: string,
): Promise<void> {
  requireMay(viewer, 'see-emergency-access')
  const found = await transaction(office.pool, async ({ client }) => {
    const { rows } = await client.query<Holding & { is_theirs: boolean; is_over: boolean }>(
      `select id, account_id, team_id, $2::uuid in (account_id, granted_by) as is_theirs,
         ended_at is not null or until <= $3 as is_over from emergency_access where id = $1 for update`,
      [id, viewer.accountId, office.now()],
    )
    const [row] = rows
    if (row === undefined) return false
    if (row.is_theirs !== true && !may(viewer.role, 'read-dpo-notices')) throw new Refusal('not-found')
    if (row.is_over) throw new Refusal('emergency-access-over')
    await end(client, office.now(), viewer, row, 'ended')
    return true
  })
  if (!found) await withdrawProposal(office, kinds, viewer, id)
}

/** The same for whatever an account holds, at the command line. @throws Refusal `emergency-access-over` where it holds none */
export async function endEmergencyAccessOf(
  { pool, now }: Pick<OfficeContext, 'pool' | 'now'>,
  accountId: string,
): Promise<void> {
  await transaction(pool, async ({ client }) => {
    const { rows } = await client.query<Holding>(
      'select id, account_id, team_id from emergency_access where account_id = $1 and ended_at is null and until > $2 for update',
      [accountId, now()],
    )
    if (rows.length === 0) throw new Refusal('emergency-access-over')
    for (const row of rows) await end(client, now(), null, row, 'ended')
  })
}

/** As long as the entries of the log that tell of them. */
const keptMs = 90 * 24 * 60 * 60 * 1000

/** Notes the end of those whose time is over, and deletes what is long over; returns how many. */
export async function expireEmergencyAccess({
  pool,
  now,
}: Pick<OfficeContext, 'pool' | 'now'>): Promise<number> {
  return transaction(pool, async ({ client }) => {
    const { rows } = await client.query<Holding>(
      'select id, account_id, team_id from emergency_access where ended_at is null and until <= $1 for update skip locked',
      [now()],
    )
    for (const row of rows) await end(client, now(), null, row, 'expired')
    const { rowCount } = await client.query('delete from emergency_access where granted_at <= $1', [
      new Date(now().getTime() - keptMs),
    ])
    return rows.length + (rowCount ?? 0)
  })
}
