import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginningsOf } from './filing-plan.ts'

test.each([
  ['10.20-7/2026', ['10.20-7/2026', '10.20-7', '10.20', '10']],
  ['  112  43 Bau ', ['112 43 Bau', '112 43', '112']],
  ['1020', ['1020']],
  ['–', []],
])('the beginnings of %j end where a word or number ends', (reference, beginnings) => {
  expect(beginningsOf(reference)).toEqual(beginnings)
})

test('a beginning is one, shorter each time, and never cuts a number', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-zA-Zäß./ -]{0,30}$/), (reference) => {
      const beginnings = beginningsOf(reference)
      const text = reference.normalize('NFC').trim().replace(/\s+/g, ' ')
      for (const [index, one] of beginnings.entries()) {
        expect(text.startsWith(one)).toBe(true)
        expect(text.slice(one.length)).not.toMatch(/^[\p{L}\p{N}]/u)
        expect(one.length).toBeLessThan(beginnings[index - 1]?.length ?? 31)
      }
    }),
  )
})
