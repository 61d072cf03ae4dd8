import type { Calendar } from './calendar.ts'
import { addDays, addYears, type Instant, instantAt, nextNewYear } from './instant.ts'

/**
 * The three abstract events that start a deletion period (DIN EN ISO/IEC 27555, start time): the data were collected, the
 * case was closed, the relation to the person ended. What fires one for a given cluster is said in the catalogue; phases
 * of variable length lie before it.
 */
export const startEvents = ['COLLECTED', 'CASE_CLOSED', 'RELATION_ENDED'] as const
export type StartEvent = (typeof startEvents)[number]

/** The standard periods (Standardlöschfristen), shortest first. A rule can use no other. */
export const standardPeriods = [
  '0d',
  '1h',
  '24h',
  '1d',
  '7d',
  '14d',
  '30d',
  '35d',
  '90d',
  '1y',
  '2y',
  '3y',
  '5y',
  '10y',
  '30y',
] as const
export type StandardPeriod = (typeof standardPeriods)[number]
export type YearPeriod = Extract<StandardPeriod, `${number}y`>

/**
 * A cell of the class matrix: standard period × start event. Waiting for the end of the calendar year makes sense only
 * with periods of whole years.
 */
export type DeletionClass =
  | { readonly start: StartEvent; readonly endOfYear: false; readonly period: StandardPeriod }
  | { readonly start: StartEvent; readonly endOfYear: true; readonly period: YearPeriod }

export type ClassCode = `${StartEvent}/${StandardPeriod}` | `${StartEvent}+END_OF_YEAR/${YearPeriod}`

/** The class as one word, as the ledger and the class matrix show it: `CASE_CLOSED+END_OF_YEAR/5y`. */
export function classCode(deletionClass: DeletionClass): ClassCode {
  return deletionClass.endOfYear
    ? `${deletionClass.start}+END_OF_YEAR/${deletionClass.period}`
    : `${deletionClass.start}/${deletionClass.period}`
}

/** True when `one` is a shorter standard period than `other`. */
export function isShorter(one: StandardPeriod, other: StandardPeriod): boolean {
  return standardPeriods.indexOf(one) < standardPeriods.indexOf(other)
}

/**
 * The moment at which a period that began with an event has run out.
 *
 * - Days and years: the day of the event does not count (section 187 (1) BGB, Article 3 (1) Regulation 1182/71), the
 *   period ends with the end of its last day (section 188). So 30 d from 3 June, any hour, is 4 July 00:00.
 * - With END_OF_YEAR the period begins on 1 January, and that day counts (section 187 (2)): 5 y from any day of 2026 is
 *   1 January 2032 00:00.
 * - Hours are elapsed time and know no calendar. `0d` is the event itself.
 *
 * Periods are not moved off Sundays and holidays: deleting is not an act a person must perform (section 193 BGB).
 */
export function endOfPeriod(deletionClass: DeletionClass, eventAt: Instant, calendar: Calendar): Instant {
  const eventOn = calendar.localDate(eventAt)
  if (deletionClass.endOfYear) {
    return calendar.startOfDay(addYears(nextNewYear(eventOn), lengthOf(deletionClass.period)))
  }
  const { period } = deletionClass
  if (period === '0d') return eventAt
  const length = lengthOf(period)
  if (period.endsWith('h')) return hoursAfter(eventAt, length)
  const lastDay = period.endsWith('y') ? addYears(eventOn, length) : addDays(eventOn, length)
  return calendar.startOfDay(addDays(lastDay, 1))
}

function lengthOf(period: StandardPeriod): number {
  return Number.parseInt(period, 10)
}

function hoursAfter(at: Instant, hours: number): Instant {
  const later = instantAt(Date.parse(at) + hours * 3_600_000)
  if (later === undefined) throw new RangeError('The period ends outside the years this calendar covers')
  return later
}
