import {
  type ArchiveOffer,
  type ArchiveValuation,
  maxOffered,
  type OfferTransfer,
  Refusal,
} from '@buergerdraht/contract'
import {
  asViewer,
  type Change,
  newId,
  type OfficeContext,
  recordActOn,
  requireMay,
  type Viewer,
  waitForLock,
  withOwnRights,
} from '@buergerdraht/office'
import { type ClusterCode, catalogue } from '@buergerdraht/records'
import { placeAct } from '../ledger/acts.ts'
import { readAgreement } from '../rules/agree-with-archive.ts'
import type { Item } from '../runs/condemn.ts'
import { decideByLaw } from '../runs/decide-by-law.ts'
import { patiently } from '../runs/patiently.ts'
import { describeMatters, groupsOf } from './describe-matters.ts'
import { lastDayFor, offersSql, presentedOffer, type StoredOffer } from './read-offers.ts'

type Client = Change['client']

/** Asked about at once, so that the list of what is to be offered costs little. */
const maxAsked = 5000

/** Which matters of each kind of data. */
export function idsByCluster(
  matters: readonly { readonly id: string; readonly cluster: ClusterCode }[],
): ReadonlyMap<ClusterCode, readonly string[]> {
  const ids = new Map<ClusterCode, string[]>()
  for (const { id, cluster } of matters) ids.set(cluster, [...(ids.get(cluster) ?? []), id])
  return ids
}

type Stretch = {
  readonly cluster: ClusterCode
  readonly firstNumber: number
  readonly ids: readonly string[]
}

/** A list in stretches of one kind of data each, so that the ledger can say which matter has which number in it. */
function stretchesOf(
  matters: readonly { readonly id: string; readonly cluster: ClusterCode }[],
): readonly Stretch[] {
  const stretches: Stretch[] = []
  for (const [at, { id, cluster }] of matters.entries()) {
    const last = stretches.at(-1)
    if (last?.cluster === cluster) stretches[stretches.length - 1] = { ...last, ids: [...last.ids, id] }
    else stretches.push({ cluster, firstNumber: at + 1, ids: [id] })
  }
  return stretches
}

/** What is due, what is of a person whose erasure was granted, and what of a matter was granted alone. */
const askedSql = `with granted as materialized (select contact_id, chosen_at, chosen_messages, chosen_files from data_subject_request
    where kind = 'ERASURE' and outcome = 'GRANTED'),
  part(kind, id, matter) as (
    select 'message', m.id, m.conversation_id from message m where m.id in (select unnest(chosen_messages) from granted)
    union all select 'attachment', a.id, a.conversation_id from attachment a where a.id in (select unnest(chosen_files) from granted))
  select n.kind, n.id, c.id as matter from conversation c cross join lateral (
      select 'conversation' as kind, c.id where c.due_at <= $1 or c.contact_id in (select contact_id from granted where chosen_at is null)
      union all select p.kind, p.id from part p where p.matter = c.id) n
    where c.condemned_by is null and not exists (select from archive_offer_item i where i.conversation_id = c.id)
    order by c.due_at, c.id limit ${maxAsked}`

/** Matters that must be offered before something of them may go, as the law says. */
async function toOffer(client: Client, now: Date): Promise<string[]> {
  const { rows } = await client.query<Item & { matter: string }>(askedSql, [now])
  const items = rows.map(({ kind, id }) => ({ kind, id }))
  const fates = await decideByLaw(client, items, now, 'as-planned-now')
  const matters = fates.flatMap((fate, at) =>
    'fallenOut' in fate && fate.fallenOut === 'NOT_OFFERED' ? (rows[at]?.matter ?? []) : [],
  )
  return [...new Set(matters)]
}

async function offersBy(client: Client, now: Date, where = '', values: readonly unknown[] = []) {
  const agreement = await readAgreement(client)
  const { rows } = await client.query<StoredOffer>(
    `${offersSql} ${where} group by o.id order by o.offered_at desc, o.id limit 100`,
    [...values],
  )
  return rows.map((row) => presentedOffer(row, agreement, now))
}

export async function readOffer(client: Client, now: Date, id: string): Promise<ArchiveOffer> {
  const [offer] = await offersBy(client, now, 'where o.id = $1', [id])
  if (offer === undefined) throw new Refusal('not-found')
  return offer
}

/** What is to be offered, in groups, and the newest hundred offers. No content. @throws Refusal `not-allowed` */
export async function listArchiveOffers(office: OfficeContext, viewer: Viewer) {
  requireMay(viewer, 'watch-retention')
  const now = office.now()
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      return {
        toOffer: groupsOf(await describeMatters(client, await toOffer(client, now))),
        offers: await offersBy(client, now),
      }
    }),
  )
}

const itemsSql = `select i.conversation_id as id, i.number, i.proposal, i.valuation, i.basis,
    case when i.valuation = 'A' and i.transfer <> 'CONFIRMED' and (p.id is null or exists (select from archive_task t where t.conversation_id = i.conversation_id))
      then 'UNSEALED' else i.transfer end as transfer,
    case when i.valuation = 'A' then p.id end as "packageId"
  from archive_offer_item i left join lateral (select p.id from archive_package p where p.conversation_id = i.conversation_id order by p.number desc limit 1) p on true
  where i.offer_id = $1 order by i.number`

/** One offer with its matters. @throws Refusal `not-allowed`, `not-found` */
export async function readArchiveOffer(office: OfficeContext, viewer: Viewer, id: string) {
  requireMay(viewer, 'watch-retention')
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const offer = await readOffer(client, office.now(), id)
      const { rows } = await client.query<{
        id: string
        number: number
        proposal: ArchiveValuation
        valuation: ArchiveValuation | null
        basis: string | null
        transfer: OfferTransfer | null
        packageId: string | null
      }>(itemsSql, [id])
      const matters = new Map(
        (
          await describeMatters(
            client,
            rows.map((row) => row.id),
          )
        ).map((one) => [one.id, one]),
      )
      const { rowCount: proposed } = await client.query(
        `select from proposal where kind = 'withdraw-offer' and object_id = $1 and state = 'open' and expires_at > $2`,
        [id, office.now()],
      )
      return {
        ...offer,
        withdrawalProposed: proposed !== 0,
        items: rows.flatMap(({ id: of, ...item }) => {
          const matter = matters.get(of)
          return matter === undefined ? [] : [{ ...matter, ...item }]
        }),
      }
    }),
  )
}

/** Where no file is touched, there is little to keep; of the rest the archive is asked to form an opinion. */
function proposalOf(cluster: ClusterCode): ArchiveValuation {
  return catalogue[cluster].code === 'DA01' ? 'V' : 'B'
}

/**
 * Offers what is due to the archive (Anbietung), two thousand matters at most. With the commit nobody is shown them, and nothing deletes them
 * before the archive has decided, or been silent where that releases: the law is asked each time.
 * @throws Refusal `not-allowed`, `nothing-to-offer`, `no-archive-agreement`
 */
export async function offerToArchive(
  office: OfficeContext,
  viewer: Viewer,
  proposals: Readonly<Record<string, ArchiveValuation>>,
): Promise<ArchiveOffer> {
  requireMay(viewer, 'offer-to-archive')
  const now = office.now()
  return patiently(() =>
    asViewer(office, viewer, (changing) =>
      withOwnRights(changing, async () => {
        const { client } = changing
        // Whoever condemns shares it: what is offered here is not condemned meanwhile, and two who offer wait for each other.
        await waitForLock(client, 'holding')
        const agreement = await readAgreement(client)
        if (agreement === null) throw new Refusal('no-archive-agreement')
        const due = (await toOffer(client, now)).slice(0, maxOffered)
        if (due.length === 0) throw new Refusal('nothing-to-offer')
        const matters = await describeMatters(client, due)
        const id = newId(now)
        await client.query(
          'insert into archive_offer (id, offered_at, offered_by, offered_role, offered) values ($1, $2, $3, $4, $5)',
          [id, now, viewer.accountId, viewer.role, matters.length],
        )
        await client.query(
          `insert into archive_offer_item (conversation_id, offer_id, number, proposal)
           select n.id, $1, n.number, n.proposal from unnest($2::uuid[], $3::int[], $4::text[]) as n(id, number, proposal)`,
          [
            id,
            matters.map((one) => one.id),
            matters.map((_, at) => at + 1),
            matters.map(({ cluster }) => proposals[cluster] ?? proposalOf(cluster)),
          ],
        )
        for (const { cluster, firstNumber, ids } of stretchesOf(matters))
          await placeAct(
            client,
            {
              type: 'ARCHIVE_OFFER',
              cluster,
              land: agreement.land,
              objects: { conversations: ids.length },
              answerUntil: lastDayFor(now, agreement),
              firstNumber,
              proposal: proposals[cluster] ?? proposalOf(cluster),
            },
            ids,
            now,
          )
        await recordActOn(client, now, viewer, {
          act: 'archive-offered',
          object: { kind: 'archive-offer', id },
          facts: { matters: matters.length },
        })
        return readOffer(client, now, id)
      }),
    ),
  )
}
