import { describe, expect, test } from 'vitest'
import type { RefusalClass } from '../adapter.ts'
import { refusalClassOf } from './error-class.ts'
import { refusalOf } from './refusal.ts'

const codesByClass: readonly (readonly [RefusalClass, readonly number[]])[] = [
  ['stop-channel', [0, 190, 10, 200, 250, 299, 3, 131005]],
  ['retry', [1, 2, 131000, 131016, 135000]],
  ['slow-channel', [4, 80007, 130429]],
  ['slow-citizen', [131056]],
  ['stop-channel', [131048]],
  ['stop-templates', [131064]],
  ['stop-channel', [368, 131031, 130497]],
  ['stop-channel', [131042, 131044]],
  ['stop-channel', [131045, 133010, 131037]],
  ['retry', [131057]],
  ['close-window', [131047]],
  ['final', [131026, 131049, 131050, 130472, 131021, 131030]],
  ['final', [131008, 131009, 100, 33, 131051]],
  ['retry', [131052, 131053]],
  ['final', [131062, 131063]],
  ['final', [132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069]],
  ['stop-channel', [133016]],
  ['confirm-identity', [137000]],
  ['final', [131200, 131060, 999999, 199, 300, -1]],
]

describe('by code', () => {
  test.each(codesByClass)('%s: %j', (refusal, codes) => {
    for (const code of codes) expect([code, refusalClassOf(code)]).toEqual([code, refusal])
  })

  test('the code decides, not the HTTP status', () => {
    const body = { error: { code: 131056, message: 'pair rate limit' } }
    expect(refusalOf(400, body)).toEqual({ refusal: 'slow-citizen', code: '131056' })
    expect(refusalOf(500, { error: { code: '131047' } })).toEqual({ refusal: 'close-window', code: '131047' })
    expect(refusalOf(503, { error: { code: 2 } })).toEqual({ refusal: 'retry', code: '2' })
    expect(refusalOf(401, { error: { code: 0 } })).toEqual({ refusal: 'stop-channel', code: '0' })
  })
})

describe("by status, for 360dialog's own bodies", () => {
  test.each([
    [400, { meta: { developer_message: 'something new' } }, 'stop-channel'],
    [400, { error: { message: 'an error of Meta without its code' } }, 'stop-channel'],
    [400, null, 'stop-channel'],
    [401, { error: 'Invalid api_key' }, 'stop-channel'],
    [403, { error: 'endpoint is blocked' }, 'stop-channel'],
    [404, null, 'stop-channel'],
    [302, null, 'stop-channel'],
    [408, null, 'retry'],
    [413, null, 'final'],
    [429, {}, 'slow-channel'],
    [401, { error: { code: 'not a number' } }, 'stop-channel'],
  ] as const)('%i %j is %s', (httpStatus, body, refusal) => {
    expect(refusalOf(httpStatus, body)).toEqual({ refusal, code: `http-${httpStatus}` })
  })

  test.each([
    ['API has been disabled', 'stop-channel', '131031'],
    ['You have exceeded the endpoint rate limit', 'slow-channel', '80007'],
    ['lack of payment', 'stop-channel', '131042'],
  ] as const)('"%s" is %s, with the code that Meta has for the same', (text, refusal, code) => {
    expect(refusalOf(400, { error: text })).toEqual({ refusal, code })
    expect(refusalOf(400, { meta: { developer_message: text } })).toEqual({ refusal, code })
    expect(refusalClassOf(Number(code))).toBe(refusal)
    expect(refusalOf(403, { error: text })).toEqual({ refusal: 'stop-channel', code: 'http-403' })
  })

  test.each([500, 502, 503, 504])('%i without a code says nothing about what happened', (httpStatus) => {
    expect(refusalOf(httpStatus, { error: 'not available' })).toBeNull()
    expect(refusalOf(httpStatus, null)).toBeNull()
  })
})
