import { expect, test } from 'vitest'
import type { Conversation } from '../api.ts'
import { waitsSince } from './waits-since.ts'

function at(clock: string): string {
  return `2026-11-16T${clock}Z`
}
function last(clock: string, direction: 'inbound' | 'outbound' = 'inbound'): Conversation['lastMessage'] {
  return {
    id: 'm',
    direction,
    kind: 'text',
    text: 'Guten Tag',
    sentAt: at(clock),
    status: direction === 'inbound' ? 'received' : 'sent',
    event: null,
    revoked: false,
  }
}

test.each([
  ['its way took a moment: from when it was sent', '12:00:01.400', last('12:00:00.000'), '12:00:00.000'],
  ['it came late: from when it could be read', '12:40:00.000', last('12:00:00.000'), '12:40:00.000'],
  ['more was written since: from the first', '12:00:00.000', last('12:05:00.000'), '12:00:00.000'],
  ['the office spoke last: from the first', '12:00:00.000', last('12:00:20.000', 'outbound'), '12:00:00.000'],
])('%s', (_, waitingSince, lastMessage, since) => {
  expect(waitsSince({ waitingSince: at(waitingSince), lastMessage })).toBe(Date.parse(at(since)))
})

test('who has been answered does not wait', () => {
  expect(waitsSince({ waitingSince: null, lastMessage: last('12:00:00.000') })).toBeNull()
})
