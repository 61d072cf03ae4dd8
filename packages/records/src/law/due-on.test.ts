import { readdirSync, readFileSync } from 'node:fs'
import { DateTimeFormatter, Instant as JodaInstant, LocalDate as JodaLocalDate, ZoneId } from '@js-joda/core'
import '@js-joda/timezone'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type Calendar, europeBerlin } from './calendar.ts'
import { catalogue } from './catalogue.ts'
import { type ClusterCode, clusterCodes, type Retention } from './data-cluster.ts'
import {
  classCode,
  type DeletionClass,
  isShorter,
  type StandardPeriod,
  standardPeriods,
  startEvents,
} from './deletion-class.ts'
import { approveRule, type DeletionRule, ruleHistory, ruleInForce, ruleReference } from './deletion-rule.ts'
import { type Due, dueOn, keepUntil, type SubjectEvents } from './due-on.ts'
import { type Instant, instantAt, type LocalDate, parseInstant, parseLocalDate } from './instant.ts'
import { personId } from './person.ts'

// Thousands of cases each, beside whatever else runs on the machine.
vi.setConfig({ testTimeout: 60_000 })

const vectors = new URL('../../vectors/due-dates/', import.meta.url)

function read<Content>(path: string): Content {
  return JSON.parse(readFileSync(new URL(path, vectors), 'utf8'))
}

function moment(text: string): Instant {
  const instant = parseInstant(text)
  if (instant === undefined) throw new Error(`no instant: ${text}`)
  return instant
}

/** The same calendar read from js-joda's own copy of the IANA zone database, without Intl. */
const berlin = ZoneId.of('Europe/Berlin')
const jodaBerlin: Calendar = {
  zone: 'Europe/Berlin',
  localDate: (at) => JodaInstant.parse(at).atZone(berlin).toLocalDate().toString() as LocalDate,
  startOfDay: (on) => {
    const midnight = JodaLocalDate.parse(on).atStartOfDay(berlin).toInstant()
    return new Date(midnight.toEpochMilli()).toISOString() as Instant
  },
}

/** Section 187/188 BGB written a second time, with js-joda's date arithmetic and nothing of ours. */
function secondOpinion(deletionClass: DeletionClass, eventAt: Instant): string {
  const event = JodaInstant.parse(eventAt)
  const day = event.atZone(berlin).toLocalDate()
  const length = Number.parseInt(deletionClass.period, 10)
  function text(end: JodaLocalDate) {
    return new Date(end.atStartOfDay(berlin).toInstant().toEpochMilli()).toISOString()
  }
  if (deletionClass.endOfYear) return text(JodaLocalDate.of(day.year() + 1 + length, 1, 1))
  if (deletionClass.period === '0d') return eventAt
  if (deletionClass.period.endsWith('h'))
    return new Date(event.plusSeconds(length * 3600).toEpochMilli()).toISOString()
  if (deletionClass.period.endsWith('y')) return text(day.plusYears(length).plusDays(1))
  return text(day.plusDays(length + 1))
}

const instants = fc
  .integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2199, 11, 31, 23, 59, 59) })
  .map((milliseconds) => instantAt(milliseconds))
  .filter((instant) => instant !== undefined)
/** Half of them within two hours of a Berlin midnight, where mistakes live. */
const trickyInstants = fc.oneof(
  instants,
  fc
    .tuple(instants, fc.integer({ min: -7_200_000, max: 7_200_000 }))
    .map(([at, shift]) => instantAt(Date.parse(`${at.slice(0, 10)}T00:00:00Z`) + shift))
    .filter((instant) => instant !== undefined),
)
const yearPeriods = ['1y', '2y', '3y', '5y', '10y', '30y'] as const
const classes: fc.Arbitrary<DeletionClass> = fc.oneof(
  fc.record({
    start: fc.constantFrom(...startEvents),
    endOfYear: fc.constant(false as const),
    period: fc.constantFrom(...standardPeriods),
  }),
  fc.record({
    start: fc.constantFrom(...startEvents),
    endOfYear: fc.constant(true as const),
    period: fc.constantFrom(...yearPeriods),
  }),
)
const retentions: fc.Arbitrary<Retention> = fc.oneof(
  fc.record({ kind: fc.constant('CLASS' as const), class: classes, minKeep: fc.option(classes) }),
  fc.record({
    kind: fc.constant('BY_VARIANT' as const),
    classes: fc.record({ FILE_PLAN_5Y: classes, DEAD_LETTER: classes }, { requiredKeys: [] }),
    minKeep: fc.option(classes),
  }),
  fc.record({ kind: fc.constant('WITH_PARENT' as const), unlessFiled: fc.option(classes) }),
  fc.record({ kind: fc.constant('PERMANENT' as const) }),
)
const dues: fc.Arbitrary<Due> = fc.oneof(
  trickyInstants.map((at): Due => ({ state: 'DUE_AT', at, on: europeBerlin.localDate(at) })),
  fc.constant<Due>({ state: 'WAITING', missing: 'CASE_CLOSED' }),
)
const histories: fc.Arbitrary<SubjectEvents> = fc.record({
  occurred: fc.record(
    { COLLECTED: trickyInstants, CASE_CLOSED: trickyInstants, RELATION_ENDED: trickyInstants },
    { requiredKeys: [] },
  ),
  variant: fc.constantFrom('FILE_PLAN_5Y' as const, 'DEAD_LETTER' as const, 'RAW_EVENT' as const, null),
  parent: fc.option(fc.record({ due: dues, filed: fc.boolean() })),
})

/** Waiting and never are later than every date. */
function rank(due: Due): string {
  return due.state === 'DUE_AT' ? due.at : '9999'
}

type ValidFile = {
  title: string
  cases: { why: string; retention: Retention; events: SubjectEvents; due: Due }[]
}

describe('worked examples', () => {
  for (const file of readdirSync(new URL('valid/', vectors))) {
    const { title, cases } = read<ValidFile>(`valid/${file}`)
    describe(title, () => {
      it.each(cases)('$why', ({ retention, events, due }) => {
        expect(dueOn({ retention }, events, europeBerlin)).toEqual(due)
        expect(dueOn({ retention }, events, jodaBerlin)).toEqual(due)
      })
    })
  }
})

describe('a second date library', () => {
  it('reads the same days in Berlin', () => {
    fc.assert(
      fc.property(trickyInstants, (at) => {
        const on = europeBerlin.localDate(at)
        expect(on).toBe(jodaBerlin.localDate(at))
        expect(europeBerlin.startOfDay(on)).toBe(jodaBerlin.startOfDay(on))
      }),
      { numRuns: 2000 },
    )
  })

  it('agrees on every midnight of forty years', () => {
    for (let day = JodaLocalDate.of(2020, 1, 1); day.year() < 2060; day = day.plusDays(1)) {
      const on = day.format(DateTimeFormatter.ISO_LOCAL_DATE) as LocalDate
      if (europeBerlin.startOfDay(on) !== jodaBerlin.startOfDay(on)) expect.fail(on)
    }
  })

  it('agrees on the end of every period', () => {
    fc.assert(
      fc.property(classes, trickyInstants, (deletionClass, at) => {
        const events = { occurred: { [deletionClass.start]: at }, variant: null, parent: null }
        const due = dueOn(
          { retention: { kind: 'CLASS', class: deletionClass, minKeep: null } },
          events,
          europeBerlin,
        )
        expect(due).toMatchObject({ state: 'DUE_AT', at: secondOpinion(deletionClass, at) })
      }),
      { numRuns: 2000 },
    )
  })
})

describe('properties', () => {
  it('a later event never makes a thing due earlier', () => {
    fc.assert(
      fc.property(
        retentions,
        histories,
        fc.constantFrom(...startEvents),
        fc.integer({ min: 1, max: 4e10 }),
        (retention, events, start, delay) => {
          const at = events.occurred[start]
          const laterAt = at === undefined ? undefined : instantAt(Date.parse(at) + delay)
          fc.pre(laterAt !== undefined && laterAt < '2200')
          const later = { ...events, occurred: { ...events.occurred, [start]: laterAt } }
          const before = rank(dueOn({ retention }, events, europeBerlin))
          expect(rank(dueOn({ retention }, later, europeBerlin)) >= before).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('a shorter period is never due later', () => {
    fc.assert(
      fc.property(
        classes,
        fc.constantFrom(...standardPeriods),
        trickyInstants,
        (deletionClass, period, at) => {
          const other = { ...deletionClass, period } as DeletionClass
          fc.pre(!other.endOfYear || (period as string).endsWith('y'))
          fc.pre(isShorter(other.period, deletionClass.period))
          const events = { occurred: { [deletionClass.start]: at }, variant: null, parent: null }
          function dueUnder(each: DeletionClass) {
            return rank(
              dueOn({ retention: { kind: 'CLASS', class: each, minKeep: null } }, events, europeBerlin),
            )
          }
          expect(dueUnder(other) <= dueUnder(deletionClass)).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('a minimum keep only ever delays, and nothing is due before it ended', () => {
    fc.assert(
      fc.property(classes, classes, histories, (deletionClass, minKeep, events) => {
        const kept = { retention: { kind: 'CLASS', class: deletionClass, minKeep } } as const
        const free = { retention: { kind: 'CLASS', class: deletionClass, minKeep: null } } as const
        const due = rank(dueOn(kept, events, europeBerlin))
        expect(due >= rank(dueOn(free, events, europeBerlin))).toBe(true)
        const until = keepUntil(kept, events, europeBerlin)
        expect(due >= (until === 'NOT_BEGUN' || until === null ? '9999' : until)).toBe(true)
      }),
    )
  })

  it('nothing is due before the event that starts its period', () => {
    fc.assert(
      fc.property(classes, trickyInstants, (deletionClass, at) => {
        const events = { occurred: { [deletionClass.start]: at }, variant: null, parent: null }
        const due = dueOn(
          { retention: { kind: 'CLASS', class: deletionClass, minKeep: null } },
          events,
          europeBerlin,
        )
        expect(rank(due) >= at).toBe(true)
      }),
    )
  })

  it('is total, and every date is the day its moment lies on', () => {
    fc.assert(
      fc.property(retentions, histories, (retention, events) => {
        const due = dueOn({ retention }, events, europeBerlin)
        if (due.state === 'DUE_AT') expect(due.on).toBe(europeBerlin.localDate(due.at))
        else expect(['WAITING', 'NEVER']).toContain(due.state)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('instants', () => {
  it.each(read<{ cases: string[] }>('invalid/instants.json').cases)('%j names no moment', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  it('accepts a moment with and without milliseconds as the same', () => {
    expect(parseInstant('2026-06-03T10:00:00Z')).toBe('2026-06-03T10:00:00.000Z')
    expect(parseInstant('2026-06-03T10:00:00.000Z')).toBe('2026-06-03T10:00:00.000Z')
  })

  it('knows which days exist', () => {
    expect(parseLocalDate('2028-02-29')).toBe('2028-02-29')
    for (const text of ['2027-02-29', '2026-00-10', '2026-1-1', '0000-01-01', '2026-04-31', 'heute']) {
      expect(parseLocalDate(text)).toBeUndefined()
    }
  })
})

type InvalidRule = {
  why: string
  cluster: ClusterCode
  version: number
  retention: Retention
  proposedBy: string
  approvedBy: string
  code: string
}

function approved(version: number, validFrom: string, cluster: ClusterCode = 'DA01'): DeletionRule {
  const checked = approveRule({
    cluster: catalogue[cluster],
    version,
    retention: catalogue[cluster].proposal,
    validFrom: moment(validFrom),
    proposedBy: personId('p1'),
    approvedBy: personId('p2'),
  })
  if ('refused' in checked) throw new Error(checked.refused)
  return checked.accepted
}

describe('rules', () => {
  it.each(read<{ cases: InvalidRule[] }>('invalid/rules.json').cases)('refuses: $why', (vector) => {
    const checked = approveRule({
      cluster: catalogue[vector.cluster],
      version: vector.version,
      retention: vector.retention,
      validFrom: moment('2026-01-01T00:00:00Z'),
      proposedBy: personId(vector.proposedBy),
      approvedBy: personId(vector.approvedBy),
    })
    expect(checked).toEqual({ refused: vector.code })
  })

  it('takes the version in force at the moment', () => {
    const checked = ruleHistory([approved(1, '2026-01-01T00:00:00Z'), approved(2, '2026-07-01T00:00:00Z')])
    if ('refused' in checked) expect.fail(checked.refused)
    const history = checked.accepted
    function reference(text: string) {
      const rule = ruleInForce(history, moment(text))
      return rule === undefined ? undefined : ruleReference(rule)
    }
    expect(reference('2025-12-31T23:59:59.999Z')).toBeUndefined()
    expect(reference('2026-01-01T00:00:00Z')).toBe('LR-DA01@1')
    expect(reference('2026-06-30T23:59:59.999Z')).toBe('LR-DA01@1')
    expect(reference('2026-07-01T00:00:00Z')).toBe('LR-DA01@2')
  })

  it.each([
    ['EMPTY', []],
    ['VERSIONS_NOT_CONSECUTIVE', [approved(1, '2026-01-01T00:00:00Z'), approved(3, '2026-02-01T00:00:00Z')]],
    ['VERSIONS_NOT_CONSECUTIVE', [approved(2, '2026-01-01T00:00:00Z')]],
    ['VALID_FROM_NOT_INCREASING', [approved(1, '2026-02-01T00:00:00Z'), approved(2, '2026-01-01T00:00:00Z')]],
    ['VALID_FROM_NOT_INCREASING', [approved(1, '2026-02-01T00:00:00Z'), approved(2, '2026-02-01T00:00:00Z')]],
    [
      'DIFFERENT_CLUSTERS',
      [approved(1, '2026-01-01T00:00:00Z'), approved(2, '2026-02-01T00:00:00Z', 'DA02')],
    ],
  ])('refuses a history: %s', (code, versions) => {
    expect(ruleHistory(versions)).toEqual({ refused: code })
  })
})

describe('catalogue', () => {
  it.each(clusterCodes)('%s can be approved as version 1 and is complete in both languages', (code) => {
    const cluster = catalogue[code]
    expect(cluster.code).toBe(code)
    expect(ruleReference(approved(1, '2026-01-01T00:00:00Z', code))).toBe(`LR-${code}@1`)
    for (const words of [
      cluster.title,
      cluster.purpose,
      cluster.dataSubjects,
      cluster.startsWhen,
      cluster.remark,
    ]) {
      expect(words.de.trim()).not.toBe('')
      expect(words.en.trim()).not.toBe('')
    }
    expect(cluster.legalBasis.trim()).not.toBe('')
  })

  it('keeps for ever only what holds no personal data', () => {
    const permanent = clusterCodes.filter((code) => catalogue[code].proposal.kind === 'PERMANENT')
    expect(permanent).toEqual(['DA14'])
    expect(catalogue.DA14.personalData).toBe(false)
  })

  it('names classes as the ledger does', () => {
    expect(classCode({ start: 'CASE_CLOSED', endOfYear: false, period: '30d' })).toBe('CASE_CLOSED/30d')
    expect(classCode({ start: 'CASE_CLOSED', endOfYear: true, period: '5y' })).toBe(
      'CASE_CLOSED+END_OF_YEAR/5y',
    )
  })

  it('orders the standard periods by their length', () => {
    function hours(period: StandardPeriod) {
      return Number.parseInt(period, 10) * (period.endsWith('y') ? 8760 : period.endsWith('d') ? 24 : 1)
    }
    const lengths = standardPeriods.map(hours)
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b))
  })
})
