import { expect, test } from 'vitest'
import { numbersIn } from './numbers-in.ts'

test('reads numbers and ranges, each once', () => {
  expect(numbersIn('1-3, 7; 2', 10)).toEqual([1, 2, 3, 7])
  expect(numbersIn('10', 10)).toEqual([10])
})

test.each(['', ' , ', '0', '11', '3-1', '1-11', 'alle', '1.5', '-3', '1e1'])(
  '%j are no numbers of a list of ten',
  (text) => {
    expect(numbersIn(text, 10)).toBeNull()
  },
)
