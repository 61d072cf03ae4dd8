import { expect, test } from 'vitest'
import { prepared } from './prepared.ts'

test('a statement is named by its text alone', () => {
  const one = prepared('select $1::int', [1])
  expect(prepared('select $1::int', [2])).toEqual({ ...one, values: [2] })
  expect(prepared('select $1::int  ', [1]).name).not.toBe(one.name)
  // PostgreSQL cuts longer names off.
  expect(one.name?.length).toBeLessThan(64)
})
