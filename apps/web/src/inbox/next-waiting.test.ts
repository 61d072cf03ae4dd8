import { expect, test } from 'vitest'
import type { Conversation } from '../api.ts'
import { nextOf } from './next-waiting.ts'

function waits(id: string, more: Partial<Conversation> = {}): Conversation {
  return {
    id,
    status: 'open',
    contact: { id, displayName: id, maskedPhone: null, username: null, shape: 0 },
    channel: { id: 'c', name: 'C', canSend: true, receivesOnly: false },
    team: { id: 't', name: 'T' },
    assignee: null,
    unreadCount: 1,
    lostAnswers: 0,
    waitingSince: '2026-11-16T12:00:00.000Z',
    windowClosesAt: null,
    lastMessage: null,
    openedAt: '2026-11-16T12:00:00.000Z',
    closedAt: null,
    identityNotice: null,
    hit: null,
    ...more,
  }
}
const brandt = { id: 'brandt', displayName: 'Herr Brandt', deputy: null }
const me = { id: 'me', displayName: 'Ich', deputy: null }
const queued = {
  id: 'm',
  direction: 'outbound',
  kind: 'text',
  text: 'Gern.',
  sentAt: '2026-11-16T12:01:00.000Z',
  status: 'queued',
  event: null,
  revoked: false,
} as const

const list = [
  waits('a'),
  waits('taken', { assignee: brandt }),
  waits('b', { assignee: me }),
  waits('answered', { lastMessage: queued }),
  waits('sent'),
  waits('c'),
  waits('done', { waitingSince: null }),
]
test.each([
  ['from the list', null, 'a'],
  ['behind a colleague’s comes one’s own', 'a', 'b'],
  ['what has an answer on its way is passed over', 'b', 'c'],
  ['behind the last comes the first', 'c', 'a'],
  ['from one that does not wait', 'done', 'a'],
])('%s', (_, from, next) => {
  const place = from === null ? null : { id: from, since: null }
  expect(nextOf(list, place, 'me', new Set(['sent']))?.id).toBe(next)
})

test('nobody waits, or only the one that is open', () => {
  expect(nextOf([], null, 'me', new Set())).toBeNull()
  expect(nextOf([waits('a')], { id: 'a', since: null }, 'me', new Set())).toBeNull()
})

test('from one that was closed meanwhile one goes on where it was, and comes to who was passed over after the others', () => {
  const queue = [8, 9, 11].map((hour) =>
    waits(`since ${hour}`, { waitingSince: `2026-11-16T${String(hour).padStart(2, '0')}:00:00.000Z` }),
  )
  const closed = { id: 'closed', since: '2026-11-16T10:00:00.000Z' }
  expect(nextOf(queue, closed, 'me', new Set())?.id).toBe('since 11')
  expect(nextOf(queue.slice(0, 2), closed, 'me', new Set())?.id).toBe('since 8')
})
