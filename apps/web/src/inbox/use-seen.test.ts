import { expect, test } from 'vitest'
import type { MessageDetails } from '../api.ts'
import { lastSaid } from './use-seen.ts'

function said(
  statementId: string,
  more: { direction?: 'inbound' | 'outbound'; kind?: 'text' | 'system'; details?: MessageDetails } = {},
) {
  return { statementId, direction: 'inbound', kind: 'text', details: null, ...more } as const
}

test('what was said last is not always what stands last, and no line of the system', () => {
  const answer = said('01a4', { direction: 'outbound' })
  const line = said('01a5', { kind: 'system' })
  expect(lastSaid([said('01a1'), said('01a3'), said('01a2'), line])).toBe('01a3')
  expect(lastSaid([said('01a3'), answer, line])).toBe('01a4')
  expect(lastSaid([line])).toBeNull()
})

test('a line that something was said in an earlier matter is to be seen like what was said here', () => {
  const earlier = { conversationId: '01c1', messageId: '01a0' }
  const details = {
    kind: 'system',
    event: 'earlier-matter',
    by: null,
    reason: null,
    cause: 'edited',
    earlier,
  } as const
  expect(lastSaid([said('01a1'), said('01a5', { kind: 'system', details })])).toBe('01a5')
})

test('trying to call is to be seen like what was written', () => {
  const details = {
    kind: 'system',
    event: 'call-attempted',
    by: null,
    reason: null,
    cause: null,
    earlier: null,
  } as const
  expect(lastSaid([said('01a1'), said('01a5', { kind: 'system', details })])).toBe('01a5')
})
