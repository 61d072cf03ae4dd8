import { type ClusterCode, type DataCluster, type Retention, type Variant, variants } from './data-cluster.ts'
import { type DeletionClass, isShorter } from './deletion-class.ts'
import type { Instant } from './instant.ts'
import type { Checked, PersonId } from './person.ts'

declare const ruleMark: unique symbol
declare const historyMark: unique symbol

/** What a person writes down when proposing a version of a rule. */
export type RuleDraft = {
  readonly cluster: DataCluster
  readonly version: number
  readonly retention: Retention
  readonly validFrom: Instant
  readonly proposedBy: PersonId
  readonly approvedBy: PersonId
}

/** An approved version of a deletion rule (Löschregel). Immutable: a change is the next version. */
export type DeletionRule = Omit<RuleDraft, 'cluster'> & {
  readonly cluster: ClusterCode
  readonly [ruleMark]: true
}

export type RuleReference = `LR-${ClusterCode}@${number}`

export type RuleFault =
  | 'SAME_PERSON_TWICE'
  | 'VERSION_OUT_OF_RANGE'
  | 'PERMANENT_PERSONAL_DATA'
  | 'MIN_KEEP_EXCEEDS_PERIOD'
  | 'NO_VARIANTS'

/** Enough for three changes a day in ten years, and too small to hide a phone number in a rule's reference. */
export const maxRuleVersion = 9999

/** Checks a proposed version. Two different persons, a bounded version, a minimum keep that fits into the period. */
export function approveRule(draft: RuleDraft): Checked<DeletionRule, RuleFault> {
  const { cluster, version, retention } = draft
  if (draft.proposedBy === draft.approvedBy) return { refused: 'SAME_PERSON_TWICE' }
  if (!Number.isInteger(version) || version < 1 || version > maxRuleVersion) {
    return { refused: 'VERSION_OUT_OF_RANGE' }
  }
  if (retention.kind === 'PERMANENT' && cluster.personalData) return { refused: 'PERMANENT_PERSONAL_DATA' }
  if (retention.kind === 'BY_VARIANT' && classesOf(retention).length === 0) return { refused: 'NO_VARIANTS' }
  if ('minKeep' in retention && retention.minKeep !== null) {
    const { minKeep } = retention
    if (classesOf(retention).some((each) => exceeds(minKeep, each)))
      return { refused: 'MIN_KEEP_EXCEEDS_PERIOD' }
  }
  return { accepted: { ...draft, cluster: cluster.code } as DeletionRule }
}

function classesOf(retention: Retention): DeletionClass[] {
  if (retention.kind === 'CLASS') return [retention.class]
  if (retention.kind === 'BY_VARIANT') {
    return variants.flatMap((variant: Variant) => retention.classes[variant] ?? [])
  }
  return []
}

/**
 * The class that a rule has for an object of this variant; where nobody has said its variant, the longest that the rule knows, because nobody has said a
 * shorter one. Null: the rule has no periods.
 */
export function classOfVariant(retention: Retention, variant: Variant | null): DeletionClass | null {
  if (retention.kind === 'BY_VARIANT' && variant !== null && retention.classes[variant] !== undefined)
    return retention.classes[variant]
  const [first, ...others] = classesOf(retention)
  if (first === undefined) return null
  return others.reduce((one, other) => (isShorter(one.period, other.period) ? other : one), first)
}

/** Comparable only when both begin with the same event; otherwise the later of both ends decides, case by case. */
function exceeds(minKeep: DeletionClass, deletionClass: DeletionClass): boolean {
  if (minKeep.start !== deletionClass.start) return false
  if (isShorter(deletionClass.period, minKeep.period)) return true
  return minKeep.period === deletionClass.period && minKeep.endOfYear && !deletionClass.endOfYear
}

/** `LR-DA01@3`, as it is written into the ledger. */
export function ruleReference(rule: Pick<DeletionRule, 'cluster' | 'version'>): RuleReference {
  return `LR-${rule.cluster}@${rule.version}`
}

/** All versions of one cluster's rule, oldest first. */
export type RuleHistory = readonly [DeletionRule, ...DeletionRule[]] & { readonly [historyMark]: true }

export type HistoryFault =
  | 'EMPTY'
  | 'DIFFERENT_CLUSTERS'
  | 'VERSIONS_NOT_CONSECUTIVE'
  | 'VALID_FROM_NOT_INCREASING'

/** Puts versions together: one cluster, numbered 1, 2, 3 …, each valid from later than the one before. */
export function ruleHistory(versions: readonly DeletionRule[]): Checked<RuleHistory, HistoryFault> {
  const [first] = versions
  if (first === undefined) return { refused: 'EMPTY' }
  let validUntil = ''
  for (const [index, rule] of versions.entries()) {
    if (rule.cluster !== first.cluster) return { refused: 'DIFFERENT_CLUSTERS' }
    if (rule.version !== index + 1) return { refused: 'VERSIONS_NOT_CONSECUTIVE' }
    if (rule.validFrom <= validUntil) return { refused: 'VALID_FROM_NOT_INCREASING' }
    validUntil = rule.validFrom
  }
  return { accepted: [...versions] as readonly DeletionRule[] as RuleHistory }
}

/** The version in force at a moment; `undefined` before the first begins. */
export function ruleInForce(history: RuleHistory, at: Instant): DeletionRule | undefined {
  return history.findLast((rule) => rule.validFrom <= at)
}
