import { Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type OfficeContext,
  type ProposalKind,
  type ProposalKinds,
  propose,
  readRules,
  requireMay,
  type Viewer,
} from '@buergerdraht/office'
import { ruleReference } from '@buergerdraht/records'
import type { PoolClient } from 'pg'
import { type LedgerAct, placeAct } from '../ledger/acts.ts'
import { rolesOf } from '../ledger/ledger-role.ts'

type Client = Pick<PoolClient, 'query'>

/** The rules that nobody has signed yet, by their references. */
async function unsigned(client: Client): Promise<string[]> {
  const rules = await readRules(client)
  return rules.filter(({ approved }) => approved === null).map(ruleReference)
}

/** Proposes the product's own rules, as they stand, for the data-protection officer to sign. @throws Refusal `not-allowed`, `changed-meanwhile`, `proposal-open` */
export async function proposeSigning(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
): Promise<void> {
  requireMay(viewer, 'propose-rules')
  await asViewer(office, viewer, async (changing) => {
    const signed = await unsigned(changing.client)
    await propose(office, kinds, changing, viewer, 'sign-catalogue', { signed })
  })
}

/** The catalogue becomes the office's own: with the persons who have signed, each rule is in force as one that may delete. */
export function signingOfCatalogue(): ProposalKind<{ signed: string[] }> {
  return {
    object: () => null,
    concerns: () => null,
    facts: ({ signed }) => ({ rules: signed.length }),
    async basis({ client }, { signed }) {
      await client.query('select 1 from deletion_rule where approved_by is null for update')
      const now = await unsigned(client)
      if (now.length === 0 || now.join() !== signed.join()) throw new Refusal('changed-meanwhile')
      return `${now.length} unsigned`
    },
    async apply({ client }, { payload: { signed }, at, proposedBy, approvedBy, approverRole }) {
      const act: LedgerAct = {
        type: 'RULES_SIGNED',
        rules: signed,
        approvals: await rolesOf(client, proposedBy, approverRole),
      }
      await placeAct(client, act, [], at)
      await client.query(
        `update deletion_rule set approved_at = $1, proposed_by = (select person_id from account where id = $2),
           approved_by = (select person_id from account where id = $3) where approved_by is null`,
        [at, proposedBy, approvedBy],
      )
    },
  }
}
