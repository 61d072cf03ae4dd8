import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import {
  ago,
  clock,
  dayAndClock,
  dayBegins,
  dayName,
  daysBetween,
  exactly,
  keepTimeOf,
  monthName,
  playTime,
  remaining,
  shortDay,
  size,
  span,
  waiting,
} from './moment.ts'
import { de } from './words/de.ts'

// Somebody reads in Auckland what is due in Berlin.
beforeAll(() => {
  vi.stubEnv('TZ', 'Pacific/Auckland')
})
afterEach(() => keepTimeOf('Europe/Berlin'))

function at(iso: string): number {
  return Date.parse(iso)
}
const now = at('2026-11-16T14:00:00+01:00')

test.each([
  ['2026-11-16T13:59:30+01:00', 'gerade eben'],
  ['2026-11-16T13:57:00+01:00', 'vor 3 Min'],
  ['2026-11-16T09:30:00+01:00', 'vor 4 Std'],
  ['2026-11-15T23:30:00+01:00', 'Gestern'],
  ['2026-11-12T10:00:00+01:00', 'Donnerstag'],
  ['2026-11-09T10:00:00+01:00', '09.11.'],
  ['2025-11-09T10:00:00+01:00', '09.11.2025'],
  ['2026-11-16T14:00:20+01:00', 'gerade eben'],
])('%s is %s', (then, words) => {
  expect(ago(de, at(then), now)).toBe(words)
})

test('days are the calendar’s, also when one has 25 hours', () => {
  expect(daysBetween(at('2026-10-24T23:30:00+02:00'), at('2026-10-26T00:30:00+01:00'))).toBe(2)
  expect(monthName(de, '2026-11')).toBe('November 2026')
  expect(shortDay(de, at('2026-11-15T23:59:00+01:00'), now)).toBe('Gestern')
})

test('waiting and what remains', () => {
  expect(span(de, 20_000)).toBe('1 Min')
  expect(span(de, 2.9 * 3_600_000)).toBe('2 Std')
  expect(span(de, 25 * 3_600_000)).toBe('1 Tag')
  expect(remaining(de, 102 * 60_000)).toBe('1 Std 42 Min')
  expect(remaining(de, 2 * 3_600_000)).toBe('2 Std')
  expect(remaining(de, 10)).toBe('1 Min')
})

test('day names', () => {
  expect(dayName(de, at('2026-11-16T00:01:00+01:00'), now)).toBe('Heute')
  expect(dayName(de, at('2026-11-02T12:00:00+01:00'), now)).toBe('Montag, 2. November')
  expect(dayName(de, at('2025-12-31T12:00:00+01:00'), now)).toBe('Mittwoch, 31. Dezember 2025')
  expect(dayAndClock(de, at('2026-11-17T12:00:00+01:00'), now)).toBe('morgen 12:00')
  expect(dayAndClock(de, at('2026-11-19T12:00:00+01:00'), now)).toBe('Donnerstag 12:00')
})

test('times are the office’s, and who reads them elsewhere is told so', () => {
  const noon = at('2026-11-16T12:04:00+01:00')
  expect([clock(de, noon), exactly(de, noon)]).toEqual(['12:04', 'Montag, 16. November 2026 um 12:04:00 MEZ'])
  vi.stubEnv('TZ', 'Europe/Berlin')
  expect(exactly(de, noon)).toBe('Montag, 16. November 2026 um 12:04')
  vi.stubEnv('TZ', 'Pacific/Auckland')
  keepTimeOf('Atlantic/Azores')
  expect([clock(de, noon), dayName(de, at('2026-11-16T00:30:00Z'), now)]).toEqual(['10:04', 'Gestern'])
})

test('length and size', () => {
  expect(playTime(7_400)).toBe('0:07')
  expect(playTime(760_000)).toBe('12:40')
  expect(size(de, 400)).toBe('1 kB')
  expect(size(de, 2_340_000)).toBe('2,3 MB')
})

test.each([
  [0, 'gerade eben', 'wartet seit eben'],
  [59_999, 'gerade eben', 'wartet seit eben'],
  [60_000, 'vor 1 Min', 'wartet 1 Min'],
  [119_999, 'vor 1 Min', 'wartet 1 Min'],
  [3_599_999, 'vor 59 Min', 'wartet 59 Min'],
  [3_600_000, 'vor 1 Std', 'wartet 1 Std'],
])('after %i ms the two times in a row say the same', (ms, since, waits) => {
  expect([ago(de, now - ms, now), waiting(de, ms)]).toEqual([since, waits])
})

test.each([
  ['2026-11-28', '2026-11-27T23:00:00.000Z'],
  ['2026-07-01', '2026-06-30T22:00:00.000Z'],
  // The days on which clocks are changed begin as they always do.
  ['2026-03-29', '2026-03-28T23:00:00.000Z'],
  ['2026-10-25', '2026-10-24T22:00:00.000Z'],
])('%s begins at %s in Berlin', (day, begins) => {
  expect(new Date(dayBegins(day)).toISOString()).toBe(begins)
})
test('a day later, after a night of 25 hours', () => {
  expect(new Date(dayBegins('2026-10-25', 1)).toISOString()).toBe('2026-10-25T23:00:00.000Z')
})
