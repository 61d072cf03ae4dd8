import { asInstant, type StoredRule } from '@buergerdraht/office'
import {
  dueOn,
  europeBerlin,
  type Instant,
  instantAt,
  type StartEvent,
  type Variant,
} from '@buergerdraht/records'

/**
 * The latest moment at which a period can have begun for an object to be due by `at`; null: there is none. Found by asking `dueOn`, for which a
 * later event never gives an earlier date: so a million rows are counted by comparing a column, and the law still is in one place.
 */
export function begunBefore(
  rule: StoredRule,
  event: StartEvent,
  variant: Variant | null,
  at: Date,
): Date | null {
  const limit = asInstant(at)
  function isDue(begun: Instant): boolean {
    const due = dueOn(rule, { occurred: { [event]: begun }, variant, parent: null }, europeBerlin)
    return due.state === 'DUE_AT' && due.at <= limit
  }
  // The longest period is 30 years and the rest of one.
  let due = at.getTime() - 32 * 366 * 24 * 60 * 60 * 1000
  let notDue = at.getTime() + 1
  if (!isDue(momentOf(due))) return null
  while (notDue - due > 1) {
    const middle = Math.floor((due + notDue) / 2)
    if (isDue(momentOf(middle))) due = middle
    else notDue = middle
  }
  return new Date(due)
}

function momentOf(milliseconds: number): Instant {
  const instant = instantAt(milliseconds)
  if (instant === undefined) throw new RangeError('A moment outside the years of the law')
  return instant
}
