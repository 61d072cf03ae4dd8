declare const instantMark: unique symbol
declare const localDateMark: unique symbol

/**
 * A moment in UTC, written `2026-06-03T10:15:00.000Z`. The width is fixed, so comparing two as strings compares their
 * time, and a value can be stored, hashed and read without a conversion.
 */
export type Instant = string & { readonly [instantMark]: true }

/** A calendar day in the town hall's zone, written `2026-06-03`. Compares as a string like Instant. */
export type LocalDate = string & { readonly [localDateMark]: true }

/**
 * What happened, happened in 1990–2199; what is computed from it (the longest period is 30 years) stays below 2300. So
 * arithmetic on a parsed instant never leaves the range, and inside it Europe/Berlin has one midnight a day.
 */
const earliestYear = 1990
const latestYear = 2199
const earliestComputedYear = 1989
const latestComputedYear = 2299

const instantShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/
const localDateShape = /^\d{4}-\d{2}-\d{2}$/

/** The instant a text names, or `undefined` when it is no real moment (30 February) or outside 1990–2199. */
export function parseInstant(text: string): Instant | undefined {
  if (!instantShape.test(text)) return undefined
  const full = text.length === 20 ? `${text.slice(0, 19)}.000Z` : text
  const milliseconds = Date.parse(full)
  if (Number.isNaN(milliseconds)) return undefined
  // Date.parse rolls 30 February over into March; only a real date survives the way back.
  const instant = instantAt(milliseconds)
  const year = new Date(milliseconds).getUTCFullYear()
  return instant === full && year >= earliestYear && year <= latestYear ? instant : undefined
}

/** The instant `milliseconds` after 1970, or `undefined` outside 1989–2299 (the first midnight in Berlin is 23:00 UTC). */
export function instantAt(milliseconds: number): Instant | undefined {
  const date = new Date(milliseconds)
  const year = date.getUTCFullYear()
  if (!(year >= earliestComputedYear && year <= latestComputedYear)) return undefined
  return date.toISOString() as Instant
}

/** The calendar day a text names, or `undefined` when there is no such day in 1990–2199. */
export function parseLocalDate(text: string): LocalDate | undefined {
  if (!localDateShape.test(text)) return undefined
  const year = Number(text.slice(0, 4))
  const date = new Date(Date.UTC(year, Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10))))
  if (year < earliestYear || year > latestYear || date.toISOString().slice(0, 10) !== text) return undefined
  return text as LocalDate
}

/** The day `days` after `date`. */
export function addDays(date: LocalDate, days: number): LocalDate {
  const { year, month, day } = partsOf(date)
  return dayText(year, month, day + days)
}

/**
 * The day that corresponds by its number `years` later; where that month has no such day, its last one
 * (section 188 (2) and (3) BGB: one year from 29 February ends on 28 February).
 */
export function addYears(date: LocalDate, years: number): LocalDate {
  const { year, month, day } = partsOf(date)
  const lastOfMonth = new Date(Date.UTC(year + years, month, 0)).getUTCDate()
  return dayText(year + years, month, Math.min(day, lastOfMonth))
}

/** The day `months` later by the same rule as `addYears`. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = partsOf(date)
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return dayText(year, month + months, Math.min(day, lastOfMonth))
}

/** 1 January of the year after `date`: the first moment after the end of the calendar year. */
export function nextNewYear(date: LocalDate): LocalDate {
  return dayText(partsOf(date).year + 1, 1, 1)
}

function partsOf(date: LocalDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

function dayText(year: number, month: number, day: number): LocalDate {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10) as LocalDate
}
