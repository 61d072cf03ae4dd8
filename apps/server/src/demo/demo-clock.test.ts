import { expect, test } from 'vitest'
import { demoClockAheadMs, demoClockPattern } from './demo-clock.ts'

const now = new Date('2026-11-29T22:30:00Z')
const dayMs = 24 * 60 * 60 * 1000

test.each([
  ['+90d', 90],
  ['-3d', -3],
  ['2026-11-29', 0],
  ['2027-03-01', 92],
  ['2026-11-01', -28],
])('%s is %d days', (text, days) => {
  expect(text).toMatch(demoClockPattern)
  expect(demoClockAheadMs(text, now)).toBe(days * dayMs)
})

test.each(['90d', '+90', '+d', '2027-13-01', '2027-02-32', '1.3.2027', 'tomorrow', '+99999d'])(
  '%s is none',
  (text) => expect(text).not.toMatch(demoClockPattern),
)
