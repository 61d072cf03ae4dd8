import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { knownDeviceOf, rememberDevice } from './known-device.ts'

const key = randomBytes(32)
const lookup = { identity: key, event: key, search: key, providerId: key, signIn: key }
const keys = { lookup }

test('a device is known for the accounts that have signed in with it, and for no other', () => {
  const first = rememberDevice(keys, null, 'a@x')
  const both = rememberDevice(keys, first, 'b@x')
  const device = knownDeviceOf(keys, first, 'a@x')
  expect(device).toMatch(/^[\w-]{22}$/)
  expect(knownDeviceOf(keys, first, 'b@x')).toBeNull()
  expect(['a@x', 'b@x'].map((email) => knownDeviceOf(keys, both, email))).toEqual([device, device])
  expect(both).not.toContain('@')
})

test('the last eight accounts are remembered, signing in again makes nothing longer', () => {
  const accounts = Array.from({ length: 9 }, (_, n) => `${n}@x`)
  const kept = accounts.reduce<string | null>((cookie, email) => rememberDevice(keys, cookie, email), null)
  expect(accounts.filter((email) => knownDeviceOf(keys, kept, email) === null)).toEqual(['0@x'])
  expect(rememberDevice(keys, kept, '8@x')).toBe(kept)
})

test.each([
  null,
  '',
  'x',
  `${'A'.repeat(22)}`,
  `${'A'.repeat(22)}.${'A'.repeat(22)}`,
  `${'A'.repeat(22)}.`.repeat(99),
])('what nobody here has made is not known: %j', (kept) => {
  expect(knownDeviceOf(keys, kept, 'a@x')).toBeNull()
  expect(knownDeviceOf(keys, rememberDevice(keys, kept, 'a@x'), 'a@x')).not.toBeNull()
})

test('a proof counts for its own device only', () => {
  const [, proof] = rememberDevice(keys, null, 'a@x').split('.')
  expect(knownDeviceOf(keys, `${'B'.repeat(22)}.${proof}`, 'a@x')).toBeNull()
})
