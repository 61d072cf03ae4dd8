import { type ProposalPayload, Refusal, type WithdrawalReason } from '@buergerdraht/contract'
import {
  asInstant,
  asViewer,
  type Change,
  type OfficeContext,
  type ProposalKind,
  type ProposalKinds,
  propose,
  recordActOn,
  requireMay,
  type Viewer,
  waitForLock,
  withOwnRights,
} from '@buergerdraht/office'
import { type ClusterCode, europeBerlin } from '@buergerdraht/records'
import { auditWord } from '../audit-word.ts'
import { placeAct } from '../ledger/acts.ts'
import { rolesOf } from '../ledger/ledger-role.ts'
import { idsByCluster, readOffer } from './offer.ts'
import { csvOf } from './offer-list.ts'
import { takeBack } from './take-back.ts'

type Client = Change['client']
type Item = { readonly id: string; readonly cluster: ClusterCode; readonly number: number }

/** What of an offer can be withdrawn: the archive has said nothing of it, and no run has condemned it. */
async function openItems(client: Client, offerId: string, locking: 'for update' | '' = ''): Promise<Item[]> {
  const { rows } = await client.query<Item>(
    `select c.id, c.cluster, i.number from archive_offer_item i join conversation c on c.id = i.conversation_id
     where i.offer_id = $1 and i.valuation is null and c.condemned_by is null order by i.number ${locking}`,
    [offerId],
  )
  return rows
}

/**
 * Proposes that an offer is withdrawn, as far as the archive has decided nothing of it.
 * @throws Refusal `not-allowed`, `not-found`, `nothing-to-withdraw`, `proposal-open`
 */
export async function proposeWithdrawal(
  office: OfficeContext,
  kinds: ProposalKinds,
  viewer: Viewer,
  offerId: string,
  reason: WithdrawalReason,
): Promise<void> {
  requireMay(viewer, 'offer-to-archive')
  await asViewer(office, viewer, async (changing) => {
    const { client } = changing
    const matters = await withOwnRights(changing, async () => {
      await readOffer(client, office.now(), offerId)
      return (await openItems(client, offerId)).length
    })
    await propose(office, kinds, changing, viewer, 'withdraw-offer', { offerId, reason, matters })
  })
}

/**
 * With the approval what the archive has not decided about is as if it had not been offered: who may see it sees it again, and it can be offered anew. What
 * the archive is told is `withdrawalList`.
 */
export function withdrawingOfOffers(): ProposalKind<ProposalPayload<'withdraw-offer'>> {
  return {
    object: ({ offerId }) => ({ kind: 'archive-offer', id: offerId }),
    concerns: () => null,
    facts: ({ reason, matters }) => ({ reason: auditWord(reason), matters }),
    async basis({ client }, { offerId }) {
      // As whoever decides: nobody condemns meanwhile what silence has released.
      await waitForLock(client, 'holding')
      const items = await openItems(client, offerId, 'for update')
      if (items.length === 0) throw new Refusal('nothing-to-withdraw')
      return `${items.length} from ${items[0]?.number} to ${items.at(-1)?.number}`
    },
    async apply({ client }, { payload: { offerId, reason }, at, proposedBy, approverRole }) {
      const items = await openItems(client, offerId, 'for update')
      const approvals = await rolesOf(client, proposedBy, approverRole)
      for (const [cluster, ids] of idsByCluster(items))
        await placeAct(
          client,
          { type: 'ARCHIVE_WITHDRAWAL', cluster, reason, objects: { conversations: ids.length }, approvals },
          ids,
          at,
        )
      await takeBack(
        client,
        items.map(({ id }) => id),
        reason,
        at,
      )
    },
  }
}

const columns = ['Prozess-ID', 'Angeboten am', 'Nr.', 'Zurückgezogen am', 'Grund'] as const
const reasonWords: Readonly<Record<WithdrawalReason, string>> = {
  BY_MISTAKE: 'irrtümlich angeboten',
  STILL_NEEDED: 'wird noch gebraucht',
  WRONG_LIST: 'die Liste war falsch',
}

/**
 * What of an offer is withdrawn, a line for each number of the list, for the archive, which knows the list by its process id; without file references. That
 * it was written is recorded. @throws Refusal `not-allowed`, `not-found` also where nothing of it is
 */
export async function withdrawalList(office: OfficeContext, viewer: Viewer, id: string): Promise<string> {
  requireMay(viewer, 'offer-to-archive')
  const now = office.now()
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { offeredAt, withdrawn } = await readOffer(client, now, id)
      if (withdrawn === null) throw new Refusal('not-found')
      await recordActOn(client, now, viewer, {
        act: 'archive-list-written',
        object: { kind: 'archive-offer', id },
        facts: { format: 'withdrawal' },
      })
      const [offered, at] = [offeredAt, withdrawn.at].map((moment) =>
        europeBerlin.localDate(asInstant(new Date(moment))),
      )
      return csvOf([
        [...columns],
        ...withdrawn.numbers.map((number) => [
          id,
          offered ?? '',
          String(number),
          at ?? '',
          reasonWords[withdrawn.reason],
        ]),
      ])
    }),
  )
}
