import { type FieldRefusal, Refusal, type RuleClass, type RulePeriod } from '@buergerdraht/contract'
import { asInstant, type Rules, ruleAt, type StoredRule } from '@buergerdraht/office'
import {
  approveRule,
  type ClusterCode,
  catalogue,
  type DeletionClass,
  personId,
  type Retention,
  type StandardPeriod,
  type StartEvent,
  standardPeriods,
  type Variant,
  type YearPeriod,
} from '@buergerdraht/records'

/**
 * The clusters whose rows carry dates of their own, which the nightly comparison computes from the rule. What sweeps by a fixed period of the
 * product would not follow another one.
 */
const withDates: readonly ClusterCode[] = ['DA01', 'DA02', 'DA03', 'DA04', 'DA06']

export function isChangeable(code: ClusterCode): boolean {
  return withDates.includes(code)
}

/** The classes of a rule with the variant that each is for: none where it has no period of its own. */
export function classesOf(retention: Retention): RuleClass[] {
  switch (retention.kind) {
    case 'PERMANENT':
      return []
    case 'CLASS':
      return [{ variant: null, ...retention.class }]
    case 'WITH_PARENT':
      return retention.unlessFiled === null ? [] : [{ variant: null, ...retention.unlessFiled }]
    case 'BY_VARIANT':
      return Object.entries(retention.classes).map(([variant, one]) => ({ variant, ...one }))
  }
}

type Judged =
  | { readonly class: DeletionClass }
  | { readonly fault: Omit<FieldRefusal, 'path'>; readonly at: string }

function judge(start: StartEvent, { period, endOfYear }: RulePeriod): Judged {
  if (!(standardPeriods as readonly string[]).includes(period))
    return { fault: { fault: 'period-unknown', detail: standardPeriods.join(', ') }, at: 'period' }
  if (!endOfYear) return { class: { start, endOfYear, period: period as StandardPeriod } }
  if (!period.endsWith('y')) return { fault: { fault: 'end-of-year-wants-years' }, at: 'endOfYear' }
  return { class: { start, endOfYear, period: period as YearPeriod } }
}

function keyOf(variant: string | null): string {
  return variant ?? ''
}

/**
 * A rule with other periods. What starts a period, and which variants there are, is the product's: events that never happen to an object would
 * keep it for ever. @throws Refusal `invalid-input`
 */
function withPeriods(retention: Retention, asked: readonly RulePeriod[]): Retention {
  const starts = new Map(
    classesOf(retention).map(({ variant, start }) => [keyOf(variant), start as StartEvent]),
  )
  const faults: FieldRefusal[] = []
  const found = new Map<string, DeletionClass>()
  for (const [index, one] of asked.entries()) {
    const start = starts.get(keyOf(one.variant))
    const path = `periods.${index}`
    if (start === undefined) faults.push({ path: `${path}.variant`, fault: 'variant-unknown' })
    else if (found.has(keyOf(one.variant))) faults.push({ path: `${path}.variant`, fault: 'named-twice' })
    else {
      const judged = judge(start, one)
      if ('fault' in judged) faults.push({ path: `${path}.${judged.at}`, ...judged.fault })
      else found.set(keyOf(one.variant), judged.class)
    }
  }
  if (faults.length === 0 && found.size < starts.size) faults.push({ path: 'periods', fault: 'missing' })
  if (faults.length > 0) throw new Refusal('invalid-input', faults)
  const only = found.get('') as DeletionClass
  switch (retention.kind) {
    case 'CLASS':
      return { ...retention, class: only }
    case 'WITH_PARENT':
      return { ...retention, unlessFiled: only }
    case 'BY_VARIANT':
      return { ...retention, classes: Object.fromEntries(found) as Partial<Record<Variant, DeletionClass>> }
    case 'PERMANENT':
      throw new Refusal('rule-not-changeable')
  }
}

function isSame(one: Retention, other: Retention): boolean {
  function codes(retention: Retention): string {
    return classesOf(retention)
      .map(({ variant, start, endOfYear, period }) => [variant, start, endOfYear, period].join())
      .toSorted()
      .join(';')
  }
  return codes(one) === codes(other)
}

/** The next version of a rule. */
export type NextRule = {
  readonly cluster: ClusterCode
  readonly current: StoredRule
  readonly version: number
  readonly retention: Retention
}

// Who they are is asked when it is approved; here the law looks at everything else.
const [one, another] = [personId('proposes'), personId('approves')]

/**
 * What other periods make of the rule in force.
 * @throws Refusal `not-found`, `rule-not-changeable`, `rule-unchanged`, `invalid-input`
 */
export function nextRule(rules: Rules, code: string, asked: readonly RulePeriod[], now: Date): NextRule {
  if (!Object.hasOwn(catalogue, code)) throw new Refusal('not-found')
  const cluster = code as ClusterCode
  const current = ruleAt(rules, cluster, asInstant(now))
  if (current === undefined || !isChangeable(cluster)) throw new Refusal('rule-not-changeable')
  const retention = withPeriods(current.retention, asked)
  if (isSame(retention, current.retention)) throw new Refusal('rule-unchanged')
  const version =
    Math.max(...rules.filter((rule) => rule.cluster === cluster).map((rule) => rule.version)) + 1
  const checked = approveRule({
    cluster: catalogue[cluster],
    version,
    retention,
    validFrom: asInstant(now),
    proposedBy: one,
    approvedBy: another,
  })
  if ('accepted' in checked) return { cluster, current, version, retention }
  if (checked.refused === 'MIN_KEEP_EXCEEDS_PERIOD')
    throw new Refusal('invalid-input', [{ path: 'periods', fault: 'under-min-keep' }])
  throw new Refusal('rule-not-changeable')
}
