import { Refusal } from '@buergerdraht/contract'
import { addDays, europeBerlin, type Instant, type LocalDate, parseLocalDate } from '@buergerdraht/records'

function dayOf(day: string, path: string): LocalDate {
  const on = parseLocalDate(day)
  if (on === undefined) throw new Refusal('invalid-input', [{ path, fault: 'not-possible' }])
  return on
}

/** Midnight at the beginning of a day (YYYY-MM-DD) in the town hall. @throws Refusal `invalid-input` at `path` */
export function startOfDay(day: string, path: string): Instant {
  return europeBerlin.startOfDay(dayOf(day, path))
}

/** The first moment after it. @throws Refusal `invalid-input` at `path` */
export function endOfDay(day: string, path: string): Instant {
  return europeBerlin.startOfDay(addDays(dayOf(day, path), 1))
}
