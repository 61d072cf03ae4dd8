import { beforeEach, describe, expect, test } from 'vitest'
import { SignInLimit } from './sign-in-limit.ts'

let now: Date
let limit: SignInLimit
beforeEach(() => {
  now = new Date('2026-11-23T08:00:00Z')
  limit = new SignInLimit(() => now)
})

const attempts = (
  count: number,
  emailOf: (n: number) => string,
  addressOf: (n: number) => string,
): number => {
  let admitted = 0
  for (let n = 0; n < count; n += 1) {
    try {
      limit.admit(emailOf(n), addressOf(n))
      admitted += 1
    } catch {
      // Refused: counted by not being counted.
    }
  }
  return admitted
}

describe('admits at most', () => {
  test('ten failures for an account from one network', () => {
    expect(
      attempts(
        20,
        () => 'a@x',
        () => '203.0.113.1',
      ),
    ).toBe(10)
  })
  test('ten from one IPv6 network, however many addresses it has', () => {
    expect(
      attempts(
        20,
        () => 'A@x',
        (n) => `2001:db8:1:2::${n}`,
      ),
    ).toBe(10)
  })
  test('fifty for an account from everywhere', () => {
    expect(
      attempts(
        100,
        () => 'a@x',
        (n) => `203.0.113.${n}`,
      ),
    ).toBe(50)
  })
  test('a hundred from one network for all accounts', () => {
    expect(
      attempts(
        200,
        (n) => `${n}@x`,
        () => '203.0.113.1',
      ),
    ).toBe(100)
  })
})

test('who has signed in from there before is not locked out by others', () => {
  limit.admit('a@x', '203.0.113.1').succeeded()
  attempts(
    100,
    () => 'a@x',
    (n) => `198.51.100.${n}`,
  )
  attempts(
    200,
    (n) => `${n}@x`,
    () => '203.0.113.1',
  )
  expect(() => limit.admit('a@x', '203.0.113.1')).not.toThrow()
  expect(() => limit.admit('a@x', '192.0.2.1')).toThrow('too-many-requests')
})

test('a success takes back what was counted, and a quarter of an hour forgets', () => {
  for (let n = 0; n < 200; n += 1) limit.admit('a@x', '203.0.113.1').succeeded()
  attempts(
    20,
    () => 'a@x',
    () => '203.0.113.1',
  )
  expect(() => limit.admit('a@x', '203.0.113.1')).toThrow('too-many-requests')
  now = new Date(now.getTime() + 15 * 60_000)
  expect(() => limit.admit('a@x', '203.0.113.1')).not.toThrow()
})
