import { type ProposalPayload, Refusal, type Restore } from '@buergerdraht/contract'
import {
  approveProposalOf,
  asViewer,
  type OfficeContext,
  type ProposalKind,
  type ProposalKinds,
  propose,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import type { PoolClient } from 'pg'

type Client = Pick<PoolClient, 'query'>

export type RestoreRow = {
  readonly id: string
  readonly from_seq: number
  readonly to_seq: number
  readonly backup_on: string
  readonly begun_at: Date
  readonly replayed_at: Date | null
  readonly holds: number
  readonly restrictions: number
  readonly anew: number
  readonly proposed_role: string | null
  readonly approved_role: string | null
  readonly released_at: Date | null
}

/** The restore for which nobody is let in. Null: there is none. */
export async function openRestore(client: Client): Promise<RestoreRow | null> {
  const { rows } = await client.query<RestoreRow>(
    `select id, from_seq, to_seq, to_char(backup_on, 'YYYY-MM-DD') as backup_on, begun_at, replayed_at, holds, restrictions, anew, proposed_role, approved_role,
       released_at from restore where entered_in is null`,
  )
  return rows[0] ?? null
}

/** How far an office is whose database was restored. @throws Refusal `not-allowed` */
export async function readRestore(office: OfficeContext, viewer: Viewer): Promise<Restore | null> {
  requireMay(viewer, 'watch-retention')
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const row = await openRestore(client)
      if (row === null) return null
      const { rows } = await client.query<{ destroyed: number; proposed: boolean }>(
        `select (select destroyed from deletion_run where id = $1) as destroyed,
           exists (select from proposal where kind = 'release-restore' and state = 'open' and expires_at > $2) as proposed`,
        [row.id, office.now()],
      )
      return {
        id: row.id,
        state: row.released_at !== null ? 'released' : row.replayed_at !== null ? 'replayed' : 'replaying',
        backupOn: row.backup_on,
        begunAt: row.begun_at.toISOString(),
        replayedAt: row.replayed_at?.toISOString() ?? null,
        entries: row.to_seq - row.from_seq,
        destroyed: rows[0]?.destroyed ?? 0,
        holds: row.holds,
        restrictions: row.restrictions,
        anew: row.anew,
        proposed: rows[0]?.proposed ?? false,
      }
    }),
  )
}

/** @throws Refusal `not-allowed`, `not-found`, `changed-meanwhile` while it is not carried out, `proposal-open` */
export async function proposeRelease(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
): Promise<void> {
  requireMay(viewer, 'release-restore')
  await asViewer(office, viewer, async (changing) => {
    const row = await withOwnRights(changing, () => openRestore(changing.client))
    if (row === null) throw new Refusal('not-found')
    await propose(office, kinds, changing, viewer, 'release-restore', { restoreId: row.id })
  })
}

/** The second person. @throws Refusal as `approveProposal` */
export async function approveRelease(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
): Promise<void> {
  const row = await openRestore(office.pool)
  if (row === null) throw new Refusal('not-found')
  await approveProposalOf(office, kinds, viewer, 'release-restore', row.id)
}

/** Two persons let people in again. The worker says so in the ledger, and then everybody is. */
export function releasingOfRestores(): ProposalKind<ProposalPayload<'release-restore'>> {
  return {
    object: ({ restoreId }) => ({ kind: 'deletion-run', id: restoreId }),
    concerns: () => null,
    facts: () => ({}),
    async basis({ client }, { restoreId }) {
      const { rows } = await client.query<Pick<RestoreRow, 'replayed_at' | 'released_at'>>(
        'select replayed_at, released_at from restore where id = $1 for update',
        [restoreId],
      )
      const [row] = rows
      if (row === undefined || row.replayed_at === null || row.released_at !== null)
        throw new Refusal('changed-meanwhile')
      return 'replayed'
    },
    async apply({ client }, { payload: { restoreId }, at, proposedBy, approverRole }) {
      await client.query(
        `update restore set released_at = $2, approved_role = $3, proposed_role = (select role::text from account where id = $4) where id = $1`,
        [restoreId, at, approverRole, proposedBy],
      )
    },
  }
}

/**
 * The same by two operators at the command line, where nobody is left who could sign in.
 * @returns false: nothing waits to be released
 */
export async function releaseByOperators({
  pool,
  now,
}: Pick<OfficeContext, 'pool' | 'now'>): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update restore set released_at = $1, proposed_role = 'admin', approved_role = 'admin'
     where entered_in is null and replayed_at is not null and released_at is null`,
    [now()],
  )
  return rowCount === 1
}
