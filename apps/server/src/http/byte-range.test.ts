import { describe, expect, test } from 'vitest'
import { byteRange } from './byte-range.ts'

describe('byteRange of 100 bytes', () => {
  test.each([
    ['bytes=0-', { start: 0, end: 100 }],
    ['bytes=0-0', { start: 0, end: 1 }],
    ['bytes=10-19', { start: 10, end: 20 }],
    ['bytes=99-', { start: 99, end: 100 }],
    ['bytes=90-1000', { start: 90, end: 100 }],
    ['bytes=-1', { start: 99, end: 100 }],
    ['bytes=-1000', { start: 0, end: 100 }],
    ['Bytes= 5-6 ', { start: 5, end: 7 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=100-200', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    [`bytes=${'9'.repeat(400)}-`, 'unsatisfiable'],
    [undefined, 'whole'],
    ['', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=20-10', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['items=0-1', 'whole'],
    ['bytes=a-b', 'whole'],
    ['bytes=1.5-2', 'whole'],
  ])('%s', (header, range) => {
    expect(byteRange(header, 100)).toEqual(range)
  })

  test('nothing of an empty file', () => {
    expect(byteRange('bytes=0-', 0)).toBe('unsatisfiable')
    expect(byteRange(undefined, 0)).toBe('whole')
  })
})
