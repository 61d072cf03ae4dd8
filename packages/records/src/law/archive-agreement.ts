import type { Calendar } from './calendar.ts'
import { addDays, addMonths, type Instant } from './instant.ts'
import type { Checked } from './person.ts'

declare const agreementMark: unique symbol
declare const basisMark: unique symbol

/**
 * What a decision of the archive is filed under: general waiver (Generalverzicht), valuation catalogue
 * (Bewertungskatalog), single decision (Einzelentscheidung), with year and running number: `BK-2026-03`.
 */
export type ArchiveBasis = string & { readonly [basisMark]: true }

export const archiveBasisShape = /^(?:GV|BK|EE)-20\d{2}-\d{2,3}$/

export function parseArchiveBasis(text: string): ArchiveBasis | undefined {
  return archiveBasisShape.test(text) ? (text as ArchiveBasis) : undefined
}

/** xdomea: A archive it, B not yet valued, V destroy it. */
export type Valuation = 'A' | 'B' | 'V'

export const lands = [
  'BB',
  'BE',
  'BW',
  'BY',
  'HB',
  'HE',
  'HH',
  'MV',
  'NI',
  'NW',
  'RP',
  'SH',
  'SL',
  'SN',
  'ST',
  'TH',
] as const
export type Land = (typeof lands)[number]

/**
 * The Länder whose law lets an authority delete when the archive stays silent for the statutory time, and that time in
 * months: Schleswig-Holstein (section 6 LDSG) and Sachsen-Anhalt (section 12 DSAG). In all others silence releases nothing
 * ("wilde Kassation").
 */
const monthsOfSilence: Readonly<Partial<Record<Land, number>>> = { SH: 6, ST: 12 }

/** A statement of the archive about a whole category. */
export type CategoryDecision = {
  readonly basis: ArchiveBasis
  readonly category: string
  readonly validFrom: Instant
  readonly validUntil: Instant | null
}

export type AgreementDraft = {
  readonly land: Land
  /** How long the archive has for an answer, and what its silence means afterwards. */
  readonly answerWithinMonths: number
  readonly silence: 'RELEASES' | 'RELEASES_NOTHING'
  readonly mode:
    | { readonly kind: 'OFFER_EACH' }
    | { readonly kind: 'GENERAL_WAIVER'; readonly waivers: readonly CategoryDecision[] }
    | {
        readonly kind: 'CATALOGUE'
        readonly entries: readonly (CategoryDecision & { readonly valuation: Valuation })[]
      }
}

/** What town hall and public archive have agreed on offering (Anbietung). */
export type ArchiveAgreement = AgreementDraft & { readonly [agreementMark]: true }

export type AgreementFault =
  | 'SILENCE_RELEASES_NOTHING_HERE'
  | 'ANSWER_TIME_OUT_OF_RANGE'
  | 'ANSWER_TIME_BELOW_THE_LAW'
  | 'CATEGORY_TWICE'

/** Checks an agreement against the law of the Land it is made in: where silence releases, the archive has at least the time that the law gives it. */
export function agreeWithArchive(draft: AgreementDraft): Checked<ArchiveAgreement, AgreementFault> {
  const months = draft.answerWithinMonths
  if (!Number.isInteger(months) || months < 1 || months > 60) return { refused: 'ANSWER_TIME_OUT_OF_RANGE' }
  if (draft.silence === 'RELEASES') {
    const statutory = monthsOfSilence[draft.land]
    if (statutory === undefined) return { refused: 'SILENCE_RELEASES_NOTHING_HERE' }
    if (months < statutory) return { refused: 'ANSWER_TIME_BELOW_THE_LAW' }
  }
  const decisions = decisionsOf(draft.mode)
  const overlapping = decisions.some((one, index) =>
    decisions.slice(index + 1).some((other) => one.category === other.category && overlap(one, other)),
  )
  if (overlapping) return { refused: 'CATEGORY_TWICE' }
  return { accepted: draft as ArchiveAgreement }
}

function decisionsOf(mode: AgreementDraft['mode']): readonly CategoryDecision[] {
  if (mode.kind === 'OFFER_EACH') return []
  return mode.kind === 'CATALOGUE' ? mode.entries : mode.waivers
}

function overlap(one: CategoryDecision, other: CategoryDecision): boolean {
  function startsBeforeEnd(first: CategoryDecision, second: CategoryDecision) {
    return second.validUntil === null || first.validFrom < second.validUntil
  }
  return startsBeforeEnd(one, other) && startsBeforeEnd(other, one)
}

/** Where one object stands in the conversation with the archive (xdomea 0501 offer, 0503 transfer, 0506 confirmation). */
export type Offering =
  | { readonly state: 'NOT_OFFERED' }
  | { readonly state: 'OFFERED'; readonly offeredAt: Instant }
  | { readonly state: 'DECIDED'; readonly valuation: 'V' | 'B'; readonly basis: ArchiveBasis }
  | {
      readonly state: 'DECIDED'
      readonly valuation: 'A'
      readonly basis: ArchiveBasis
      readonly transfer: 'OPEN' | 'SENT' | 'FAILED' | 'CONFIRMED'
    }

/** A standing that rests on a decision names it; the others have none to name. */
export type StandingWithBasis =
  | {
      readonly standing:
        | 'WAIVED'
        | 'RELEASED'
        | 'TRANSFER_CONFIRMED'
        | 'UNVALUED'
        | 'WANTED'
        | 'TRANSFER_SENT'
      readonly basis: ArchiveBasis
    }
  | {
      readonly standing: 'NOT_REQUIRED' | 'NOT_OFFERED' | 'OFFERED' | 'SILENCE' | 'SILENCE_RELEASED'
      readonly basis: null
    }

/** What the archive says about an object, reduced to what the decision needs. */
export type ArchiveStanding = StandingWithBasis['standing']

/**
 * Where an object stands with the archive at a moment, and under which basis. A decision or an open offer of the very
 * object goes before waivers and catalogues: somebody had a reason to ask. Without an agreement everything is offered.
 */
export function archiveStanding(
  offering: Offering,
  category: string | null,
  agreement: ArchiveAgreement | null,
  at: Instant,
  calendar: Calendar,
): StandingWithBasis {
  switch (offering.state) {
    case 'DECIDED':
      return { standing: standingOfDecision(offering), basis: offering.basis }
    case 'OFFERED':
      return { standing: standingOfOffer(offering.offeredAt, agreement, at, calendar), basis: null }
    case 'NOT_OFFERED':
      return standingOfCategory(category, agreement, at)
  }
}

function standingOfDecision(
  decision: Extract<Offering, { state: 'DECIDED' }>,
): Extract<StandingWithBasis, { basis: ArchiveBasis }>['standing'] {
  if (decision.valuation !== 'A') return decision.valuation === 'V' ? 'RELEASED' : 'UNVALUED'
  if (decision.transfer === 'CONFIRMED') return 'TRANSFER_CONFIRMED'
  return decision.transfer === 'SENT' ? 'TRANSFER_SENT' : 'WANTED'
}

/** The day of the offer does not count; the answer is late when the whole last day has passed (section 188 (2) BGB). */
function standingOfOffer(
  offeredAt: Instant,
  agreement: ArchiveAgreement | null,
  at: Instant,
  calendar: Calendar,
): 'OFFERED' | 'SILENCE' | 'SILENCE_RELEASED' {
  if (agreement === null) return 'OFFERED'
  const lastDay = addMonths(calendar.localDate(offeredAt), agreement.answerWithinMonths)
  if (at < calendar.startOfDay(addDays(lastDay, 1))) return 'OFFERED'
  return agreement.silence === 'RELEASES' ? 'SILENCE_RELEASED' : 'SILENCE'
}

function standingOfCategory(
  category: string | null,
  agreement: ArchiveAgreement | null,
  at: Instant,
): StandingWithBasis {
  function covers(decision: CategoryDecision) {
    return (
      decision.category === category &&
      decision.validFrom <= at &&
      (decision.validUntil === null || at < decision.validUntil)
    )
  }
  if (agreement?.mode.kind === 'GENERAL_WAIVER') {
    const waiver = agreement.mode.waivers.find(covers)
    if (waiver !== undefined) return { standing: 'WAIVED', basis: waiver.basis }
  }
  if (agreement?.mode.kind === 'CATALOGUE') {
    const entry = agreement.mode.entries.find(covers)
    if (entry?.valuation === 'V') return { standing: 'WAIVED', basis: entry.basis }
    if (entry?.valuation === 'A') return { standing: 'WANTED', basis: entry.basis }
  }
  // A catalogue's B asks to see the object first, which is what an offer does.
  return { standing: 'NOT_OFFERED', basis: null }
}
