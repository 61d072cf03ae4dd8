import type { Instant } from './instant.ts'
import type { Checked, PersonId, TwoPersons } from './person.ts'
import type { Scope } from './subject.ts'

declare const restrictionMark: unique symbol

/** Article 18 (1) GDPR: accuracy contested, unlawful but erasure opposed, needed for claims, objection pending. */
export const restrictionGrounds = ['ART18_1A', 'ART18_1B', 'ART18_1C', 'ART18_1D'] as const
export type RestrictionGround = (typeof restrictionGrounds)[number]

export type RestrictionDraft = {
  readonly scope: Scope
  readonly ground: RestrictionGround
  readonly setBy: PersonId
  readonly setAt: Instant
  /** When somebody must look again. It does not lapse by itself: see `liftRestriction`. */
  readonly reviewAt: Instant
}

export type Restriction = RestrictionDraft & {
  readonly liftedAt: Instant | null
  readonly [restrictionMark]: true
}

export type RestrictionFault =
  | 'SAME_PERSON_TWICE'
  | 'REVIEW_BEFORE_IT_BEGINS'
  | 'DATA_SUBJECT_NOT_INFORMED'
  | 'LIFTED_BEFORE_SET'

/**
 * Checks a restriction of processing (Article 18 GDPR). One person sets it: whoever asked for it relies on the data still being there, and not being
 * used, from now on.
 */
export function restrict(draft: RestrictionDraft): Checked<Restriction, RestrictionFault> {
  if (draft.reviewAt <= draft.setAt) return { refused: 'REVIEW_BEFORE_IT_BEGINS' }
  return { accepted: { ...draft, liftedAt: null } as Restriction }
}

/** Lifts a restriction, by two persons. Article 18 (3): the data subject is informed before, so no restriction ends by the calendar. */
export function liftRestriction(
  restriction: Restriction,
  at: Instant,
  informedAt: Instant | null,
  by: TwoPersons,
): Checked<Restriction, RestrictionFault> {
  if (by.proposedBy === by.approvedBy) return { refused: 'SAME_PERSON_TWICE' }
  if (at < restriction.setAt) return { refused: 'LIFTED_BEFORE_SET' }
  // Who was told before the restriction was set was not told of its end.
  if (informedAt === null || informedAt > at || informedAt < restriction.setAt)
    return { refused: 'DATA_SUBJECT_NOT_INFORMED' }
  return { accepted: { ...restriction, liftedAt: at } }
}

/** A restriction counts as long as it exists and was not lifted, whatever clocks say of when it was set. */
export function restrictionInForce(restriction: Restriction, at: Instant): boolean {
  return restriction.liftedAt === null || at < restriction.liftedAt
}
