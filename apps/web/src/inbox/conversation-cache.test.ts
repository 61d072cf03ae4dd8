import { type InfiniteData, QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { Conversation, Message, Reply } from '../api.ts'
import {
  conversationsQuery,
  keepConversation,
  keepMessage,
  keepSent,
  messagesQuery,
} from './conversation-cache.ts'
import type { Filter } from './conversation-order.ts'

type Page = Reply<'listMessages'>

function message(id: string, second: number, more: Partial<Message> = {}): Message {
  return {
    id,
    statementId: id,
    conversationId: 'a',
    direction: 'inbound',
    kind: 'text',
    text: id,
    details: null,
    sentAt: new Date(second * 1000).toISOString(),
    receivedAt: new Date(second * 1000).toISOString(),
    late: false,
    status: 'received',
    statusAt: { sent: null, delivered: null, read: null, failed: null },
    failure: null,
    settledAt: null,
    attachments: [],
    erasedFiles: [],
    reactions: [],
    replyTo: null,
    forwarded: 'no',
    referral: null,
    editedAt: null,
    versions: [],
    revokedAt: null,
    author: null,
    fromApp: false,
    clientId: null,
    ...more,
  }
}

function held(...pages: Page[]): QueryClient {
  const client = new QueryClient()
  client.setQueryData(messagesQuery('a').queryKey, { pages, pageParams: pages.map(() => null) })
  return client
}

function shown(client: QueryClient): string[][] {
  return (client.getQueryData<InfiniteData<Page>>(messagesQuery('a').queryKey)?.pages ?? []).map((page) =>
    page.items.map(({ id }) => id),
  )
}

test('a new message is the newest; within one second it goes behind those that are there', () => {
  const client = held({ items: [message('2', 20), message('1', 10)], nextCursor: null })
  keepMessage(client, message('3', 20))
  keepMessage(client, message('4', 21))
  expect(shown(client)).toEqual([['4', '3', '2', '1']])
})

test('a late one takes its place by the time it was sent', () => {
  const client = held({ items: [message('3', 30), message('1', 10)], nextCursor: null })
  keepMessage(client, message('2', 20))
  expect(shown(client)).toEqual([['3', '2', '1']])
})

test('the answer to sending does not take a tick back that an event has brought before it', () => {
  const client = held({ items: [message('1', 10)], nextCursor: null })
  keepSent(client, message('2', 20, { status: 'queued' }))
  keepMessage(client, message('2', 20, { status: 'delivered' }))
  keepSent(client, message('2', 20, { status: 'queued' }))
  const [page] = client.getQueryData<InfiniteData<Page>>(messagesQuery('a').queryKey)?.pages ?? []
  expect(page?.items.map(({ id, status }) => [id, status])).toEqual([
    ['2', 'delivered'],
    ['1', 'received'],
  ])
})

test('one that is older than all that is loaded waits for its page', () => {
  const client = held({ items: [message('3', 30)], nextCursor: 'more' })
  keepMessage(client, message('1', 10))
  expect(shown(client)).toEqual([['3']])
  const complete = held(
    { items: [message('3', 30)], nextCursor: 'more' },
    { items: [message('2', 20)], nextCursor: null },
  )
  keepMessage(complete, message('1', 10))
  expect(shown(complete)).toEqual([['3'], ['2', '1']])
})

test('a change replaces, wherever it stands, and twice is once', () => {
  const client = held(
    { items: [message('2', 20)], nextCursor: 'more' },
    { items: [message('1', 10)], nextCursor: null },
  )
  keepMessage(client, message('1', 10, { text: 'neu' }))
  keepMessage(client, message('1', 10, { text: 'neu' }))
  const data = client.getQueryData<InfiniteData<Page>>(messagesQuery('a').queryKey)
  expect(data?.pages[1]?.items.map(({ text }) => text)).toEqual(['neu'])
  expect(shown(client)).toEqual([['2'], ['1']])
})

test('a thread that nobody opened stays untouched', () => {
  const client = new QueryClient()
  keepMessage(client, message('1', 10))
  expect(client.getQueryData(messagesQuery('a').queryKey)).toBeUndefined()
})

function conversation(id: string, more: Partial<Conversation> = {}): Conversation {
  return {
    id,
    status: 'open',
    contact: { id, displayName: id, maskedPhone: null, username: null, shape: 0 },
    channel: { id: 'channel', name: 'Bürgeramt', canSend: true, receivesOnly: false },
    team: { id: 'team', name: 'Bürgeramt' },
    assignee: null,
    unreadCount: 0,
    lostAnswers: 0,
    waitingSince: null,
    windowClosesAt: null,
    lastMessage: null,
    openedAt: '2026-11-16T08:00:00.000Z',
    closedAt: null,
    identityNotice: null,
    hit: null,
    ...more,
  }
}

const open: Filter = { tab: 'open', unread: false, order: 'waiting', q: '' }
const mine: Filter = { ...open, tab: 'mine' }
const search: Filter = { ...open, q: 'Hecke' }

function lists(client: QueryClient): string[][] {
  return [open, mine, search].map((filter) => {
    const data = client.getQueryData(conversationsQuery(filter).queryKey)
    return (data?.pages ?? []).flatMap((page) => page.items.map(({ id }) => id))
  })
}

test('a conversation enters the lists it belongs to, leaves the others, and a search keeps its hits', () => {
  const client = new QueryClient()
  const hit = {
    messageId: null,
    sentAt: '2026-11-16T08:00:00.000Z',
    text: 'Hecke',
    matches: [[0, 5] as [number, number]],
  }
  for (const [filter, items] of [
    [open, [conversation('a')]],
    [mine, []],
    [search, [conversation('a', { hit })]],
  ] as const)
    client.setQueryData(conversationsQuery(filter).queryKey, {
      pages: [{ items: [...items], nextCursor: null, indexedSince: null }],
      pageParams: [null],
    })

  keepConversation(
    client,
    conversation('a', { assignee: { id: 'me', displayName: 'Ich', deputy: null } }),
    'me',
  )
  keepConversation(client, conversation('b'), 'me')
  expect(lists(client)).toEqual([['b', 'a'], ['a'], ['a']])

  keepConversation(client, conversation('a', { status: 'closed' }), 'me')
  expect(lists(client)).toEqual([['b'], [], ['a']])
  const found = client.getQueryData(conversationsQuery(search).queryKey)?.pages[0]?.items[0]
  expect(found?.hit).toEqual(hit)
  expect(found?.status).toBe('closed')
})
