import { type ArchiveAgreement, archiveStanding, type StandingWithBasis } from './archive-agreement.ts'
import type { Calendar } from './calendar.ts'
import {
  accessPending,
  type DataSubjectRequest,
  type ErasureGround,
  grantedErasure,
} from './data-subject-request.ts'
import { type DeletionRule, type RuleHistory, ruleInForce } from './deletion-rule.ts'
import { type Due, dueOn, keepUntil } from './due-on.ts'
import type { Instant } from './instant.ts'
import { holdInForce, type LegalHold } from './legal-hold.ts'
import type { Facts } from './may-delete.ts'
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

/** A question reduced to the facts of the table, with what the answer has to name. */
export type Weighed = {
  readonly facts: Facts
  readonly due: Due
  readonly rule: DeletionRule | undefined
  readonly erasure: ErasureGround | undefined
  readonly archive: StandingWithBasis
}

/** Looks everything up that the table asks for: what is in force at this moment, and covers this object. */
export function weigh(question: Question, calendar: Calendar): Weighed {
  const { subject, holds, restrictions, requests, on } = question
  const rule = currentRule(question)
  const due: Due =
    rule === undefined ? { state: 'WAITING', missing: 'RULE' } : dueOn(rule, subject.events, calendar)
  const erasure = erasureOf(question)
  const archive = standingOf(question, calendar)
  const held = holds.some((each) => coveredBy(subject, each.scope) && holdInForce(each, on))
  const restricted = restrictions.some(
    (each) => coveredBy(subject, each.scope) && restrictionInForce(each, on),
  )
  const asked = requests.some((each) => coveredBy(subject, each.scope) && accessPending(each, on))
  const facts: Facts = {
    hold: held ? 'IN_FORCE' : 'NONE',
    restriction: restricted ? 'IN_FORCE' : 'NONE',
    access: asked ? 'PENDING' : 'NONE',
    due: dueFact(question, rule, due, calendar),
    erasure: erasure === undefined ? 'NONE' : erasure === 'ART17_1D' ? 'UNLAWFUL_PROCESSING' : 'OTHER_GROUND',
    filing: subject.filing === 'UNDECIDED' || subject.filing === 'HANDOVER_OPEN' ? subject.filing : 'SETTLED',
    minKeep: minKeepRuns(rule, subject, on, calendar) ? 'RUNNING' : 'OVER',
    archive: archive.standing,
  }
  return { facts, due, rule, erasure, archive }
}

/** A rule of another cluster says nothing about this object. */
function currentRule({ subject, rule, on }: Question): DeletionRule | undefined {
  const [first] = rule
  return first.cluster === subject.cluster.code ? ruleInForce(rule, on) : undefined
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

function standingOf({ subject, archiveAgreement, on }: Question, calendar: Calendar): StandingWithBasis {
  if (subject.cluster.offering !== 'OFFER') return { standing: 'NOT_REQUIRED', basis: null }
  return archiveStanding(subject.offering, subject.archiveCategory, archiveAgreement, on, calendar)
}
