import type { Calendar } from './calendar.ts'
import { addDays, addMonths, type Instant } from './instant.ts'
import type { Checked, PersonId, TwoPersons } from './person.ts'
import type { Scope } from './subject.ts'

declare const holdMark: unique symbol

/** Why deletion is suspended (Aussetzung der Löschung, DIN EN ISO/IEC 27555 section 7.4.4). No free text. */
export const holdReasons = [
  'LITIGATION',
  'OBJECTION_PROCEDURE',
  'AUDIT',
  'CRIMINAL_INVESTIGATION',
  'COUNCIL_INQUIRY',
] as const
export type HoldReason = (typeof holdReasons)[number]

/** The provision a hold rests on: an exception of Article 17 (3) GDPR. */
export const holdBases = ['ART17_3B', 'ART17_3D', 'ART17_3E'] as const
export type HoldBasis = (typeof holdBases)[number]

export type HoldDraft = {
  readonly scope: Scope
  readonly reason: HoldReason
  readonly basis: HoldBasis
  readonly setBy: PersonId
  readonly setAt: Instant
  readonly reviewAt: Instant
  readonly expiresAt: Instant
}

/** A legal hold: always with reason, basis, a review and an end. One person sets it, because protection must not wait; lifting it takes two. */
export type LegalHold = HoldDraft & { readonly releasedAt: Instant | null; readonly [holdMark]: true }

export type HoldFault =
  | 'SAME_PERSON_TWICE'
  | 'ENDS_BEFORE_IT_BEGINS'
  | 'LONGER_THAN_12_MONTHS'
  | 'REVIEW_OUTSIDE_THE_HOLD'
  | 'RELEASED_BEFORE_SET'

/** Checks a hold. It lasts at most until the end of the day 12 months later; longer means a new hold, decided anew. */
export function placeHold(draft: HoldDraft, calendar: Calendar): Checked<LegalHold, HoldFault> {
  const { setAt, reviewAt, expiresAt } = draft
  if (expiresAt <= setAt) return { refused: 'ENDS_BEFORE_IT_BEGINS' }
  const lastDay = addMonths(calendar.localDate(setAt), 12)
  if (expiresAt > calendar.startOfDay(addDays(lastDay, 1))) return { refused: 'LONGER_THAN_12_MONTHS' }
  if (reviewAt <= setAt || reviewAt > expiresAt) return { refused: 'REVIEW_OUTSIDE_THE_HOLD' }
  return { accepted: { ...draft, releasedAt: null } as LegalHold }
}

/** Ends a hold early, by two persons. What it held back is decided again at once. */
export function releaseHold(hold: LegalHold, at: Instant, by: TwoPersons): Checked<LegalHold, HoldFault> {
  if (by.proposedBy === by.approvedBy) return { refused: 'SAME_PERSON_TWICE' }
  if (at < hold.setAt) return { refused: 'RELEASED_BEFORE_SET' }
  return { accepted: { ...hold, releasedAt: at } }
}

/**
 * A hold counts as long as it exists, until it is released or expires, whichever comes first. That its own time lies after
 * `at` only says that a clock was set back; what exists binds.
 */
export function holdInForce(hold: LegalHold, at: Instant): boolean {
  return at < hold.expiresAt && (hold.releasedAt === null || at < hold.releasedAt)
}
