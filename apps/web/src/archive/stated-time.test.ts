import { expect, test } from 'vitest'
import { statedTime } from './stated-time.ts'

function der(text: string): number[] {
  return [24, text.length, ...Buffer.from(text)]
}

test('the time that a time stamp states is found behind whatever comes before it', () => {
  expect(statedTime(Uint8Array.from([48, 24, 24, 3, 24, ...der('20261123025800Z')]))).toEqual(
    new Date('2026-11-23T02:58:00Z'),
  )
  expect(statedTime(Uint8Array.from(der('20261123025800.123Z')))).toEqual(new Date('2026-11-23T02:58:00Z'))
})

test('what is no time, or is cut off, is none', () => {
  for (const bytes of [[], [24], [24, 15, 50], der('20261323025800Z'), der('gestern um Viertel')])
    expect(statedTime(Uint8Array.from(bytes))).toBe(null)
})
