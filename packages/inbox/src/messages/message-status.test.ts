import { describe, expect, test } from 'vitest'
import { messageStatusOf, type StatusFacts } from './message-status.ts'

const nothing: StatusFacts = {
  kind: 'text',
  direction: 'outbound',
  sendState: 'accepted',
  statusSentAt: null,
  deliveredAt: null,
  readAt: null,
  playedAt: null,
  failedAt: null,
}
function second(n: number) {
  return new Date(Date.UTC(2026, 10, 16, 12, 0, n))
}

test('what a citizen wrote is received', () => {
  expect(messageStatusOf({ ...nothing, direction: 'inbound', sendState: null })).toBe('received')
})

test.each(['queued', 'sending', 'accepted', 'unknown', 'failed'] as const)(
  'without statuses %s is %s',
  (sendState) => {
    expect(messageStatusOf({ ...nothing, sendState })).toBe(sendState)
  },
)

test.each([
  [{ statusSentAt: second(1) }, 'sent'],
  [{ statusSentAt: second(1), deliveredAt: second(2) }, 'delivered'],
  [{ readAt: second(2) }, 'read'],
  [{ deliveredAt: second(2), readAt: second(3), playedAt: second(4) }, 'played'],
  // The provider's clock is no proof that "sent" came later than "delivered".
  [{ statusSentAt: second(9), deliveredAt: second(2) }, 'delivered'],
] as const)('%j is %s', (facts, status) => {
  expect(messageStatusOf({ ...nothing, ...facts })).toBe(status)
  expect(messageStatusOf({ ...nothing, ...facts, sendState: 'unknown' })).toBe(status)
})

describe('a failure', () => {
  test.each([
    [{ failedAt: second(5) }, 'failed'],
    [{ failedAt: second(5), statusSentAt: second(9) }, 'failed'],
    [{ failedAt: second(5), deliveredAt: second(4) }, 'failed'],
    [{ failedAt: second(5), deliveredAt: second(5) }, 'delivered'],
    [{ failedAt: second(5), deliveredAt: second(6) }, 'delivered'],
    [{ failedAt: second(5), deliveredAt: second(4), readAt: second(6) }, 'read'],
  ] as const)('with %j is shown as %s', (facts, status) => {
    expect(messageStatusOf({ ...nothing, ...facts })).toBe(status)
  })
})
