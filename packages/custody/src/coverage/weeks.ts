import { addDays, europeBerlin, type Instant, type LocalDate, parseLocalDate } from '@buergerdraht/records'

/** A week of ISO 8601 in the town hall: from the midnight at which its Monday begins to that of the next, which is no longer in it. */
export type Week = {
  readonly week: string
  readonly monday: LocalDate
  readonly begins: Instant
  readonly ends: Instant
}

const dayMs = 24 * 60 * 60 * 1000

function midnightUtc(day: LocalDate): number {
  return Date.parse(`${day}T00:00:00Z`)
}

/** The week that a day is in; it belongs to the year of its Thursday (ISO 8601-1, 4.3.2). */
export function weekOf(day: LocalDate): Week {
  const monday = addDays(day, -((new Date(midnightUtc(day)).getUTCDay() + 6) % 7))
  const thursday = addDays(monday, 3)
  const year = thursday.slice(0, 4)
  const number = Math.floor((midnightUtc(thursday) - Date.parse(`${year}-01-01T00:00:00Z`)) / dayMs / 7) + 1
  return {
    week: `${year}-W${`${number}`.padStart(2, '0')}`,
    monday,
    begins: europeBerlin.startOfDay(monday),
    ends: europeBerlin.startOfDay(addDays(monday, 7)),
  }
}

/** The week of that name (`2026-W49`); undefined: there is none. */
export function weekNamed(name: string): Week | undefined {
  const [year = '', number = ''] = name.split('-W')
  const first = parseLocalDate(`${year}-01-04`)
  if (first === undefined) return undefined
  const found = weekOf(addDays(first, (Number(number) - 1) * 7))
  return found.week === name ? found : undefined
}

/** The week of a day and those after it. */
export function weeksFrom(day: LocalDate, count: number): readonly Week[] {
  return Array.from({ length: count }, (_, index) => weekOf(addDays(day, index * 7)))
}
