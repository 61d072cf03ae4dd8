import { addDays, type Instant, instantAt, type LocalDate } from './instant.ts'

/**
 * Where days begin. Periods counted in days and years run by the wall clock of the town hall, and a day there has 23 or
 * 25 hours twice a year.
 */
export type Calendar = {
  readonly zone: string
  /** The day that is on the calendar at this moment. */
  localDate(at: Instant): LocalDate
  /** Midnight at the beginning of this day. */
  startOfDay(on: LocalDate): Instant
}

/**
 * The calendar of every German municipality.
 *
 * The zone rules come from the runtime's own ICU data (Intl): no dependency to keep current, and the platform's time zone
 * updates reach us with Node's. A second reading with an independent zone database is in the tests.
 */
export const europeBerlin: Calendar = { zone: 'Europe/Berlin', localDate, startOfDay }

/** Berlin is ahead of UTC all year, so its day is the one of UTC or the next. */
function localDate(at: Instant): LocalDate {
  const dayInUtc = at.slice(0, 10) as LocalDate
  const next = addDays(dayInUtc, 1)
  return at >= startOfDay(next) ? next : dayInUtc
}

/** Asking Intl is some fifty times slower than the arithmetic; a calendar of all years we cover has 113 000 days. */
const midnights = new Map<LocalDate, Instant>()

function startOfDay(on: LocalDate): Instant {
  const known = midnights.get(on)
  if (known !== undefined) return known
  const midnight = readMidnight(on)
  midnights.set(on, midnight)
  return midnight
}

const hour = 3_600_000

/**
 * Berlin is one hour ahead of UTC in winter and two in summer, and it changes at 01:00 UTC, never at midnight; so
 * exactly one of the two candidates reads 00:00.
 */
function readMidnight(on: LocalDate): Instant {
  const midnightUtc = Date.parse(`${on}T00:00:00Z`)
  const summer = midnightUtc - 2 * hour
  const milliseconds = wallClock(summer) === `${on} 00:00:00` ? summer : midnightUtc - hour
  const instant = instantAt(milliseconds)
  if (instant === undefined) throw new RangeError('The day lies outside the years this calendar covers')
  return instant
}

const berlinClock = new Intl.DateTimeFormat('en', {
  timeZone: 'Europe/Berlin',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** `2026-06-03 12:15:00`, assembled from parts, because the order in which a locale writes them is not promised. */
function wallClock(milliseconds: number): string {
  const read = { year: '', month: '', day: '', hour: '', minute: '', second: '' }
  for (const { type, value } of berlinClock.formatToParts(milliseconds)) {
    if (type in read) read[type as keyof typeof read] = value
  }
  return `${read.year}-${read.month}-${read.day} ${read.hour}:${read.minute}:${read.second}`
}
