import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bytesOfBase64,
  bytesOfNumber,
  compareBytes,
  hexOf,
  isSameBytes,
  joinedBytes,
  latin1Of,
  numberOf,
} from './bytes.ts'

const bytes = fc.uint8Array({ maxLength: 40 })
/** Often the beginning of one another. */
const pair = fc.tuple(bytes, bytes, fc.boolean()).map(([one, other, isLonger]) => {
  return [one, isLonger ? Uint8Array.from([...one, ...other]) : other] as const
})

test('what is done with bytes is what Node’s Buffer does', () => {
  fc.assert(
    fc.property(pair, ([one, other]) => {
      expect(Math.sign(compareBytes(one, other))).toBe(Buffer.compare(one, other))
      expect(isSameBytes(one, other)).toBe(Buffer.compare(one, other) === 0)
      expect(Buffer.from(joinedBytes([one, other]))).toEqual(Buffer.concat([one, other]))
      expect(latin1Of(one)).toBe(Buffer.from(one).toString('latin1'))
      expect(hexOf(one)).toBe(Buffer.from(one).toString('hex'))
      expect(bytesOfBase64(Buffer.from(one).toString('base64'))).toEqual(one)
    }),
    { seed: 20_261_129 },
  )
})

test('a number becomes bytes and back, in as many as are asked for', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 1n << 200n }),
      fc.integer({ min: 1, max: 40 }),
      (number, length) => {
        const written = bytesOfNumber(number, length)
        expect(numberOf(written)).toBe(number)
        expect(written.length).toBe(Math.max(length, Math.ceil(number.toString(16).length / 2)))
      },
    ),
    { seed: 20_261_129 },
  )
  expect(numberOf(new Uint8Array(0))).toBe(0n)
})

test('base64 may be broken into lines, and what is none is refused', () => {
  expect(bytesOfBase64(' aGFs\r\nbG8=\n')).toEqual(Uint8Array.from(Buffer.from('hallo')))
  expect(() => bytesOfBase64('aGFsbG8=x')).toThrow()
})
