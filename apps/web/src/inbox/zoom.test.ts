import { expect, test } from 'vitest'
import { fittingScale, nextZoom, turned, zoomSteps } from './zoom.ts'

test('zoom goes step by step and stays at both ends', () => {
  const up = zoomSteps.map((step) => nextZoom(step, 1))
  expect(up).toEqual([1.5, 2, 3, 4, 6, 8, 8])
  expect(zoomSteps.map((step) => nextZoom(step, -1))).toEqual([1, 1, 1.5, 2, 3, 4, 6])
})

test.each([0, 1, 2, 3, 4, -1])('%i quarter turns change the sides when they are odd', (quarters) => {
  const sides = turned({ width: 300, height: 200 }, quarters)
  expect(sides).toEqual(quarters % 2 === 0 ? { width: 300, height: 200 } : { width: 200, height: 300 })
})

test('all of a large picture is seen, and a small one stays as small as it is', () => {
  expect(fittingScale({ width: 4000, height: 1000 }, { width: 800, height: 800 })).toBe(0.2)
  expect(fittingScale({ width: 1000, height: 4000 }, { width: 800, height: 800 })).toBe(0.2)
  expect(fittingScale({ width: 20, height: 10 }, { width: 800, height: 800 })).toBe(1)
})
