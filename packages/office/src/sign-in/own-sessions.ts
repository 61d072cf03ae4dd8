import { type OwnSession, Refusal } from '@buergerdraht/contract'
import { recordActOn } from '../audit/record-act.ts'
import { transaction } from '../database/transaction.ts'
import type { OfficeContext } from '../office-context.ts'
import type { LiveSession, SessionRules } from './live-session.ts'

type Asking = Pick<OfficeContext, 'pool' | 'now'>

const minuteMs = 60_000

/** Where somebody is signed in: this session first, then the one used last. */
export async function listOwnSessions(
  { pool, now }: Asking,
  rules: SessionRules,
  { viewer, sessionId }: LiveSession,
): Promise<OwnSession[]> {
  const { rows } = await pool.query<{
    id: string
    device: string
    network: string
    created_at: Date
    used_at: Date
  }>(
    `select id, device, network, created_at, used_at from session
     where account_id = $1 and expires_at > $2 and used_at > $3 order by id <> $4, used_at desc, id`,
    [viewer.accountId, now(), new Date(now().getTime() - rules.idleMinutes * minuteMs), sessionId],
  )
  return rows.map((row) => ({
    id: row.id,
    current: row.id === sessionId,
    device: row.device || null,
    network: row.network || null,
    since: row.created_at.toISOString(),
    usedAt: row.used_at.toISOString(),
  }))
}

/** One's other sessions are void when this resolves; their streams end within seconds. */
export async function endOtherSessions(
  { pool, now }: Asking,
  { viewer, sessionId }: LiveSession,
): Promise<void> {
  await transaction(pool, async ({ client }) => {
    const { rowCount } = await client.query('delete from session where account_id = $1 and id <> $2', [
      viewer.accountId,
      sessionId,
    ])
    if (rowCount === 0) return
    await recordActOn(client, now(), viewer, { act: 'sessions-ended', facts: { sessions: rowCount ?? 0 } })
  })
}

/** The same for one of them. @throws Refusal `not-found`, also for the one that asks: it is ended by signing out */
export async function endOwnSession(
  { pool, now }: Asking,
  { viewer, sessionId }: LiveSession,
  id: string,
): Promise<void> {
  await transaction(pool, async ({ client }) => {
    const { rowCount } = await client.query(
      'delete from session where id = $1 and account_id = $2 and id <> $3',
      [id, viewer.accountId, sessionId],
    )
    if (rowCount === 0) throw new Refusal('not-found')
    await recordActOn(client, now(), viewer, { act: 'sessions-ended', facts: { sessions: 1 } })
  })
}
