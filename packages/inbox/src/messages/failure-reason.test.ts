import { expect, test } from 'vitest'
import { failureOf } from './failure-reason.ts'

test.each([
  ['131047', 'window-closed', false],
  ['131026', 'undeliverable', true],
  ['131042', 'payment', true],
  ['190', 'account-stopped', true],
  ['210', 'account-stopped', true],
  ['http-401', 'account-stopped', true],
  ['http-404', 'account-stopped', true],
  ['131056', 'rate-limited', true],
  ['http-429', 'rate-limited', true],
  ['131050', 'marketing-refused', false],
  ['131053', 'media-refused', true],
  ['132001', 'template-refused', false],
  ['132999', 'template-refused', false],
  ['137000', 'identity-changed', true],
  ['131062', 'needs-phone-number', false],
  ['131009', 'content-refused', false],
  ['131016', 'provider-down', true],
  ['ECONNREFUSED', 'provider-down', true],
  ['http-503', 'provider-down', true],
  ['999999', 'other', true],
  ['none', 'other', true],
  [null, 'other', true],
] as const)('%s means %s', (code, reason, retryable) => {
  expect(failureOf(code)).toEqual({ reason, retryable })
})
