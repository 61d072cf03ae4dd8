import { expect, test } from 'vitest'
import { answerDue } from './answer-due.ts'
import { type Instant, parseInstant } from './instant.ts'

function at(text: string): Instant {
  return parseInstant(text) ?? expect.fail('no instant')
}

test.each([
  // The day of the same number, to its end; in the town hall, not in UTC.
  ['2026-06-03T10:15:00Z', '2026-07-03T22:00:00.000Z', '2026-09-03T22:00:00.000Z'],
  ['2026-06-03T22:30:00Z', '2026-07-04T22:00:00.000Z', '2026-09-04T22:00:00.000Z'],
  // Where the month has no such day, its last; and across the change of the clocks.
  ['2027-01-31T09:00:00Z', '2027-02-28T23:00:00.000Z', '2027-04-30T22:00:00.000Z'],
  ['2028-01-30T09:00:00Z', '2028-02-29T23:00:00.000Z', '2028-04-30T22:00:00.000Z'],
  ['2026-11-30T12:00:00Z', '2026-12-30T23:00:00.000Z', '2027-02-28T23:00:00.000Z'],
])('a request of %s is to be answered before %s, extended before %s', (received, plain, extended) => {
  expect(answerDue(at(received), 'plain')).toBe(plain)
  expect(answerDue(at(received), 'extended')).toBe(extended)
})
