import { expect, test } from 'vitest'
import { cursorOf, positionOf } from './page-position.ts'

const position = {
  mark: 'w',
  at: new Date('2026-11-16T12:00:00.123Z'),
  id: '0193f000-0000-7000-8000-00000000000a',
}

test('a cursor leads back to its position', () => {
  expect(positionOf('cursor', cursorOf(position))).toEqual(position)
  expect(positionOf('cursor', undefined)).toBeNull()
})

test.each(['', 'x', 'w..', `${cursorOf(position)}x`, "w.1.' or 1=1", cursorOf(position).toUpperCase()])(
  '%j is no cursor of ours',
  (cursor) => {
    expect(() => positionOf('before', cursor)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        fields: [expect.objectContaining({ path: 'before' })],
      }),
    )
  },
)
