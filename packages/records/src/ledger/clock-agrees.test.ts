import { expect, it } from 'vitest'
import { parseInstant } from '../law/instant.ts'
import { clockAgrees } from './clock-agrees.ts'

it.each([
  ['2026-11-23T02:00:00.000Z', true],
  ['2026-11-23T01:59:59.999Z', false],
  ['2031-01-01T00:00:00.000Z', true],
])('at %s a clock agrees with an entry of 02:00: %s', (now, agrees) => {
  const at = parseInstant(now)
  if (at === undefined) throw new Error(now)
  expect(clockAgrees(at, { at: '2026-11-23T02:00Z' })).toBe(agrees)
  expect(clockAgrees(at, undefined)).toBe(true)
})
