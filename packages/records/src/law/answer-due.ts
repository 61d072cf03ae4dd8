import { type Calendar, europeBerlin } from './calendar.ts'
import { addDays, addMonths, type Instant } from './instant.ts'

/** Article 12 (3) GDPR: without undue delay and within one month; where it is necessary, extended by two further months. */
const months = { plain: 1, extended: 3 } as const

/**
 * The first moment at which the answer to a request of a data subject is late. Counted as periods in months are (Article 3 (1)–(2) of Regulation
 * (EEC, Euratom) 1182/71): the day of receipt does not count, and the period ends with the day of the same number; where that month has none,
 * with its last. That it may end later where that day is a Saturday, Sunday or holiday is not used: nobody is late by answering before.
 */
export function answerDue(
  receivedAt: Instant,
  period: keyof typeof months,
  calendar: Calendar = europeBerlin,
): Instant {
  return calendar.startOfDay(addDays(addMonths(calendar.localDate(receivedAt), months[period]), 1))
}
