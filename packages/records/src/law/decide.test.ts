import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { archiveClearanceField, ruleField } from '../ledger/entry-fields.ts'
import {
  type AgreementDraft,
  type ArchiveAgreement,
  type ArchiveBasis,
  agreeWithArchive,
  type Offering,
  parseArchiveBasis,
} from './archive-agreement.ts'
import { europeBerlin } from './calendar.ts'
import { catalogue } from './catalogue.ts'
import type { ClusterCode, DataCluster, Retention } from './data-cluster.ts'
import { accessPending, type DataSubjectRequest, deletionGrounds } from './data-subject-request.ts'
import { type Decision, decide } from './decide.ts'
import { approveRule, type RuleHistory, ruleHistory } from './deletion-rule.ts'
import { type Instant, parseInstant } from './instant.ts'
import { type HoldDraft, holdInForce, type LegalHold, placeHold, releaseHold } from './legal-hold.ts'
import { type Facts, judge, obstacles, type Verdict } from './may-delete.ts'
import { type Checked, personId, type TwoPersons } from './person.ts'
import { keepCodes, reason } from './reason.ts'
import {
  liftRestriction,
  type Restriction,
  type RestrictionDraft,
  restrict,
  restrictionInForce,
} from './restriction.ts'
import type { Subject } from './subject.ts'
import type { Question } from './weigh.ts'

// Thousands of cases each, beside whatever else runs on the machine.
vi.setConfig({ testTimeout: 60_000 })

const vectors = new URL('../../vectors/decisions/', import.meta.url)

function read<Content>(path: string): Content {
  return JSON.parse(readFileSync(new URL(path, vectors), 'utf8'))
}

function accepted<Value>(checked: Checked<Value, string>): Value {
  if ('refused' in checked) throw new Error(`refused: ${checked.refused}`)
  return checked.accepted
}

function at(text: string): Instant {
  const instant = parseInstant(text)
  if (instant === undefined) throw new Error(`no instant: ${text}`)
  return instant
}

type RuleVector = { version: number; validFrom: Instant; retention: Retention }[]

function history(cluster: DataCluster, versions: RuleVector): RuleHistory {
  const persons = { proposedBy: personId('p1'), approvedBy: personId('p2') }
  return accepted(
    ruleHistory(versions.map((each) => accepted(approveRule({ ...each, ...persons, cluster })))),
  )
}

// ---------------------------------------------------------------- the table

type Row = {
  row: number
  when: { [Column in keyof Facts]: '*' | Facts[Column] | Facts[Column][] }
  then: { outcome: Verdict['outcome']; because: string }
  why: { de: string; en: string }
}
type Table = { columns: { [Column in keyof Facts]: Record<Facts[Column], string> }; rows: Row[] }

const table = read<Table>('truth-table.json')

function matches(row: Row, facts: Facts): boolean {
  return Object.entries(row.when).every(([column, condition]) => {
    const value: string = facts[column as keyof Facts]
    return (
      condition === '*' ||
      condition === value ||
      (Array.isArray(condition) && condition.some((one) => one === value))
    )
  })
}

/** Every combination of the values that the table's head declares. */
function combinations(): Facts[] {
  let partial: Record<string, string>[] = [{}]
  for (const [column, values] of Object.entries(table.columns)) {
    partial = partial.flatMap((facts) => Object.keys(values).map((value) => ({ ...facts, [column]: value })))
  }
  return partial as Facts[]
}

const allFacts = combinations()

describe('the decision table', () => {
  it('has 9504 combinations, and each has exactly the answer of its first matching row', () => {
    expect(allFacts).toHaveLength(2 * 2 * 2 * 6 * 3 * 3 * 2 * 11)
    for (const facts of allFacts) {
      const row = table.rows.find((each) => matches(each, facts))
      if (row === undefined) expect.fail(`no row for ${JSON.stringify(facts)}`)
      const verdict = judge(facts)
      if (verdict.outcome !== row.then.outcome || verdict.because !== row.then.because) {
        expect.fail(`row ${row.row} and the code differ on ${JSON.stringify(facts)}`)
      }
    }
  })

  it('has no row that never decides', () => {
    const deciding = new Set(allFacts.map((facts) => table.rows.find((row) => matches(row, facts))?.row))
    expect([...deciding].sort((a, b) => Number(a) - Number(b))).toEqual(table.rows.map((row) => row.row))
  })

  it('names only values its head declares, and says why in both languages', () => {
    for (const row of table.rows) {
      for (const [column, condition] of Object.entries(row.when)) {
        const declared = Object.keys(table.columns[column as keyof Facts])
        for (const value of [condition].flat()) expect([...declared, '*']).toContain(value)
      }
      for (const sentence of [row.why.de, row.why.en]) expect(sentence).toMatch(/^\p{L}.{5,}$/su)
    }
  })

  it('uses every reason for keeping', () => {
    const used = new Set(
      table.rows.filter((row) => row.then.outcome === 'KEEP').map((row) => row.then.because),
    )
    expect([...used].sort()).toEqual([...keepCodes].sort())
  })

  it('names every obstacle once, the deciding one first, and deletes when all are gone', () => {
    for (const facts of allFacts) {
      const all = obstacles(facts)
      const verdict = judge(facts)
      if (verdict.outcome === 'DELETE' ? all.length !== 0 : all[0] !== verdict.because) {
        expect.fail(JSON.stringify(facts))
      }
      if (new Set(all).size !== all.length) expect.fail(`twice: ${JSON.stringify(facts)}`)
      if (all[0] === 'PERMANENT') continue
      for (const [fact, code] of [
        ['hold', 'LEGAL_HOLD'],
        ['restriction', 'RESTRICTED'],
      ] as const) {
        // Suspensions are always named, whatever else decides.
        if ((facts[fact] === 'IN_FORCE') !== all.includes(code)) expect.fail(JSON.stringify(facts))
      }
    }
  })

  it('deletes nothing under a hold, a restriction or an open access request', () => {
    const stopped = allFacts.filter(
      (f) => f.hold === 'IN_FORCE' || f.restriction === 'IN_FORCE' || f.access === 'PENDING',
    )
    expect(stopped.some((facts) => judge(facts).outcome !== 'KEEP')).toBe(false)
  })

  it('has a German and an English sentence for every reason', () => {
    const codes = new Set(table.rows.map((row) => row.then.because))
    for (const code of codes) {
      const { de, en } = reason(code as Verdict['because'])
      expect(de.endsWith('.') && en.endsWith('.') && de !== en).toBe(true)
    }
  })
})

// ---------------------------------------------------------------- the whole function, for each combination

const on = at('2026-10-01T08:00:00Z')
const ids = { id: 'o1', conversation: 'v1', contact: 'k1' }
const otherScope = { kind: 'CONVERSATION', id: 'v2' } as const
const mine = { kind: 'CONTACT', id: 'k1' } as const
const setBy = personId('p1')
const twoPersons = { proposedBy: personId('p1'), approvedBy: personId('p2') }

function hold(over: Partial<HoldDraft>): LegalHold {
  const draft: HoldDraft = {
    scope: mine,
    reason: 'AUDIT',
    basis: 'ART17_3B',
    setBy,
    setAt: at('2026-09-01T08:00:00Z'),
    reviewAt: at('2026-09-20T08:00:00Z'),
    expiresAt: at('2026-12-01T08:00:00Z'),
    ...over,
  }
  return accepted(placeHold(draft, europeBerlin))
}

function restriction(over: Partial<RestrictionDraft>): Restriction {
  const setAt = at('2026-09-01T08:00:00Z')
  return accepted(
    restrict({
      scope: mine,
      ground: 'ART18_1A',
      setBy,
      setAt,
      reviewAt: at('2026-09-20T08:00:00Z'),
      ...over,
    }),
  )
}

/** Holds, restrictions and requests that must not count: of others, expired, released, lifted, undecided. */
const noise = {
  holds: [
    hold({ scope: otherScope }),
    hold({ expiresAt: at('2026-09-30T08:00:00Z') }),
    accepted(releaseHold(hold({}), on, twoPersons)),
  ],
  restrictions: [
    restriction({ scope: otherScope }),
    accepted(liftRestriction(restriction({}), on, on, twoPersons)),
  ],
  requests: [
    { kind: 'ACCESS', scope: otherScope, receivedAt: at('2026-09-01T08:00:00Z'), answeredAt: null },
    { kind: 'ACCESS', scope: mine, receivedAt: at('2026-09-01T08:00:00Z'), answeredAt: on },
    { kind: 'ERASURE', scope: mine, receivedAt: on, ground: 'ART17_1D', outcome: { state: 'OPEN' } },
    {
      kind: 'ERASURE',
      scope: otherScope,
      receivedAt: on,
      ground: 'ART17_1D',
      outcome: { state: 'GRANTED', at: on },
    },
    {
      kind: 'ERASURE',
      scope: mine,
      receivedAt: on,
      ground: 'ART17_1D',
      outcome: { state: 'REFUSED', at: on, exception: 'ART17_3E' },
    },
  ] satisfies DataSubjectRequest[],
}

function basis(text: string): ArchiveBasis {
  const parsed = parseArchiveBasis(text)
  if (parsed === undefined) throw new Error(text)
  return parsed
}

const always = { validFrom: at('2026-01-01T00:00:00Z'), validUntil: null }
function offerEach(land: 'HE' | 'ST'): ArchiveAgreement {
  return accepted(
    agreeWithArchive({
      land,
      answerWithinMonths: land === 'ST' ? 12 : 1,
      silence: land === 'ST' ? 'RELEASES' : 'RELEASES_NOTHING',
      mode: { kind: 'OFFER_EACH' },
    }),
  )
}
function catalogueWith(valuation: 'A' | 'V'): ArchiveAgreement {
  return accepted(
    agreeWithArchive({
      land: 'HE',
      answerWithinMonths: 12,
      silence: 'RELEASES_NOTHING',
      mode: {
        kind: 'CATALOGUE',
        entries: [{ basis: basis('BK-2026-03'), category: 'AUSKUNFT', valuation, ...always }],
      },
    }),
  )
}
const decided = { state: 'DECIDED', basis: basis('EE-2026-01') } as const
const longAgo = at('2025-08-01T08:00:00Z')
const archives: Record<Facts['archive'], { offering: Offering; agreement: ArchiveAgreement | null }> = {
  NOT_REQUIRED: { offering: { state: 'NOT_OFFERED' }, agreement: null },
  WAIVED: { offering: { state: 'NOT_OFFERED' }, agreement: catalogueWith('V') },
  RELEASED: { offering: { ...decided, valuation: 'V' }, agreement: catalogueWith('A') },
  SILENCE_RELEASED: { offering: { state: 'OFFERED', offeredAt: longAgo }, agreement: offerEach('ST') },
  TRANSFER_CONFIRMED: { offering: { ...decided, valuation: 'A', transfer: 'CONFIRMED' }, agreement: null },
  NOT_OFFERED: { offering: { state: 'NOT_OFFERED' }, agreement: offerEach('ST') },
  OFFERED: { offering: { state: 'OFFERED', offeredAt: on }, agreement: offerEach('ST') },
  SILENCE: { offering: { state: 'OFFERED', offeredAt: longAgo }, agreement: offerEach('HE') },
  UNVALUED: { offering: { ...decided, valuation: 'B' }, agreement: catalogueWith('V') },
  WANTED: { offering: { state: 'NOT_OFFERED' }, agreement: catalogueWith('A') },
  TRANSFER_SENT: {
    offering: { ...decided, valuation: 'A', transfer: 'SENT' },
    agreement: catalogueWith('V'),
  },
}

const validFrom = at('2026-01-01T00:00:00Z')
const month = { start: 'CASE_CLOSED', endOfYear: false, period: '30d' } as const
const yearFromCollection = { start: 'COLLECTED', endOfYear: false, period: '1y' } as const
const recently = at('2026-09-25T08:00:00Z')
const summer = at('2026-07-01T08:00:00Z')

/** A rule and events that give these two facts; `undefined` where no rule can (a due object has outlived its minimum keep). */
function timing(due: Facts['due'], minKeep: Facts['minKeep']) {
  const running = minKeep === 'RUNNING'
  const kept: Retention = { kind: 'CLASS', class: month, minKeep: running ? yearFromCollection : null }
  const version = { version: 1, validFrom, retention: kept }
  switch (due) {
    case 'NEVER':
      return running
        ? undefined
        : { rule: [{ ...version, retention: { kind: 'PERMANENT' } as const }], occurred: {} }
    case 'NO_RULE':
      return running
        ? undefined
        : { rule: [{ ...version, validFrom: at('2027-01-01T00:00:00Z') }], occurred: {} }
    case 'WAITING':
      return { rule: [version], occurred: { COLLECTED: recently } }
    case 'NOT_YET':
      return { rule: [version], occurred: { COLLECTED: recently, CASE_CLOSED: recently } }
    case 'ONLY_UNDER_SHORTENED_RULE': {
      const year = { start: 'CASE_CLOSED', endOfYear: false, period: '1y' } as const
      const rule = [
        { ...version, retention: { kind: 'CLASS', class: year, minKeep: null } as const },
        { ...version, version: 2, validFrom: at('2026-08-01T00:00:00Z') },
      ]
      return running ? undefined : { rule, occurred: { COLLECTED: summer, CASE_CLOSED: summer } }
    }
    case 'REACHED':
      return running ? undefined : { rule: [version], occurred: { COLLECTED: summer, CASE_CLOSED: summer } }
  }
}

function questionFor(facts: Facts): Question | undefined {
  const time = timing(facts.due, facts.minKeep)
  if (time === undefined) return undefined
  const { offering, agreement } = archives[facts.archive]
  const words = {
    ...catalogue.DA01,
    offering: facts.archive === 'NOT_REQUIRED' ? 'NOT_A_RECORD' : 'OFFER',
  } as const
  const cluster: DataCluster =
    facts.due === 'NEVER' ? { ...words, personalData: false, proposal: { kind: 'PERMANENT' } } : words
  const subject: Subject = {
    ...ids,
    cluster,
    ruleVersion: 1,
    events: { occurred: time.occurred, variant: null, parent: null },
    filing: facts.filing === 'SETTLED' ? 'NOT_FILE_RELEVANT' : facts.filing,
    archiveCategory: 'AUSKUNFT',
    offering,
  }
  const requests: DataSubjectRequest[] = [...noise.requests]
  if (facts.access === 'PENDING')
    requests.push({ kind: 'ACCESS', scope: mine, receivedAt: recently, answeredAt: null })
  if (facts.erasure !== 'NONE') {
    const outcome = { state: 'GRANTED', at: recently } as const
    requests.push({ kind: 'ERASURE', scope: mine, receivedAt: recently, ground: 'ART17_1B', outcome })
    if (facts.erasure === 'UNLAWFUL_PROCESSING') {
      requests.push({ kind: 'ERASURE', scope: mine, receivedAt: recently, ground: 'ART17_1D', outcome })
    }
  }
  return {
    subject,
    rule: history(cluster, time.rule),
    approvedVersion: null,
    holds: facts.hold === 'IN_FORCE' ? [...noise.holds, hold({})] : noise.holds,
    restrictions:
      facts.restriction === 'IN_FORCE' ? [...noise.restrictions, restriction({})] : noise.restrictions,
    archiveAgreement: agreement,
    requests,
    on,
  }
}

describe('decide', () => {
  it('gives the answer of the table for an object of every combination that can exist', () => {
    let asked = 0
    for (const facts of allFacts) {
      const question = questionFor(facts)
      if (question === undefined) continue
      asked += 1
      const decision = decide(question)
      const row = table.rows.find((each) => matches(each, facts))
      if (decision.outcome !== row?.then.outcome || decision.because.code !== row.then.because) {
        expect.fail(
          `row ${row?.row}: ${JSON.stringify(facts)} gave ${decision.outcome} ${decision.because.code}`,
        )
      }
    }
    expect(asked).toBe((allFacts.length * 8) / 12)
  })

  it('answers a deletion in words that the ledger takes', () => {
    let deletions = 0
    for (const facts of allFacts) {
      const question = questionFor(facts)
      const decision = question === undefined ? undefined : decide(question)
      if (decision?.outcome !== 'DELETE') continue
      deletions += 1
      if (!archiveClearanceField.safeParse(decision.clearance).success)
        expect.fail(JSON.stringify(decision.clearance))
      if (decision.rule !== null && !ruleField.safeParse(decision.rule).success) expect.fail(decision.rule)
      if (!deletionGrounds.includes(decision.ground)) expect.fail(decision.ground)
    }
    expect(deletions).toBeGreaterThan(100)
  })

  it('remembers nothing of what was asked before, and changes nothing of what it is asked', () => {
    const questions = allFacts.flatMap((facts, index) => (index % 7 === 0 ? (questionFor(facts) ?? []) : []))
    const asked = structuredClone(questions)
    const forwards = questions.map((question) => decide(question))
    expect(new Set(forwards.map(({ outcome }) => outcome)).size).toBe(3)
    const backwards = questions.toReversed().map((question) => decide(question))
    expect(backwards.toReversed()).toEqual(forwards)
    expect(questions).toEqual(asked)
  })

  it('never deletes under a shortened rule before the old period ended, unless the approval names the new version', () => {
    const periods = fc.constantFrom('1d', '7d', '30d', '90d', '1y', '2y', '5y')
    const days = fc.integer({ min: 0, max: 3000 })
    fc.assert(
      fc.property(
        periods,
        periods,
        days,
        fc.constantFrom(null, 1, 2),
        (before, after, age, approvedVersion) => {
          function retention(period: typeof before): Retention {
            return {
              kind: 'CLASS',
              class: { start: 'CASE_CLOSED', endOfYear: false, period },
              minKeep: null,
            }
          }
          const rule = history(catalogue.DA08, [
            { version: 1, validFrom, retention: retention(before) },
            { version: 2, validFrom: at('2026-02-01T00:00:00Z'), retention: retention(after) },
          ])
          const moment = at(new Date(Date.parse(validFrom) + (age + 32) * 86_400_000).toISOString())
          const subject: Subject = {
            ...ids,
            cluster: catalogue.DA08,
            ruleVersion: 1,
            events: { occurred: { CASE_CLOSED: validFrom }, variant: null, parent: null },
            filing: 'NOT_APPLICABLE',
            archiveCategory: null,
            offering: { state: 'NOT_OFFERED' },
          }
          const rest = { holds: [], restrictions: [], archiveAgreement: null, requests: [] }
          const { outcome, due } = decide({ subject, rule, approvedVersion, ...rest, on: moment })
          const underOld = decide({
            subject,
            rule: history(catalogue.DA08, [{ version: 1, validFrom, retention: retention(before) }]),
            approvedVersion,
            ...rest,
            on: moment,
          })
          const dueNow = due.state === 'DUE_AT' && due.at <= moment
          expect(outcome === 'DELETE').toBe(
            dueNow && (approvedVersion === 2 || underOld.outcome === 'DELETE'),
          )
        },
      ),
      { numRuns: 500 },
    )
  })
})

// ---------------------------------------------------------------- worked cases

type QuestionVector = Omit<Question, 'subject' | 'rule' | 'holds' | 'restrictions' | 'archiveAgreement'> & {
  subject: Omit<Subject, 'cluster'> & { cluster: ClusterCode }
  rule: { cluster: ClusterCode; versions: RuleVector }
  holds: (HoldDraft & { releasedAt: Instant | null; endedBy: TwoPersons | null })[]
  restrictions: (RestrictionDraft & {
    informedAt: Instant | null
    liftedAt: Instant | null
    endedBy: TwoPersons | null
  })[]
  archiveAgreement: AgreementDraft | null
}
type Answer = {
  outcome: Decision['outcome']
  because: string
  besides?: string[]
  ground?: string
  clearance?: unknown
  dueOn: string | null
}

function checkedHold(vector: QuestionVector['holds'][number]): Checked<LegalHold, string> {
  const { releasedAt, endedBy, ...draft } = vector
  const placed = placeHold(draft, europeBerlin)
  if ('refused' in placed || releasedAt === null || endedBy === null) return placed
  return releaseHold(placed.accepted, releasedAt, endedBy)
}

function checkedRestriction(vector: QuestionVector['restrictions'][number]): Checked<Restriction, string> {
  const { informedAt, liftedAt, endedBy, ...draft } = vector
  const set = restrict(draft)
  if ('refused' in set || liftedAt === null || endedBy === null) return set
  return liftRestriction(set.accepted, liftedAt, informedAt, endedBy)
}

function questionOf(vector: QuestionVector): Question {
  return {
    ...vector,
    subject: { ...vector.subject, cluster: catalogue[vector.subject.cluster] },
    rule: history(catalogue[vector.rule.cluster], vector.rule.versions),
    holds: vector.holds.map((each) => accepted(checkedHold(each))),
    restrictions: vector.restrictions.map((each) => accepted(checkedRestriction(each))),
    archiveAgreement:
      vector.archiveAgreement === null ? null : accepted(agreeWithArchive(vector.archiveAgreement)),
  }
}

function answerOf(decision: Decision): Answer {
  const dueOn = decision.due.state === 'DUE_AT' ? decision.due.on : null
  const { outcome } = decision
  if (decision.outcome === 'DELETE') {
    return {
      outcome,
      ground: decision.ground,
      because: decision.because.code,
      clearance: decision.clearance,
      dueOn,
    }
  }
  return {
    outcome,
    because: decision.because.code,
    besides: decision.besides.map((each) => each.code),
    dueOn,
  }
}

describe('worked cases', () => {
  for (const file of readdirSync(new URL('valid/', vectors))) {
    const { title, cases } = read<{
      title: string
      cases: { why: string; question: QuestionVector; answer: Answer }[]
    }>(`valid/${file}`)
    describe(title, () => {
      it.each(cases)('$why', ({ question, answer }) => {
        expect(answerOf(decide(questionOf(question)))).toEqual(answer)
      })
    })
  }
})

describe('what cannot be written', () => {
  const holds = read<{ cases: { why: string; hold: QuestionVector['holds'][number]; code: string }[] }>(
    'invalid/holds.json',
  )
  it.each(holds.cases)('hold: $why', (vector) => {
    expect(checkedHold(vector.hold)).toEqual({ refused: vector.code })
  })

  const restrictions = read<{
    cases: { why: string; restriction: QuestionVector['restrictions'][number]; code: string }[]
  }>('invalid/restrictions.json')
  it.each(restrictions.cases)('restriction: $why', (vector) => {
    expect(checkedRestriction(vector.restriction)).toEqual({ refused: vector.code })
  })

  const agreements = read<{ cases: { why: string; agreement: AgreementDraft; code: string }[] }>(
    'invalid/agreements.json',
  )
  it.each(agreements.cases)('agreement: $why', (vector) => {
    expect(agreeWithArchive(vector.agreement)).toEqual({ refused: vector.code })
  })

  it('accepts a hold until the end of the day 12 months later', () => {
    expect(hold({ expiresAt: at('2027-09-01T22:00:00Z') }).expiresAt).toBe('2027-09-01T22:00:00.000Z')
  })
})

describe('what exists binds, whatever clocks say of when it began', () => {
  const later = at('2030-01-01T00:00:00Z')
  const before = at('2029-12-31T00:00:00Z')

  it('holds, restrictions and requests for access', () => {
    const set = hold({
      setAt: later,
      reviewAt: at('2030-03-01T00:00:00Z'),
      expiresAt: at('2030-06-01T00:00:00Z'),
    })
    expect(holdInForce(set, before)).toBe(true)
    expect(holdInForce(set, at('2030-06-01T00:00:00Z'))).toBe(false)
    const limited = restriction({ setAt: later, reviewAt: at('2030-03-01T00:00:00Z') })
    expect(restrictionInForce(limited, before)).toBe(true)
    expect(accessPending({ kind: 'ACCESS', scope: mine, receivedAt: later, answeredAt: null }, before)).toBe(
      true,
    )
    expect(accessPending({ kind: 'ACCESS', scope: mine, receivedAt: before, answeredAt: later }, later)).toBe(
      false,
    )
  })

  it('and nobody is told of the end of a restriction before it begins', () => {
    const limited = restriction({ setAt: later, reviewAt: at('2030-03-01T00:00:00Z') })
    const end = at('2030-02-01T00:00:00Z')
    expect(liftRestriction(limited, end, before, twoPersons)).toEqual({
      refused: 'DATA_SUBJECT_NOT_INFORMED',
    })
    expect(liftRestriction(limited, end, later, twoPersons)).toHaveProperty('accepted')
  })

  it('and no archive agrees to less time than the law gives it, where silence releases', () => {
    const agreed = { land: 'ST', silence: 'RELEASES', mode: { kind: 'OFFER_EACH' } } as const
    expect(agreeWithArchive({ ...agreed, answerWithinMonths: 11 })).toEqual({
      refused: 'ANSWER_TIME_BELOW_THE_LAW',
    })
    expect(agreeWithArchive({ ...agreed, answerWithinMonths: 12 })).toHaveProperty('accepted')
    expect(
      agreeWithArchive({ ...agreed, silence: 'RELEASES_NOTHING', answerWithinMonths: 1 }),
    ).toHaveProperty('accepted')
  })
})
