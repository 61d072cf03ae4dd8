import {
  type ArchiveValuation,
  archiveBasisForm,
  type FieldRefusal,
  maxAnswerBytes,
  maxOffered,
  type OfferDecision,
  Refusal,
  valuations,
} from '@buergerdraht/contract'
import { asViewer, type OfficeContext, requireMay, type Viewer, withOwnRights } from '@buergerdraht/office'
import { placesOf, refuse, tableOf } from '../csv/read-table.ts'
import { judgeAnswer } from '../xdomea/judge-answer.ts'
import { readMessage } from '../xdomea/read-message.ts'
import { readOffer } from './offer.ts'

const maxFaults = 20

const names = {
  process: ['prozess-id', 'prozessid', 'process-id'],
  number: ['nr.', 'nr', 'nummer', 'no.'],
  valuation: ['entscheidung', 'bewertung', 'decision'],
  basis: ['aktenzeichen der entscheidung', 'aktenzeichen des archivs', 'basis'],
} as const
type Column = keyof typeof names

/** A cell as the list has written it: what was made text for spreadsheets is read as it was. */
function plain(cell: string): string {
  return cell.replace(/^'(?=[=+\-@])/, '').trim()
}

/** What the archive has written into the list: lines without a decision are passed over. Faults name line and column, up to twenty at once. */
function decisionsOf(bytes: Uint8Array, offerId: string, known: ReadonlySet<number>): OfferDecision[] {
  const [header, ...rows] = tableOf(bytes, maxAnswerBytes)
  const places = placesOf<Column>(header, names)
  const faults: FieldRefusal[] = []
  const decided = new Map<string, OfferDecision & { numbers: number[] }>()
  const seen = new Map<number, number>()
  for (const { record, info } of rows.slice(0, maxOffered + 1)) {
    function cellOf(column: Column): string {
      return plain(record[places[column]] ?? '')
    }
    function fault(column: Column, code: FieldRefusal['fault'], detail?: string | number): void {
      faults.push({
        path: `lines.${info.lines}.columns.${places[column] + 1}`,
        fault: code,
        ...(detail === undefined ? {} : { detail }),
      })
    }
    const valuation = cellOf('valuation').toUpperCase()
    if (valuation === '') continue
    const before = faults.length
    if (cellOf('process').toLowerCase() !== offerId) fault('process', 'of-another-offer')
    const number = /^\d{1,4}$/.test(cellOf('number')) ? Number(cellOf('number')) : 0
    const listed = seen.get(number)
    if (!known.has(number)) fault('number', 'not-in-offer')
    else if (listed !== undefined) fault('number', 'listed-before', listed)
    seen.set(number, info.lines)
    const value = valuations.find((one) => one === valuation)
    if (value === undefined) fault('valuation', 'no-valuation')
    const basis = cellOf('basis').toUpperCase()
    if (!archiveBasisForm.test(basis)) fault('basis', 'no-basis')
    if (faults.length >= maxFaults) break
    if (faults.length > before || value === undefined) continue
    const key = `${value} ${basis}`
    const same = decided.get(key) ?? { numbers: [], valuation: value, basis }
    same.numbers.push(number)
    decided.set(key, same)
  }
  if (faults.length > 0) throw new Refusal('invalid-input', faults)
  if (decided.size === 0) throw new Refusal('invalid-input', [{ path: 'file', fault: 'nothing-decided' }])
  return [...decided.values()]
}

/** XML or a ZIP with it, and no table. */
function isMessage(bytes: Uint8Array): boolean {
  return /^(?:PK|(?:\xef\xbb\xbf)?\s*<)/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'))
}

type Offered = { readonly number: number; readonly valuation: ArchiveValuation | null }

/** What the archive has written as xdomea 0502. The message has no file reference of the decision: that is said by whoever reads it. */
async function decisionsOfMessage(
  bytes: Uint8Array,
  offerId: string,
  offered: ReadonlyMap<string, Offered>,
  basis: string | null,
): Promise<OfferDecision[]> {
  const read = await readMessage(bytes)
  if ('unreadable' in read) return refuse('file', read.unreadable.fault, read.unreadable.place)
  const isOurs = read.answer.processId === offerId
  const sent = {
    code: '0501',
    matters: new Set(offered.keys()),
    parts: new Set<string>(),
    state: 'sent',
    saidBefore: null,
    answers: new Map<string, string>(),
  } as const
  const verdict = judgeAnswer(read.answer, isOurs ? sent : undefined)
  if ('refused' in verdict) return refuse('file', verdict.refused)
  if (verdict.accepted !== 'valued') return refuse('file', 'nothing-decided')
  const values = [...verdict.values]
  // What was put down before counts: the same again says nothing, and what the archive wants it cannot give back by a message.
  if (values.some(([id, value]) => offered.get(id)?.valuation === 'A' && value !== 'A'))
    return refuse('file', 'contradiction')
  if (values.every(([id, value]) => offered.get(id)?.valuation === value)) return refuse('file', 'duplicate')
  if (basis === null) return refuse('basis', 'missing')
  return valuations.flatMap((valuation) => {
    const meant = values.flatMap(([id, value]) =>
      value === valuation ? (offered.get(id)?.number ?? []) : [],
    )
    return meant.length === 0 ? [] : [{ numbers: meant.toSorted((a, b) => a - b), valuation, basis }]
  })
}

/**
 * Reads the archive's answer from the list that it was sent, filled in, or from xdomea 0502. Nothing is stored: whoever reads it sees it before it is put
 * down.
 * @param basis what the decisions of a 0502 are filed under; the list names it in each line
 * @throws Refusal `not-allowed`, `not-found`, `invalid-input`
 */
export async function readAnswerFile(
  office: OfficeContext,
  viewer: Viewer,
  id: string,
  bytes: Uint8Array,
  basis: string | null = null,
): Promise<OfferDecision[]> {
  requireMay(viewer, 'offer-to-archive')
  const offerId = id.toLowerCase()
  const offered = await asViewer(office, viewer, (changing) =>
    withOwnRights(changing, async () => {
      const { client } = changing
      await readOffer(client, office.now(), id)
      const { rows } = await client.query<Offered & { readonly id: string }>(
        'select conversation_id as id, number, valuation from archive_offer_item where offer_id = $1',
        [id],
      )
      return new Map(rows.map((row) => [row.id, row]))
    }),
  )
  if (isMessage(bytes)) return decisionsOfMessage(bytes, offerId, offered, basis)
  return decisionsOf(bytes, offerId, new Set([...offered.values()].map(({ number }) => number)))
}
