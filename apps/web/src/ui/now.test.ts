import { afterEach, expect, test, vi } from 'vitest'
import { hearOfficeTime, officeNow } from './now.ts'

const here = Date.parse('2026-11-29T12:00:00Z')
const minuteMs = 60_000

/** The office's time, relative to this machine's, after an answer that took so long. */
function aheadAfter(toldMs: number, tookMs = 0): number {
  vi.useFakeTimers({ now: here })
  const askedAt = here - tookMs
  hearOfficeTime(new Date(here + toldMs).toUTCString(), askedAt)
  return officeNow() - here
}

afterEach(() => {
  hearOfficeTime(new Date().toUTCString(), Date.now())
  vi.useRealTimers()
})

test('a machine whose clock is wrong shows the office’s time', () => {
  expect(aheadAfter(90 * 24 * 60 * minuteMs)).toBe(90 * 24 * 60 * minuteMs)
  expect(aheadAfter(-5 * minuteMs)).toBe(-5 * minuteMs)
})

test('clocks that agree stay as they are, also when an answer took long or tells nothing', () => {
  expect(aheadAfter(-3_000)).toBe(0)
  expect(aheadAfter(-40_000, 45_000)).toBe(0)
  hearOfficeTime(null, here)
  hearOfficeTime('soon', here)
  expect(officeNow()).toBe(here)
})

test('a clock that is put right is believed again', () => {
  expect(aheadAfter(5 * minuteMs)).toBe(5 * minuteMs)
  expect(aheadAfter(0)).toBe(0)
})
