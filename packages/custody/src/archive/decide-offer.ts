import { type ArchiveOffer, type OfferDecision, Refusal } from '@buergerdraht/contract'
import {
  asViewer,
  type OfficeContext,
  recordActOn,
  requireMay,
  type Viewer,
  waitForLock,
  withOwnRights,
} from '@buergerdraht/office'
import type { ClusterCode } from '@buergerdraht/records'
import { placeAct } from '../ledger/acts.ts'
import { patiently } from '../runs/patiently.ts'
import { idsByCluster, readOffer } from './offer.ts'

type Item = {
  readonly id: string
  readonly cluster: ClusterCode
  readonly number: number
  readonly valuation: string | null
}

/** Which matters of the offer are meant. @throws Refusal `invalid-input` for one that it does not have, or not any more, `archive-wants-it` */
function meant({ numbers, valuation }: OfferDecision, items: readonly Item[], at: number): number[] {
  if (numbers === 'undecided')
    return items.flatMap((item) => (item.valuation === null || item.valuation === 'B' ? item.number : []))
  const known = new Map(items.map((item) => [item.number, item]))
  return numbers.map((number) => {
    const item = known.get(number)
    if (item === undefined)
      throw new Refusal('invalid-input', [{ path: `decisions.${at}.numbers`, fault: 'not-possible' }])
    if (item.valuation === 'A' && valuation !== 'A') throw new Refusal('archive-wants-it')
    return number
  })
}

/**
 * Puts down what the archive has decided. With the commit it counts for every run that is planned or carried out: V releases, A keeps until it is
 * handed over and is final, B goes on waiting for a value. One person enters it; what it releases goes by a run that a second one approves.
 * @throws Refusal `not-allowed`, `not-found`, `invalid-input`, `archive-wants-it`
 */
export async function decideOffer(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  decisions: readonly OfferDecision[],
): Promise<ArchiveOffer> {
  requireMay(viewer, 'offer-to-archive')
  const now = office.now()
  return patiently(() =>
    asViewer(office, viewer, (changing) =>
      withOwnRights(changing, async () => {
        const { client } = changing
        // As whoever sets a hold: what the archive wants from here on, nobody condemns.
        await waitForLock(client, 'holding')
        await readOffer(client, now, id)
        const counts = { a: 0, b: 0, v: 0 }
        for (const [at, decision] of decisions.entries()) {
          const { valuation, basis } = decision
          // Anew for each: one decision of the list may speak of what an earlier one has left.
          const { rows } = await client.query<Item>(
            `select c.id, c.cluster, i.number, i.valuation from archive_offer_item i join conversation c on c.id = i.conversation_id
             where i.offer_id = $1 and c.condemned_by is null order by i.number`,
            [id],
          )
          const numbers = meant(decision, rows, at)
          await client.query(
            `update archive_offer_item set valuation = $3, basis = $4, decided_by = $5, decided_at = $6, transfer = case when $3 = 'A' then coalesce(transfer, 'OPEN') end
             where offer_id = $1 and number = any($2::int[])`,
            [id, numbers, valuation, basis, viewer.accountId, now],
          )
          const meantNow = rows.filter(({ number }) => numbers.includes(number))
          for (const [cluster, ids] of idsByCluster(meantNow))
            await placeAct(
              client,
              {
                type: 'ARCHIVE_DECISION',
                cluster,
                decision: valuation,
                basis,
                objects: { conversations: ids.length },
              },
              ids,
              now,
            )
          counts[valuation === 'A' ? 'a' : valuation === 'B' ? 'b' : 'v'] += numbers.length
        }
        await recordActOn(client, now, viewer, {
          act: 'archive-decided',
          object: { kind: 'archive-offer', id },
          facts: counts,
        })
        return readOffer(client, now, id)
      }),
    ),
  )
}
