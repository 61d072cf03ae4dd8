import { expect, test } from 'vitest'
import { base32, newTotpSecret, stepOfTotp, totpOf, totpUri } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

// RFC 6238, Appendix B; the last six of its eight digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at %i s the code is %s', (seconds, code) => {
  const step = Math.floor(seconds / 30)
  expect(totpOf(secret, step)).toBe(code)
  expect(stepOfTotp(secret, code, new Date(seconds * 1000))).toBe(step)
})

test('a code is taken a step early and late, and not two', () => {
  const at = new Date(1_111_111_109_000)
  const step = Math.floor(at.getTime() / 30_000)
  const taken = [-2, -1, 0, 1, 2].map((off) => stepOfTotp(secret, totpOf(secret, step + off), at))
  expect(taken).toEqual([null, step - 1, step, step + 1, null])
})

test.each(['', '12345', '1234567', '28708x', '２８７０８２'])('what is no code is of no step: %j', (code) => {
  expect(stepOfTotp(secret, code, new Date(59_000))).toBeNull()
})

// RFC 4648 §10, without padding.
test.each([
  ['f', 'MY'],
  ['foobar', 'MZXW6YTBOI'],
])('%s is %s in base 32', (text, written) => {
  expect(base32(Buffer.from(text))).toBe(written)
})

test('the address for an app names office, account and secret', () => {
  expect(newTotpSecret()).toHaveLength(20)
  expect(totpUri(secret, 'a@b.example')).toBe(
    'otpauth://totp/B%C3%BCrgerdraht%3Aa%40b.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=B%C3%BCrgerdraht',
  )
})
