import { type ArchiveValuation, Refusal } from '@buergerdraht/contract'
import { additionalData, beginningsOf } from '@buergerdraht/inbox'
import {
  asInstant,
  asViewer,
  type Change,
  type OfficeContext,
  openJson,
  recordActOn,
  requireMay,
  type Viewer,
  withOwnRights,
} from '@buergerdraht/office'
import { catalogue, europeBerlin } from '@buergerdraht/records'
import { typeset } from '../protocol/typeset.ts'
import { readAgreement } from '../rules/agree-with-archive.ts'
import { type Described, describeMatters } from './describe-matters.ts'
import { offerListTemplate } from './offer-list-template.ts'
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

/** The columns of an offering list (as the Bavarian form has them), and what an answer is recognised by. */
const columns = {
  process: 'Prozess-ID',
  number: 'Nr.',
  group: 'Gruppe',
  reference: 'Aktenzeichen',
  title: 'Inhalt laut Aktenplan',
  from: 'Laufzeit von',
  to: 'Laufzeit bis',
  volume: 'Umfang',
  proposal: 'Vorschlag',
  valuation: 'Entscheidung',
  basis: 'Aktenzeichen der Entscheidung',
} as const
type Line = Readonly<Record<keyof typeof columns, string>>

/** A cell that a spreadsheet takes for a formula is made text (OWASP, CSV Injection); quotes are doubled (RFC 4180). */
function cell(value: string): string {
  return `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`
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

function volumeOf({ messages, files }: Described): string {
  const texts = messages === 1 ? '1 Nachricht' : `${messages} Nachrichten`
  if (files === 0) return texts
  return `${texts}, ${files === 1 ? '1 Datei' : `${files} Dateien`}`
}

async function linesOf({ keys }: OfficeContext, client: Client, offerId: string): Promise<readonly Line[]> {
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
  const matters = new Map(
    (
      await describeMatters(
        client,
        rows.map(({ id }) => id),
      )
    ).map((one) => [one.id, one]),
  )
  return rows.flatMap(({ id, number, proposal, valuation, basis }) => {
    const matter = matters.get(id)
    if (matter === undefined) return []
    const reference = references.get(id)
    return [
      {
        process: offerId,
        number: String(number),
        group: `${matter.team}: ${catalogue[matter.cluster].title.de} (${matter.cluster})`,
        reference: reference ?? '',
        title: reference === undefined ? 'ohne Aktenzeichen' : titleOf(reference),
        from: matter.from,
        to: matter.to,
        volume: volumeOf(matter),
        proposal,
        valuation: valuation ?? '',
        basis: basis ?? '',
      },
    ]
  })
}

/**
 * The offering list (Anbietungsliste) for the archive, with file references, which only whoever offers is shown; each time it is written it is
 * recorded. As CSV, which the archive fills in, or as PDF. @throws Refusal `not-allowed`, `not-found`
 */
export async function offerList(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  format: 'csv' | 'pdf',
): Promise<string | Uint8Array> {
  requireMay(viewer, 'offer-to-archive')
  const now = office.now()
  const { offeredAt, until, lines } = await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      const { rows } = await client.query<{ offered_at: Date }>(
        'select offered_at from archive_offer where id = $1',
        [id],
      )
      const [offer] = rows
      if (offer === undefined) throw new Refusal('not-found')
      await recordActOn(client, now, viewer, {
        act: 'archive-list-written',
        object: { kind: 'archive-offer', id },
        facts: { format },
      })
      const agreement = await readAgreement(client)
      return {
        offeredAt: offer.offered_at,
        until: agreement === null ? null : lastDayFor(offer.offered_at, agreement),
        lines: await linesOf(office, client, id),
      }
    }),
  )
  if (format === 'csv') {
    const names = Object.keys(columns) as (keyof Line)[]
    const rows = [columns, ...lines].map((line) => names.map((name) => cell(line[name])).join(';'))
    return `\uFEFF${rows.join('\r\n')}\r\n`
  }
  const made = europeBerlin.localDate(asInstant(now))
  const [year, month, day] = made.split('-').map(Number)
  const data = {
    id,
    made: { year, month, day, text: made },
    offered: europeBerlin.localDate(asInstant(offeredAt)),
    until: until ?? '',
    rows: lines,
  }
  return typeset({ template: offerListTemplate, data: JSON.stringify(data) })
}
