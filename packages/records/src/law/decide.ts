import {
  type ArchiveAgreement,
  type ArchiveBasis,
  type ArchiveStanding,
  archiveStanding,
} from './archive-agreement.ts'
import { type Calendar, europeBerlin } from './calendar.ts'
import {
  accessPending,
  type DataSubjectRequest,
  type DeletionGround,
  type ErasureGround,
  grantedErasure,
} from './data-subject-request.ts'
import {
  type DeletionRule,
  type RuleHistory,
  type RuleReference,
  ruleInForce,
  ruleReference,
} from './deletion-rule.ts'
import { type Due, dueOn, keepUntil } from './due-on.ts'
import type { Instant } from './instant.ts'
import { type Facts, judge, obstacles } from './judge.ts'
import { holdInForce, type LegalHold } from './legal-hold.ts'
import { type KeepCode, type Reason, reason } from './reason.ts'
import { type Restriction, restrictionInForce } from './restriction.ts'
import { coveredBy, type Subject } from './subject.ts'

/** What the decision looks at. Holds, restrictions and requests may be all there are: those of others are passed over. */
export type Question = {
  readonly subject: Subject
  readonly rule: RuleHistory
  /** The version of the rule that the approval of this very deletion run names; `null` before it is approved. */
  readonly approvedVersion: number | null
  readonly holds: readonly LegalHold[]
  readonly restrictions: readonly Restriction[]
  readonly archiveAgreement: ArchiveAgreement | null
  readonly requests: readonly DataSubjectRequest[]
  readonly on: Instant
}

/** What lets an object go past the archive, for the ledger's `archive` field. */
export type ArchiveClearance = {
  readonly standing: ArchiveStanding | 'NOT_HELD_BACK'
  readonly basis: ArchiveBasis | null
}

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
  const { subject, on } = question
  // A rule of another cluster says nothing about this object.
  const [first] = question.rule
  const current = first.cluster === subject.cluster.code ? ruleInForce(question.rule, on) : undefined
  const due: Due =
    current === undefined ? { state: 'WAITING', missing: 'RULE' } : dueOn(current, subject.events, calendar)
  const erasure = erasureOf(question)
  const archive = standingOf(question, calendar)
  const facts: Facts = {
    hold: question.holds.some((hold) => coveredBy(subject, hold.scope) && holdInForce(hold, on))
      ? 'IN_FORCE'
      : 'NONE',
    restriction: question.restrictions.some(
      (each) => coveredBy(subject, each.scope) && restrictionInForce(each, on),
    )
      ? 'IN_FORCE'
      : 'NONE',
    access: question.requests.some((each) => coveredBy(subject, each.scope) && accessPending(each, on))
      ? 'PENDING'
      : 'NONE',
    due: dueFact(question, current, due, calendar),
    erasure: erasure === undefined ? 'NONE' : erasure === 'ART17_1D' ? 'UNLAWFUL_PROCESSING' : 'OTHER_GROUND',
    filing: subject.filing === 'UNDECIDED' || subject.filing === 'HANDOVER_OPEN' ? subject.filing : 'SETTLED',
    minKeep: minKeepRuns(current, subject, on, calendar) ? 'RUNNING' : 'OVER',
    archive: archive.standing,
  }
  const shared = { due, rule: current === undefined ? null : ruleReference(current) }
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
          verdict.because === 'UNLAWFULLY_PROCESSED' ? { standing: 'NOT_HELD_BACK', basis: null } : archive,
      }
    case 'KEEP':
      return { ...shared, outcome: 'KEEP', because: reason(verdict.because), besides }
    case 'OFFER_FIRST':
      return { ...shared, outcome: 'OFFER_FIRST', because: reason(verdict.because), besides }
    case 'TRANSFER_FIRST':
      return { ...shared, outcome: 'TRANSFER_FIRST', because: reason(verdict.because), besides }
  }
}

function dueFact(
  question: Question,
  current: DeletionRule | undefined,
  due: Due,
  calendar: Calendar,
): Facts['due'] {
  if (current === undefined) return 'NO_RULE'
  if (due.state === 'NEVER') return 'NEVER'
  if (due.state === 'WAITING') return 'WAITING'
  if (question.on < due.at) return 'NOT_YET'
  const { subject } = question
  if (subject.ruleVersion === current.version || question.approvedVersion === current.version)
    return 'REACHED'
  const assigned = question.rule.find((version) => version.version === subject.ruleVersion)
  // An object that names a version nobody knows gets the protection of the unknown longer period.
  if (assigned === undefined) return 'ONLY_UNDER_SHORTENED_RULE'
  const before = dueOn(assigned, subject.events, calendar)
  return before.state === 'DUE_AT' && before.at <= question.on ? 'REACHED' : 'ONLY_UNDER_SHORTENED_RULE'
}

function minKeepRuns(
  rule: DeletionRule | undefined,
  subject: Subject,
  on: Instant,
  calendar: Calendar,
): boolean {
  if (rule === undefined) return false
  const until = keepUntil(rule, subject.events, calendar)
  return until === 'NOT_BEGUN' || (until !== null && on < until)
}

/** The granted erasure that weighs most: unlawful processing before every other ground. */
function erasureOf({ subject, requests, on }: Question): ErasureGround | undefined {
  const grounds = requests
    .filter((request) => coveredBy(subject, request.scope))
    .flatMap((request) => grantedErasure(request, on) ?? [])
  return grounds.find((ground) => ground === 'ART17_1D') ?? grounds[0]
}

function standingOf(
  { subject, archiveAgreement, on }: Question,
  calendar: Calendar,
): { standing: ArchiveStanding; basis: ArchiveBasis | null } {
  if (subject.cluster.offering !== 'OFFER') return { standing: 'NOT_REQUIRED', basis: null }
  return archiveStanding(subject.offering, subject.archiveCategory, archiveAgreement, on, calendar)
}
