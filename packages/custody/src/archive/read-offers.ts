import type { ArchiveOffer, ArchiveValuation, WithdrawalReason } from '@buergerdraht/contract'
import { asInstant } from '@buergerdraht/office'
import {
  type ArchiveAgreement,
  addDays,
  addMonths,
  archiveStanding,
  europeBerlin,
  type LocalDate,
  type Offering,
  parseArchiveBasis,
} from '@buergerdraht/records'
import type { PoolClient } from 'pg'

type Client = Pick<PoolClient, 'query'>

/** Of a matter: when it was offered, what was decided, and how its handing over stands. */
export type OfferingRow = {
  readonly offered_at: Date
  readonly valuation: ArchiveValuation | null
  readonly basis: string | null
  readonly transfer: 'OPEN' | 'SENT' | 'FAILED' | 'CONFIRMED' | null
}

/** Where a matter stands with the archive, as the law asks. The table holds what its checks have let in. */
export function offeringOf(row: OfferingRow | undefined): Offering {
  if (row === undefined) return { state: 'NOT_OFFERED' }
  const { offered_at, valuation, transfer } = row
  if (valuation === null) return { state: 'OFFERED', offeredAt: asInstant(offered_at) }
  const basis = row.basis === null ? undefined : parseArchiveBasis(row.basis)
  if (basis === undefined) throw new Error('A decision of the archive has a basis')
  return valuation === 'A'
    ? { state: 'DECIDED', valuation, basis, transfer: transfer ?? 'OPEN' }
    : { state: 'DECIDED', valuation, basis }
}

/** Where each of these matters stands; those that were never offered are missing. */
export async function readOfferings(
  client: Client,
  conversationIds: readonly string[],
): Promise<ReadonlyMap<string, OfferingRow>> {
  const { rows } = await client.query<OfferingRow & { id: string }>(
    `select i.conversation_id as id, o.offered_at, i.valuation, i.basis, i.transfer
     from archive_offer_item i join archive_offer o on o.id = i.offer_id where i.conversation_id = any($1::uuid[])`,
    [conversationIds],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The last day for an answer, as agreed: the day of the offer does not count. */
export function lastDayFor(offeredAt: Date, agreement: ArchiveAgreement): LocalDate {
  return addMonths(europeBerlin.localDate(asInstant(offeredAt)), agreement.answerWithinMonths)
}

/** The first moment at which an answer is late. */
export function answerLateAt(offeredAt: Date, agreement: ArchiveAgreement | null): Date | null {
  if (agreement === null) return null
  return new Date(europeBerlin.startOfDay(addDays(lastDayFor(offeredAt, agreement), 1)))
}

export type StoredOffer = {
  readonly id: string
  readonly offered_at: Date
  readonly offered: number
  readonly undecided: number
  readonly a: number
  readonly b: number
  readonly v: number
  readonly withdrawn_at: Date | null
  readonly withdrawal_reason: WithdrawalReason | null
  readonly withdrawn_numbers: readonly number[]
}

export const offersSql = `select o.id, o.offered_at, o.offered, o.withdrawn_at, o.withdrawal_reason, o.withdrawn_numbers, (count(i.number) filter (where i.valuation is null))::int as undecided,
    (count(i.number) filter (where i.valuation = 'A'))::int as a, (count(i.number) filter (where i.valuation = 'B'))::int as b,
    (count(i.number) filter (where i.valuation = 'V'))::int as v
  from archive_offer o left join archive_offer_item i on i.offer_id = o.id`

/** As the law sees what is not decided: it is asked, and nobody else says what silence means. */
function stateOf(
  { offered_at, undecided, a, b, v, withdrawn_at }: StoredOffer,
  agreement: ArchiveAgreement | null,
  now: Date,
): ArchiveOffer['state'] {
  if (undecided + a + b + v === 0 && withdrawn_at !== null) return 'withdrawn'
  if (undecided === 0) return b > 0 ? 'waiting' : 'answered'
  const { standing } = archiveStanding(
    { state: 'OFFERED', offeredAt: asInstant(offered_at) },
    null,
    agreement,
    asInstant(now),
    europeBerlin,
  )
  if (standing === 'SILENCE_RELEASED') return 'released'
  return standing === 'SILENCE' ? 'overdue' : 'waiting'
}

export function presentedOffer(
  row: StoredOffer,
  agreement: ArchiveAgreement | null,
  now: Date,
): ArchiveOffer {
  return {
    id: row.id,
    offeredAt: row.offered_at.toISOString(),
    answerUntil: agreement === null ? null : lastDayFor(row.offered_at, agreement),
    state: stateOf(row, agreement, now),
    offered: row.offered,
    counts: { undecided: row.undecided, A: row.a, B: row.b, V: row.v },
    withdrawn:
      row.withdrawn_at === null || row.withdrawal_reason === null
        ? null
        : {
            at: row.withdrawn_at.toISOString(),
            reason: row.withdrawal_reason,
            numbers: [...row.withdrawn_numbers],
          },
  }
}
