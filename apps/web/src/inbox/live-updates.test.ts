import { type InfiniteData, InfiniteQueryObserver, QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import type { Conversation, LiveEvent, Reply } from '../api.ts'
import { conversationQuery, messagesQuery } from './conversation-cache.ts'
import { followLiveEvents, type Heard } from './live-updates.ts'

const nobodyHears: Heard = {
  onSaid: () => undefined,
  onFlood: () => undefined,
  onReaction: () => undefined,
  onTakenOver: () => undefined,
}

afterEach(() => {
  vi.useRealTimers()
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
  const answers: ((status: string) => Response)[] = []
  vi.stubGlobal('fetch', (url: string) =>
    url.endsWith('/messages/m')
      ? new Promise<Response>((answer) => {
          answers.push((status) => {
            const response = Response.json(message(status))
            answer(response)
            return response
          })
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
  const updates = followLiveEvents(client, 'me', nobodyHears)
  updates.receive(changed('1'))
  await expect.poll(() => answers.length).toBe(1)
  updates.receive(changed('2'))
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.('delivered')
  await expect.poll(status).toBe('delivered')
  const late = answers[0]?.('sent')
  // The late answer has been read, and whoever asked for it has had their turn.
  await expect.poll(() => late?.bodyUsed).toBe(true)
  await new Promise((done) => setImmediate(done))
  expect(status()).toBe('delivered')
  updates.stop()
})

/** What one hears of events, with these answers of the server by the ends of their addresses. */
async function heardOf(events: readonly LiveEvent[], answers: Record<string, unknown>, held?: Conversation) {
  vi.stubGlobal('fetch', (url: string) => {
    const [, answer] = Object.entries(answers).find(([end]) => url.endsWith(end)) ?? []
    return Promise.resolve(
      answer === undefined ? Response.json({ code: 'not-ready' }, { status: 503 }) : Response.json(answer),
    )
  })
  const client = new QueryClient()
  if (held !== undefined)
    client.setQueryData(conversationQuery('a').queryKey, {
      ...held,
      earlier: [],
      filing: null,
      held: false,
      restrictedSince: null,
      noticeToGive: null,
      answeredIn: null,
    })
  const heard: string[] = []
  const updates = followLiveEvents(client, 'me', {
    onSaid: ({ contact }, one) => void heard.push(`${contact.displayName}: ${one?.text}`),
    onFlood: (count) => void heard.push(`${count} at once`),
    onReaction: (_, emoji) => void heard.push(emoji),
    onTakenOver: ({ assignee }) => void heard.push(`taken by ${assignee?.displayName}`),
  })
  vi.useFakeTimers()
  for (const event of events) updates.receive(event)
  await vi.advanceTimersByTimeAsync(150)
  updates.stop()
  return heard
}
function conversation(more: Partial<Conversation> = {}): Conversation {
  return { id: 'a', contact: { displayName: 'Erika' }, assignee: null, ...more } as Conversation
}

test('three arrivals are three, though nobody has the thread open; what changes unsaid is not told', async () => {
  const events = ['1', '2', '3', '4'].map(
    (id): LiveEvent => ({ ...changed(id), messageId: `m${id}`, inbound: id !== '4' }),
  )
  const heard = await heardOf([...events, events[0] as LiveEvent], {
    '/conversations/a': conversation(),
    '/messages/m1': { ...message('received'), id: 'm1', text: 'eins' },
    '/messages/m2': { ...message('received'), id: 'm2', text: 'zwei' },
    '/messages/m3': { ...message('received'), id: 'm3', text: 'drei' },
  })
  expect(heard).toEqual(['Erika: eins', 'Erika: zwei', 'Erika: drei'])
})

test('whoever held a conversation hears that a colleague has taken it, wherever they are', async () => {
  const event: LiveEvent = { ...changed('1'), type: 'conversation.changed', messageId: null }
  const now = {
    '/conversations/a': conversation({
      assignee: { id: 'brandt', displayName: 'Herr Brandt', deputy: null },
    }),
  }
  const mine = conversation({ assignee: { id: 'me', displayName: 'Ich', deputy: null } })
  expect(await heardOf([event], now, mine)).toEqual(['taken by Herr Brandt'])
  expect(await heardOf([event], now, conversation())).toEqual([])
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
  const updates = followLiveEvents(client, 'me', nobodyHears)
  await expect.poll(() => answers.length).toBe(1)
  updates.receive(changed('1'))
  updates.receive(changed('2'))
  await expect.poll(() => followed).toBe(1)
  // What the server had read before the event.
  answers[0]?.()
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.('m')
  await expect.poll(ids).toEqual(['m'])
  expect(answers).toHaveLength(2)
  updates.stop()
  leave()
})
