import type { Words } from './words.tsx'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

function dayOf(at: number): number {
  const date = new Date(at)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}

/** Whole calendar days between two instants in the reader's zone; robust on days of 23 and 25 hours. */
export function daysBetween(from: number, to: number): number {
  return Math.round((dayOf(to) - dayOf(from)) / dayMs)
}

const formats = new Map<string, Intl.DateTimeFormat>()
function format(language: string, at: number, options: Intl.DateTimeFormatOptions): string {
  const key = language + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options)
  formats.set(key, known)
  return known.format(at)
}

export function clock(w: Words, at: number): string {
  return format(w.locale, at, { hour: '2-digit', minute: '2-digit' })
}

/** "Montag, 16. November 2026, 12:04" */
export function exactly(w: Words, at: number): string {
  return format(w.locale, at, { dateStyle: 'full', timeStyle: 'short' })
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
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return format(w.locale, at, { day: '2-digit', month: '2-digit', ...(sameYear ? {} : { year: 'numeric' }) })
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
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return format(w.locale, at, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
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
