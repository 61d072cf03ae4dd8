import type { OfficeContext, Viewer } from '@buergerdraht/office'
import { asInstant, requireMay } from '@buergerdraht/office'
import { catalogue, europeBerlin } from '@buergerdraht/records'
import { typeset } from '../protocol/typeset.ts'
import type { Described } from './describe-matters.ts'
import { offerListTemplate } from './offer-list-template.ts'
import { type OfferedMatter, readOffered } from './offered-matters.ts'

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

/** As a spreadsheet of a German office opens it. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`
}

function volumeOf({ messages, files }: Described): string {
  const texts = messages === 1 ? '1 Nachricht' : `${messages} Nachrichten`
  if (files === 0) return texts
  return `${texts}, ${files === 1 ? '1 Datei' : `${files} Dateien`}`
}

function lineOf(offerId: string, matter: OfferedMatter): Line {
  const { number, team, cluster, reference, title, proposal, valuation, basis } = matter
  return {
    process: offerId,
    number: String(number),
    group: `${team}: ${catalogue[cluster].title.de} (${cluster})`,
    reference: reference ?? '',
    title: reference === null ? 'ohne Aktenzeichen' : title,
    from: matter.from,
    to: matter.to,
    volume: volumeOf(matter),
    proposal,
    valuation: valuation ?? '',
    basis: basis ?? '',
  }
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
  const { offeredAt, until, matters } = await readOffered(office, viewer, id, format)
  const lines = matters.map((matter) => lineOf(id, matter))
  if (format === 'csv') {
    const names = Object.keys(columns) as (keyof Line)[]
    return csvOf([columns, ...lines].map((line) => names.map((name) => line[name])))
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
