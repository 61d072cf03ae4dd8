import { type ProposalPayload, Refusal } from '@buergerdraht/contract'
import {
  approveProposalOf,
  asViewer,
  type OfficeContext,
  type ProposalKinds,
  propose,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import type { PoolClient } from 'pg'

type Client = Pick<PoolClient, 'query'>

/**
 * What two persons decide about while the office is closed. There is one at most, so it is looked for and never named.
 * @param open finds it; null: there is none
 */
export function decidedWhileClosed<K extends 'release-restore' | 'give-up-ledger'>(
  kind: K,
  open: (client: Client) => Promise<{ readonly id: string } | null>,
  payloadOf: (id: string) => ProposalPayload<K>,
) {
  return {
    /** @throws Refusal `not-allowed`, `not-found` where there is none, `proposal-open`, and what the kind refuses */
    async propose(office: OfficeContext, kinds: ProposalKinds, viewer: Viewer): Promise<void> {
      requireMay(viewer, 'release-restore')
      await asViewer(office, viewer, async (changing) => {
        const found = await withOwnRights(changing, () => open(changing.client))
        if (found === null) throw new Refusal('not-found')
        await propose(office, kinds, changing, viewer, kind, payloadOf(found.id))
      })
    },

    /** The second person. @throws Refusal `not-found` where there is none, and as `approveProposalOf` */
    async approve(office: OfficeContext, kinds: ProposalKinds, viewer: Viewer): Promise<void> {
      const found = await open(office.pool)
      if (found === null) throw new Refusal('not-found')
      await approveProposalOf(office, kinds, viewer, kind, found.id)
    },
  }
}
