import { type BrokenLedgerFound, type ProposalPayload, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type OfficeContext,
  type ProposalKind,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { decidedWhileClosed } from '../restore/decided-while-closed.ts'
import { openBrokenLedger } from './broken-ledger.ts'

/** The ledger that two persons may give up, by what is known of it. Null: none is broken. @throws Refusal `not-allowed` */
export async function readBrokenLedger(
  office: OfficeContext,
  viewer: Viewer,
): Promise<BrokenLedgerFound | null> {
  requireMay(viewer, 'watch-retention')
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const broken = await openBrokenLedger(client)
      if (broken === null) return null
      const { rows } = await client.query<{ proposed: boolean }>(
        `select exists (select from proposal where kind = 'give-up-ledger' and state = 'open' and object_id = $1 and expires_at > $2) as proposed`,
        [broken.id, office.now()],
      )
      return {
        origin: broken.origin,
        size: broken.size,
        root: broken.root.toString('base64'),
        fault: broken.fault,
        findings: [...broken.findings],
        provenSize: broken.proven_size,
        provenAt: broken.proven_at?.toISOString() ?? null,
        foundAt: broken.found_at.toISOString(),
        proposed: rows[0]?.proposed ?? false,
        decided: broken.decided_at !== null,
      }
    }),
  )
}

/** Giving it up; refused with `changed-meanwhile` when it is decided. */
export const ledgerGivingUp = decidedWhileClosed('give-up-ledger', openBrokenLedger, (brokenId) => ({
  brokenId,
}))

/** Two persons give the ledger up. The worker sets aside what is left of it and begins another; then people are let in. */
export function givingUpOfLedgers(): ProposalKind<ProposalPayload<'give-up-ledger'>> {
  return {
    object: ({ brokenId }) => ({ kind: 'broken-ledger', id: brokenId }),
    concerns: () => null,
    facts: () => ({}),
    async basis({ client }, { brokenId }) {
      const { rows } = await client.query<{ fault: string; decided_at: Date | null }>(
        'select fault, decided_at from broken_ledger where id = $1 and followed_at is null for update',
        [brokenId],
      )
      const [row] = rows
      if (row === undefined || row.decided_at !== null) throw new Refusal('changed-meanwhile')
      return row.fault
    },
    async apply({ client }, { payload: { brokenId }, at, proposedBy, approvedBy, approverRole }) {
      await client.query(
        `update broken_ledger set decided_at = $2, proposed_by = $3, proposed_role = (select role::text from account where id = $3),
           approved_by = $4, approved_role = $5 where id = $1`,
        [brokenId, at, proposedBy, approvedBy, approverRole],
      )
    },
  }
}
