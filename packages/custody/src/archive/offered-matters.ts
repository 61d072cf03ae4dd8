import { type ArchiveValuation, Refusal } from '@buergerdraht/contract'
import { additionalData, beginningsOf } from '@buergerdraht/inbox'
import {
  asViewer,
  type Change,
  type OfficeContext,
  openJson,
  recordActOn,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import type { LocalDate } from '@buergerdraht/records'
import { readAgreement } from '../rules/agree-with-archive.ts'
import { type Described, describeMatters } from './describe-matters.ts'
import { lastDayFor } from './read-offers.ts'

type Client = Change['client']
type Row = {
  readonly id: string
  readonly number: number
  readonly proposal: ArchiveValuation
  readonly valuation: ArchiveValuation | null
  readonly basis: string | null
  readonly key_id: string
  readonly sealed: Buffer | null
}

/** A matter of an offer, with its file reference and what the filing plan calls that. */
export type OfferedMatter = Described &
  Pick<Row, 'number' | 'proposal' | 'valuation' | 'basis'> & {
    readonly reference: string | null
    readonly title: string
  }

/** What the filing plan in force calls the longest beginning of each reference that it knows. */
async function titlesOf(
  client: Client,
  references: readonly string[],
): Promise<(reference: string) => string> {
  const { rows } = await client.query<{ reference: string; title: string }>(
    `select lower(reference) as reference, title from filing_plan_entry
     where version = (select max(version) from filing_plan where approved_at is not null) and lower(reference) = any($1::text[])`,
    [[...new Set(references.flatMap(beginningsOf))].map((one) => one.toLowerCase())],
  )
  const titles = new Map(rows.map((row) => [row.reference, row.title]))
  return (reference) =>
    beginningsOf(reference).flatMap((beginning) => titles.get(beginning.toLowerCase()) ?? [])[0] ?? ''
}

async function mattersOf(
  { keys }: OfficeContext,
  client: Client,
  offerId: string,
): Promise<readonly OfferedMatter[]> {
  const { rows } = await client.query<Row>(
    `select c.id, i.number, i.proposal, i.valuation, i.basis, c.key_id, c.file_reference_sealed as sealed
     from archive_offer_item i join conversation c on c.id = i.conversation_id where i.offer_id = $1 and c.condemned_by is null order by i.number`,
    [offerId],
  )
  const found = await keys.getMany(rows.flatMap(({ sealed, key_id }) => (sealed === null ? [] : [key_id])))
  const references = new Map(
    rows.flatMap(({ id, key_id, sealed }) => {
      const key = found.get(key_id)
      return key === undefined || sealed === null
        ? []
        : [[id, openJson<string>(key, additionalData.fileReference(id), sealed)] as const]
    }),
  )
  const titleOf = await titlesOf(client, [...references.values()])
  const described = await describeMatters(
    client,
    rows.map(({ id }) => id),
  )
  const matters = new Map(described.map((one) => [one.id, one]))
  return rows.flatMap(({ id, number, proposal, valuation, basis }) => {
    const matter = matters.get(id)
    const reference = references.get(id) ?? null
    const title = reference === null ? '' : titleOf(reference)
    return matter === undefined ? [] : [{ ...matter, number, proposal, valuation, basis, reference, title }]
  })
}

type Offered = {
  readonly offeredAt: Date
  readonly until: LocalDate | null
  readonly matters: readonly OfferedMatter[]
}

/** The matters of an offer for somebody who writes them down for the archive, which is recorded. @throws Refusal `not-found` */
export async function readOffered(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  format: 'csv' | 'pdf' | 'xdomea',
): Promise<Offered> {
  return asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { rows } = await client.query<{ offered_at: Date }>(
        'select offered_at from archive_offer where id = $1',
        [id],
      )
      const [offer] = rows
      if (offer === undefined) throw new Refusal('not-found')
      await recordActOn(client, office.now(), viewer, {
        act: 'archive-list-written',
        object: { kind: 'archive-offer', id },
        facts: { format },
      })
      const agreement = await readAgreement(client)
      return {
        offeredAt: offer.offered_at,
        until: agreement === null ? null : lastDayFor(offer.offered_at, agreement),
        matters: await mattersOf(office, client, id),
      }
    }),
  )
}
