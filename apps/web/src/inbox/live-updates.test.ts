import { type InfiniteData, InfiniteQueryObserver, QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import type { LiveEvent, Reply } from '../api.ts'
import { messagesQuery } from './conversation-cache.ts'
import { followLiveEvents } from './live-updates.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

function changed(id: string): LiveEvent {
  return {
    id,
    type: 'message.changed',
    conversationId: 'a',
    messageId: 'm',
    inbound: false,
    at: '2026-11-16T12:00:00.000Z',
  }
}

function message(status: string): Record<string, unknown> {
  return {
    id: 'm',
    conversationId: 'a',
    direction: 'outbound',
    sentAt: '2026-11-16T12:00:00.000Z',
    status,
  }
}

test('an answer that is overtaken by a later one does not bring the older state back', async () => {
  const answers: ((status: string) => void)[] = []
  vi.stubGlobal('fetch', (url: string) =>
    url.endsWith('/messages/m')
      ? new Promise<Response>((answer) => {
          answers.push((status) => answer(Response.json(message(status))))
        })
      : Promise.resolve(Response.json({ code: 'not-ready' }, { status: 503 })),
  )
  const client = new QueryClient()
  const { queryKey } = messagesQuery('a')
  client.setQueryData(queryKey, {
    pages: [{ items: [message('queued')], nextCursor: null }],
    pageParams: [null],
  } as unknown as InfiniteData<Reply<'listMessages'>, string | null>)
  function status(): string | undefined {
    return client.getQueryData(queryKey)?.pages[0]?.items[0]?.status
  }
  const updates = followLiveEvents(
    client,
    'me',
    () => undefined,
    () => undefined,
    () => undefined,
  )
  updates.receive(changed('1'))
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  updates.receive(changed('2'))
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]?.('delivered')
  await vi.waitFor(() => expect(status()).toBe('delivered'))
  answers[0]?.('sent')
  await new Promise((done) => setTimeout(done, 20))
  expect(status()).toBe('delivered')
  updates.stop()
})

test('one of my answers that did not arrive is told once, and only to me', async () => {
  const failed = {
    ...message('failed'),
    author: { id: 'me', displayName: 'Ich' },
    failure: { reason: 'payment', code: '131042', retryable: true },
  }
  vi.stubGlobal('fetch', (url: string) =>
    Promise.resolve(
      url.endsWith('/messages/m')
        ? Response.json(failed)
        : Response.json({ code: 'not-ready' }, { status: 503 }),
    ),
  )
  async function told(who: string): Promise<string[]> {
    const client = new QueryClient()
    const { queryKey } = messagesQuery('a')
    client.setQueryData(queryKey, {
      pages: [{ items: [message('sent')], nextCursor: null }],
      pageParams: [null],
    } as unknown as InfiniteData<Reply<'listMessages'>, string | null>)
    const reasons: string[] = []
    const updates = followLiveEvents(
      client,
      who,
      () => undefined,
      () => undefined,
      (reason) => reasons.push(reason),
    )
    for (const id of ['1', '2']) {
      updates.receive(changed(id))
      await new Promise((done) => setTimeout(done, 100))
    }
    updates.stop()
    return reasons
  }
  expect(await told('me')).toEqual(['payment'])
  expect(await told('somebody-else')).toEqual([])
})

test('a thread that was on its way when an event came is asked for once more', async () => {
  const answers: ((...ids: string[]) => void)[] = []
  let followed = 0
  vi.stubGlobal('fetch', (url: string) => {
    if (url.endsWith('/conversations/a')) followed += 1
    return url.endsWith('/messages')
      ? new Promise<Response>((answer) => {
          answers.push((...ids) =>
            answer(Response.json({ items: ids.map((id) => ({ ...message('sent'), id })), nextCursor: null })),
          )
        })
      : Promise.resolve(Response.json({ code: 'not-ready' }, { status: 503 }))
  })
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
  const shown = new InfiniteQueryObserver(client, messagesQuery('a'))
  const leave = shown.subscribe(() => undefined)
  function ids() {
    return shown.getCurrentResult().data?.pages[0]?.items.map(({ id }) => id)
  }
  const updates = followLiveEvents(
    client,
    'me',
    () => undefined,
    () => undefined,
    () => undefined,
  )
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  updates.receive(changed('1'))
  updates.receive(changed('2'))
  await vi.waitFor(() => expect(followed).toBe(1))
  // What the server had read before the event.
  answers[0]?.()
  await vi.waitFor(() => expect(answers).toHaveLength(2))
  answers[1]?.('m')
  await vi.waitFor(() => expect(ids()).toEqual(['m']))
  expect(answers).toHaveLength(2)
  updates.stop()
  leave()
})
