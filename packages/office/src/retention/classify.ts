import {
  type ClusterCode,
  type Due,
  dueOn,
  europeBerlin,
  type MissingStart,
  type SubjectEvents,
} from '@buergerdraht/records'
import { asInstant, type Rules, ruleAt } from './rules.ts'

/** What a row says of itself: its cluster, the version of the rule, and when it has to be gone or what that waits for. */
export type Classified = {
  readonly cluster: ClusterCode
  readonly ruleVersion: number
  readonly due: Exclude<Due, { readonly state: 'NEVER' }>
}

/** The same as the columns of a row. */
export type ClassifiedColumns = {
  readonly cluster: ClusterCode
  readonly ruleVersion: number
  readonly dueAt: Date | null
  readonly waitsFor: MissingStart | null
}

export function columnsOf({ cluster, ruleVersion, due }: Classified): ClassifiedColumns {
  return due.state === 'DUE_AT'
    ? { cluster, ruleVersion, dueAt: new Date(due.at), waitsFor: null }
    : { cluster, ruleVersion, dueAt: null, waitsFor: due.missing }
}

/**
 * Puts an object under the rule of its cluster that is in force: the date is `dueOn`'s. Version 0 where there is no rule, which the coverage
 * counts as a gap.
 */
export function classify(rules: Rules, cluster: ClusterCode, events: SubjectEvents, now: Date): Classified {
  const rule = ruleAt(rules, cluster, asInstant(now))
  if (rule === undefined) return { cluster, ruleVersion: 0, due: { state: 'WAITING', missing: 'RULE' } }
  const due = dueOn(rule, events, europeBerlin)
  if (due.state === 'NEVER') throw new Error(`${cluster} would be kept for ever`)
  return { cluster, ruleVersion: rule.version, due }
}

/**
 * The same for an object that was classified before. Its date is that of the rule in force; it keeps the version that it was classified under as
 * long as that one would give it more time, because a shortened rule deletes it only where a run's approval names the new version.
 */
export function reclassify(
  rules: Rules,
  cluster: ClusterCode,
  assigned: number,
  events: SubjectEvents,
  now: Date,
): Classified {
  const current = classify(rules, cluster, events, now)
  if (current.due.state !== 'DUE_AT' || assigned === current.ruleVersion) return current
  const before = rules.find((rule) => rule.cluster === cluster && rule.version === assigned)
  const due = before && dueOn(before, events, europeBerlin)
  const isSooner = due === undefined || due.state !== 'DUE_AT' || due.at > current.due.at
  return isSooner ? { ...current, ruleVersion: assigned } : current
}
