import type { Words } from './words.tsx'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

let officeZone = 'Europe/Berlin'

/** From now on days and times are those of this zone (its IANA name), whatever the browser's is: deadlines are the office's. */
export function keepTimeOf(zone: string): void {
  officeZone = zone
}

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + officeZone + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, { ...options, timeZone: officeZone })
  formats.set(key, known)
  return known
}
function format(language: string, at: number, options: Intl.DateTimeFormatOptions): string {
  return formatOf(language, options).format(at)
}

/** The office's calendar date, as the number of days since 1970. */
function dayOf(at: number): number {
  const fields: Record<string, number> = {}
  const calendar = formatOf('en-u-ca-gregory-nu-latn', { year: 'numeric', month: 'numeric', day: 'numeric' })
  for (const { type, value } of calendar.formatToParts(at)) fields[type] = Number(value)
  return Date.UTC(fields['year'] ?? 0, (fields['month'] ?? 1) - 1, fields['day']) / dayMs
}

function sameYear(at: number, now: number): boolean {
  return new Date(dayOf(at) * dayMs).getUTCFullYear() === new Date(dayOf(now) * dayMs).getUTCFullYear()
}

/** Whole calendar days of the office between two instants; robust on days of 23 and 25 hours. */
export function daysBetween(from: number, to: number): number {
  return dayOf(to) - dayOf(from)
}

export function clock(w: Words, at: number): string {
  return format(w.locale, at, { hour: '2-digit', minute: '2-digit' })
}

function readerIsElsewhere(): boolean {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone !== officeZone
}

/** "Montag, 16. November 2026, 12:04"; who reads it in another zone is told whose time it is: "12:04:00 MEZ". */
export function exactly(w: Words, at: number): string {
  return format(w.locale, at, { dateStyle: 'full', timeStyle: readerIsElsewhere() ? 'long' : 'short' })
}

/** "November 2026" for `2026-11`. */
export function monthName(w: Words, month: string): string {
  return format(w.locale, Date.parse(`${month}-15`), { month: 'long', year: 'numeric' })
}

/** "28. November 2026" for the office's calendar day `YYYY-MM-DD`. */
export function wholeDay(w: Words, date: string): string {
  return format(w.locale, Date.parse(`${date}T12:00:00Z`), { dateStyle: 'long' })
}

/** "28.11.2026, 14:05:12", for a log. */
export function shortMoment(w: Words, at: number): string {
  return format(w.locale, at, { dateStyle: 'medium', timeStyle: 'medium' })
}

/** The first instant of the office's calendar day `YYYY-MM-DD`, or of one so many days later, whatever the clocks do in it. */
export function dayBegins(date: string, later = 0): number {
  const day = Date.parse(`${date}T00:00:00Z`) / dayMs + later
  const quarterMs = 15 * minuteMs
  // No zone is further from UTC than fourteen hours, and offsets are whole quarters.
  let at = day * dayMs - 14 * hourMs
  while (dayOf(at) < day) at += quarterMs
  return at
}

/** Words up to a day, then the weekday, then the date. */
export function ago(w: Words, at: number, now: number): string {
  const passed = now - at
  if (passed < minuteMs) return w.time.justNow
  if (passed < hourMs) return w.time.minutesAgo(Math.floor(passed / minuteMs))
  if (passed < dayMs && daysBetween(at, now) === 0) return w.time.hoursAgo(Math.floor(passed / hourMs))
  return shortDay(w, at, now)
}

export function shortDay(w: Words, at: number, now: number): string {
  const days = daysBetween(at, now)
  if (days === 0) return clock(w, at)
  if (days === 1) return w.time.yesterday
  if (days > 1 && days < 7) return format(w.locale, at, { weekday: 'long' })
  return format(w.locale, at, {
    day: '2-digit',
    month: '2-digit',
    ...(sameYear(at, now) ? {} : { year: 'numeric' }),
  })
}

/** How long somebody waits, with the same first minute as {@link ago}: "wartet seit eben", "wartet 4 Min" */
export function waiting(w: Words, ms: number): string {
  return ms < minuteMs ? w.list.waitsNow : w.list.waits(span(w, ms))
}

/** "4 Min", "2 Std", "3 Tage" */
export function span(w: Words, ms: number): string {
  if (ms < hourMs) return w.time.minutes(Math.max(1, Math.floor(ms / minuteMs)))
  if (ms < dayMs) return w.time.hours(Math.floor(ms / hourMs))
  return w.time.days(Math.floor(ms / dayMs))
}

/** "1 Std 42 Min", for what runs out. */
export function remaining(w: Words, ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / minuteMs))
  if (minutes < 60) return w.time.minutes(minutes)
  const rest = minutes % 60
  return rest === 0
    ? w.time.hours(minutes / 60)
    : `${w.time.hours(Math.floor(minutes / 60))} ${w.time.minutes(rest)}`
}

/** "Heute", "Gestern", "Montag, 16. November", with the year once it is not this one. */
export function dayName(w: Words, at: number, now: number): string {
  const days = daysBetween(at, now)
  if (days === 0) return w.time.today
  if (days === 1) return w.time.yesterday
  return format(w.locale, at, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear(at, now) ? {} : { year: 'numeric' }),
  })
}

/** "heute 18:00", "morgen 12:00", "Donnerstag 12:00" */
export function dayAndClock(w: Words, at: number, now: number): string {
  const days = daysBetween(now, at)
  if (days === 0) return `${w.time.todayAt} ${clock(w, at)}`
  if (days === 1) return `${w.time.tomorrowAt} ${clock(w, at)}`
  if (days === -1) return `${w.time.yesterdayAt} ${clock(w, at)}`
  const near = Math.abs(days) < 7
  const day = format(
    w.locale,
    at,
    near ? { weekday: 'long' } : { day: '2-digit', month: '2-digit', year: 'numeric' },
  )
  return `${day} ${clock(w, at)}`
}

/** "0:07", "12:40" */
export function playTime(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export function size(w: Words, bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1_000, 'kB'] : [bytes / 1_000_000, 'MB']
  const digits = unit === 'MB' && value < 10 ? 1 : 0
  return `${new Intl.NumberFormat(w.locale, { maximumFractionDigits: digits }).format(Math.max(value, unit === 'kB' ? 1 : 0.1))} ${unit}`
}
