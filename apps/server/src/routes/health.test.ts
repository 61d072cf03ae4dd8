import { describe, expect, test } from 'vitest'
import { mayReadMetrics, metricsReadersOf } from './health.ts'

const production = { production: true, metricsToken: undefined }
const demo = { production: false, metricsToken: undefined }
const guarded = { production: true, metricsToken: 'a-token-of-metrics' }

function from(ip: string, headers: Record<string, string> = {}) {
  return { ip, headers }
}

describe('metrics are read', () => {
  test.each([
    ['in the demo by this machine', demo, from('127.0.0.1'), true],
    ['in the demo by nobody else', demo, from('192.0.2.1'), false],
    ['in the demo through no proxy', demo, from('127.0.0.1', { 'x-forwarded-for': '192.0.2.1' }), false],
    ['in production without a token by nobody', production, from('127.0.0.1'), false],
    ['with the token', guarded, from('192.0.2.1', { authorization: 'Bearer a-token-of-metrics' }), true],
    ['with no other', guarded, from('127.0.0.1', { authorization: 'Bearer a-token-of-metricz' }), false],
    ['with none', guarded, from('127.0.0.1'), false],
    [
      'with none that is longer as bytes',
      guarded,
      from('::1', { authorization: 'Bearer ä-token-of-metrics' }),
      false,
    ],
  ] as const)('%s', (_case, config, request, expected) => {
    expect(mayReadMetrics(request, metricsReadersOf(config))).toBe(expected)
  })
})
