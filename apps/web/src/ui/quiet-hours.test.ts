import { expect, test } from 'vitest'
import { isQuiet } from './quiet-hours.ts'

test.each([
  ['17:59', '18:00', '07:00', false],
  ['18:00', '18:00', '07:00', true],
  ['23:59', '18:00', '07:00', true],
  ['00:00', '18:00', '07:00', true],
  ['06:59', '18:00', '07:00', true],
  ['07:00', '18:00', '07:00', false],
  ['12:00', '12:00', '13:00', true],
  ['13:00', '12:00', '13:00', false],
  ['12:00', '12:00', '12:00', false],
  ['12:00', '', '13:00', false],
  ['12:00', '11:00', '25:00', false],
])('at %s, quiet from %s until %s: %s', (now, from, until, quiet) => {
  expect(isQuiet(now, from, until)).toBe(quiet)
})
