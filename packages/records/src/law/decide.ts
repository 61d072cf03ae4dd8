import type { ArchiveBasis, StandingWithBasis } from './archive-agreement.ts'
import { type Calendar, europeBerlin } from './calendar.ts'
import type { DeletionGround } from './data-subject-request.ts'
import { type RuleReference, ruleReference } from './deletion-rule.ts'
import type { Due } from './due-on.ts'
import { judge, obstacles } from './may-delete.ts'
import { type KeepCode, type Reason, reason } from './reason.ts'
import { type Question, weigh } from './weigh.ts'

/** What lets an object go past the archive: the ledger's `archive` field. */
export type ArchiveClearance =
  | { readonly decision: 'A' | 'V'; readonly basis: ArchiveBasis }
  | { readonly decision: 'NOT_REQUIRED' | 'SILENCE_RELEASED' | 'NOT_HELD_BACK' }

/** The answer, always with the due date: an obstacle stops the deletion, it does not hide the date. */
export type Decision = { readonly due: Due; readonly rule: RuleReference | null } & (
  | {
      readonly outcome: 'DELETE'
      readonly ground: DeletionGround
      readonly because: Reason<'DUE' | 'ERASURE_GRANTED' | 'UNLAWFULLY_PROCESSED'>
      readonly clearance: ArchiveClearance
    }
  | { readonly outcome: 'KEEP'; readonly because: Reason<KeepCode>; readonly besides: readonly Reason[] }
  /** To be offered and locked until the archive has decided. */
  | {
      readonly outcome: 'OFFER_FIRST'
      readonly because: Reason<'NOT_OFFERED'>
      readonly besides: readonly Reason[]
    }
  | {
      readonly outcome: 'TRANSFER_FIRST'
      readonly because: Reason<'ARCHIVE_WANTS_IT'>
      readonly besides: readonly Reason[]
    }
)

/**
 * Whether an object may be deleted at a moment. Pure and total: same question, same answer, no exception; whoever deletes
 * asks again inside the transaction that deletes.
 *
 * Priorities are those of the table in `vectors/decisions`: suspension, restriction and an open access request stop
 * everything; an unlawful processing goes at once; then filing, period, minimum keep, approval of a shortened rule, and
 * last the public archive. A shortened rule deletes what was classified before only when the run's approval names it.
 */
export function decide(question: Question, calendar: Calendar = europeBerlin): Decision {
  const { facts, due, rule, erasure, archive } = weigh(question, calendar)
  const shared = { due, rule: rule === undefined ? null : ruleReference(rule) }
  const verdict = judge(facts)
  const besides = obstacles(facts).slice(1).map(reason)
  switch (verdict.outcome) {
    case 'DELETE':
      return {
        ...shared,
        outcome: 'DELETE',
        ground: verdict.because === 'DUE' ? 'ART5_1E' : (erasure ?? 'ART5_1E'),
        because: reason(verdict.because),
        clearance:
          verdict.because === 'UNLAWFULLY_PROCESSED' ? { decision: 'NOT_HELD_BACK' } : clearanceOf(archive),
      }
    case 'KEEP':
      return { ...shared, outcome: 'KEEP', because: reason(verdict.because), besides }
    case 'OFFER_FIRST':
      return { ...shared, outcome: 'OFFER_FIRST', because: reason(verdict.because), besides }
    case 'TRANSFER_FIRST':
      return { ...shared, outcome: 'TRANSFER_FIRST', because: reason(verdict.because), besides }
  }
}

/** Only the first five standings let anything pass; the others never get here, and would be named for what they are. */
function clearanceOf({ standing, basis }: StandingWithBasis): ArchiveClearance {
  switch (standing) {
    case 'WAIVED':
    case 'RELEASED':
      return { decision: 'V', basis }
    case 'TRANSFER_CONFIRMED':
      return { decision: 'A', basis }
    case 'NOT_REQUIRED':
    case 'SILENCE_RELEASED':
      return { decision: standing }
    default:
      return { decision: 'NOT_HELD_BACK' }
  }
}
