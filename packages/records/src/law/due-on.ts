import type { Calendar } from './calendar.ts'
import type { Retention, Variant } from './data-cluster.ts'
import { type DeletionClass, endOfPeriod, type StartEvent } from './deletion-class.ts'
import type { Instant, LocalDate } from './instant.ts'

/** What has happened to an object as far as deletion periods are concerned. An absent event has not happened. */
export type SubjectEvents = {
  readonly occurred: Readonly<Partial<Record<StartEvent, Instant>>>
  readonly variant: Variant | null
  /** The object it belongs to (an attachment's message), with that object's own due date. */
  readonly parent: { readonly due: Due; readonly filed: boolean } | null
}

/** What must still happen before a period begins: an event, a choice of variant, the parent's own start, a rule. */
export type MissingStart = StartEvent | 'VARIANT' | 'PARENT' | 'RULE'

/**
 * When an object must be gone. `at` is the first moment after the period; `on` is that day in the town hall.
 * There is no fourth answer: each object has a due date, or names what it waits for, or holds no personal data.
 */
export type Due =
  | { readonly state: 'DUE_AT'; readonly at: Instant; readonly on: LocalDate }
  | { readonly state: 'WAITING'; readonly missing: MissingStart }
  | { readonly state: 'NEVER' }

/** How long a statutory minimum keep (Vorhaltefrist) forbids deletion; `null` where there is none. */
export type KeepUntil = Instant | 'NOT_BEGUN' | null

/**
 * The due date of an object under one version of a rule: the end of its period (Regellöschfrist, DIN EN ISO/IEC 27555),
 * and never before the minimum keep has ended. Holds and restrictions do not move it: they stop the deletion, not the date.
 *
 * A later event never gives an earlier date, and a shorter period never a later one.
 */
export function dueOn(
  rule: { readonly retention: Retention },
  events: SubjectEvents,
  calendar: Calendar,
): Due {
  const { retention } = rule
  switch (retention.kind) {
    case 'PERMANENT':
      return { state: 'NEVER' }
    case 'CLASS':
      return later(endOf(retention.class, events, calendar), endOfMinKeep(retention, events, calendar))
    case 'BY_VARIANT': {
      const deletionClass = events.variant === null ? undefined : retention.classes[events.variant]
      if (deletionClass === undefined) return { state: 'WAITING', missing: 'VARIANT' }
      return later(endOf(deletionClass, events, calendar), endOfMinKeep(retention, events, calendar))
    }
    case 'WITH_PARENT': {
      const { parent } = events
      if (parent === null) return { state: 'WAITING', missing: 'PARENT' }
      const own: Due = parent.due.state === 'WAITING' ? { state: 'WAITING', missing: 'PARENT' } : parent.due
      if (parent.filed || retention.unlessFiled === null) return own
      return earlier(own, endOf(retention.unlessFiled, events, calendar))
    }
  }
}

/** The end of the minimum keep of a rule for an object. */
export function keepUntil(
  rule: { readonly retention: Retention },
  events: SubjectEvents,
  calendar: Calendar,
): KeepUntil {
  const { retention } = rule
  if (!('minKeep' in retention) || retention.minKeep === null) return null
  const end = endOf(retention.minKeep, events, calendar)
  return end.state === 'DUE_AT' ? end.at : 'NOT_BEGUN'
}

function endOf(deletionClass: DeletionClass, events: SubjectEvents, calendar: Calendar): Due {
  const eventAt = events.occurred[deletionClass.start]
  if (eventAt === undefined) return { state: 'WAITING', missing: deletionClass.start }
  const at = endOfPeriod(deletionClass, eventAt, calendar)
  return { state: 'DUE_AT', at, on: calendar.localDate(at) }
}

function endOfMinKeep(
  retention: { readonly minKeep: DeletionClass | null },
  events: SubjectEvents,
  calendar: Calendar,
): Due | null {
  return retention.minKeep === null ? null : endOf(retention.minKeep, events, calendar)
}

/** Waiting is later than every date: what has not begun has no end yet. */
function later(period: Due, minKeep: Due | null): Due {
  if (minKeep === null || period.state !== 'DUE_AT') return period
  if (minKeep.state !== 'DUE_AT') return minKeep
  return minKeep.at > period.at ? minKeep : period
}

function earlier(parent: Due, bound: Due): Due {
  if (bound.state !== 'DUE_AT') return parent
  return parent.state === 'DUE_AT' && parent.at <= bound.at ? parent : bound
}
