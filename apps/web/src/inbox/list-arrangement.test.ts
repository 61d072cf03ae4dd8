import { expect, test } from 'vitest'
import type { Conversation } from '../api.ts'
import { matches, sorted } from './conversation-order.ts'
import { arrange, hold, waitingOutside } from './list-arrangement.ts'

function conversation(id: string, more: Partial<Conversation> = {}): Conversation {
  return {
    id,
    status: 'open',
    contact: { id: `contact-${id}`, displayName: id, maskedPhone: null, username: null, shape: 0 },
    channel: { id: 'channel', name: 'Bürgeramt', canSend: true, receivesOnly: false },
    team: { id: 'team', name: 'Bürgeramt' },
    assignee: null,
    unreadCount: 0,
    lostAnswers: 0,
    waitingSince: null,
    windowClosesAt: null,
    lastMessage: {
      id: `message-${id}`,
      direction: 'inbound',
      kind: 'text',
      text: id,
      sentAt: '2026-11-16T12:00:00.000Z',
      status: 'received',
      event: null,
      revoked: false,
    },
    openedAt: '2026-11-16T08:00:00.000Z',
    closedAt: null,
    identityNotice: null,
    hit: null,
    ...more,
  }
}

function waiting(id: string, since: string): Conversation {
  return conversation(id, { waitingSince: `2026-11-16T${since}:00.000Z` })
}

function written(id: string, at: string, messageId = `message-${id}`): Conversation {
  const base = conversation(id)
  if (base.lastMessage === null) throw new Error('it has a message')
  return { ...base, lastMessage: { ...base.lastMessage, id: messageId, sentAt: `2026-11-16T${at}:00.000Z` } }
}

function ids(list: readonly Conversation[]): string[] {
  return list.map(({ id }) => id)
}

test('who has waited longest stands first, who does not wait last', () => {
  const list = [conversation('answered'), waiting('late', '11:00'), waiting('early', '09:00')]
  expect(ids(sorted(list, 'waiting'))).toEqual(['early', 'late', 'answered'])
})

test('the newest stands first, without a message by the beginning', () => {
  const empty = conversation('empty', { lastMessage: null })
  expect(ids(sorted([empty, written('old', '10:00'), written('new', '12:30')], 'latest'))).toEqual([
    'new',
    'old',
    'empty',
  ])
})

test('the tabs', () => {
  const mine = conversation('mine', { assignee: { id: 'me', displayName: 'Ich', deputy: null } })
  const closed = conversation('closed', { status: 'closed', unreadCount: 1 })
  const filter = { unread: false, order: 'waiting', q: '' } as const
  function shown(tab: 'open' | 'mine' | 'all', unread = false): string[] {
    return ids([mine, closed].filter((c) => matches(c, { ...filter, tab, unread }, 'me')))
  }
  expect(shown('open')).toEqual(['mine'])
  expect(shown('mine')).toEqual(['mine'])
  expect(shown('all')).toEqual(['mine', 'closed'])
  expect(shown('all', true)).toEqual(['closed'])
  expect(matches(mine, { ...filter, tab: 'mine' }, 'somebody else')).toBe(false)
})

test('a held list neither moves nor loses a row, and counts who waits outside', () => {
  const shown = arrange([waiting('a', '09:00'), waiting('b', '10:00')])
  const fresh = [waiting('new', '08:00'), waiting('b', '10:00'), waiting('c', '11:00')]
  expect(hold(shown, fresh).ids).toEqual(['a', 'b', 'c'])
  expect(waitingOutside(hold(shown, fresh), fresh, 'waiting')).toBe(1)
})

test('paging adds below, also while held', () => {
  const shown = arrange([waiting('a', '09:00'), waiting('b', '10:00')])
  const fresh = [...shown.ids.map((id) => waiting(id, '09:00')), waiting('c', '11:00'), waiting('d', '12:00')]
  const held = hold(shown, fresh)
  expect(held.ids).toEqual(['a', 'b', 'c', 'd'])
  expect(waitingOutside(held, fresh, 'waiting')).toBe(0)
})

test('when the last row left the list, nothing is added until it is let go', () => {
  const shown = arrange([waiting('a', '09:00'), waiting('b', '10:00')])
  const fresh = [waiting('a', '09:00'), waiting('c', '11:00')]
  expect(hold(shown, fresh)).toBe(shown)
  expect(waitingOutside(shown, fresh, 'waiting')).toBe(1)
})

test('with the newest first, a new word of somebody listed counts; an answer of ours does not', () => {
  const shown = arrange([written('a', '12:00'), written('b', '11:00')])
  const again = written('b', '12:30', 'second')
  expect(waitingOutside(shown, [again, written('a', '12:00')], 'latest')).toBe(1)
  expect(waitingOutside(shown, [again, written('a', '12:00')], 'waiting')).toBe(0)
  if (again.lastMessage === null) throw new Error('it has a message')
  const ours = { ...again, lastMessage: { ...again.lastMessage, direction: 'outbound' as const } }
  expect(waitingOutside(shown, [ours, written('a', '12:00')], 'latest')).toBe(0)
})
