import { expect, test } from 'vitest'
import { failureOf } from './failure-reason.ts'

test.each([
  ['131047', 'window-closed', false],
  ['131026', 'undeliverable', true],
  ['131042', 'payment', true],
  ['190', 'number-stopped', true],
  ['210', 'number-stopped', true],
  ['http-401', 'number-stopped', true],
  ['http-404', 'number-stopped', true],
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

test('no code that the provider documents for answers leaves the clerk without a reason', () => {
  const codes = `0 1 2 3 4 10 33 100 190 200 299 368 80007 130429 130472 130497 131000 131005 131008 131009 131016 131021 131026
    131030 131031 131037 131042 131044 131045 131047 131048 131049 131050 131051 131052 131053 131056 131057 131062 131063 131064
    132000 132001 132005 132007 132008 132012 132015 132016 132068 132069 133010 133016 135000 137000`
  expect(codes.split(/\s+/).filter((code) => failureOf(code).reason === 'other')).toEqual([])
})
