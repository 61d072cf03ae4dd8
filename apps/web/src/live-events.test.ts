import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LiveEvent } from './api.ts'
import { openStream, type Source } from './live-events.ts'

class FakeSource implements Source {
  readyState = 0
  readonly url: string
  readonly listeners = new Map<string, ((event: Event) => void)[]>()
  constructor(url: string) {
    this.url = url
  }
  addEventListener(type: string, listener: (event: Event) => void): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener])
  }
  close(): void {
    this.readyState = 2
  }
  emit(type: string, data?: unknown): void {
    const event =
      data === undefined ? new Event(type) : new MessageEvent(type, { data: JSON.stringify(data) })
    for (const listener of this.listeners.get(type) ?? []) listener(event)
  }
}

function event(id: string, type: LiveEvent['type'] = 'message.stored'): LiveEvent {
  return {
    id,
    type,
    conversationId: null,
    messageId: null,
    inbound: true,
    at: '2026-11-16T12:00:00.000Z',
  }
}

function start() {
  const sources: FakeSource[] = []
  const seen: string[] = []
  const heard: (Date | null)[] = []
  const stream = openStream({
    url: '/events',
    open: (url) => {
      const source = new FakeSource(url)
      sources.push(source)
      return source
    },
    onEvent: (live) => seen.push(live.id),
    onGap: () => seen.push('gap'),
    onState: (state, heardAt) => {
      seen.push(state)
      heard.push(heardAt)
    },
    onRefused: () => seen.push('refused'),
  })
  function latest(): FakeSource {
    const source = sources.at(-1)
    if (source === undefined) throw new Error('nothing was opened')
    return source
  }
  return { stream, sources, seen, heard, latest }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a first connection may have missed something, and each event comes once', () => {
  const { seen, latest } = start()
  latest().emit('open')
  latest().emit('message', event('7'))
  latest().emit('message.stored', event('7'))
  latest().emit('message', event('10'))
  latest().emit('message', event('9'))
  expect(seen).toEqual(['live', 'gap', '7', '10'])
})

test('a short interruption is not shown, a longer one is, and its end too', () => {
  const { seen, latest } = start()
  latest().emit('open')
  latest().emit('error')
  vi.advanceTimersByTime(1_500)
  latest().emit('open')
  vi.advanceTimersByTime(5_000)
  expect(seen).not.toContain('interrupted')
  latest().emit('error')
  vi.advanceTimersByTime(2_100)
  latest().emit('open')
  expect(seen.slice(-3)).toEqual(['interrupted', 'live', 'gap'])
})

test('after a refusal it opens anew at the last position, waiting longer each time', () => {
  const { seen, sources, latest } = start()
  latest().emit('open')
  latest().emit('message', event('41'))
  latest().readyState = 2
  latest().emit('error')
  expect(seen.at(-1)).toBe('refused')
  vi.advanceTimersByTime(1_000)
  expect(sources).toHaveLength(2)
  expect(latest().url).toBe('/events?lastEventId=41')
  latest().readyState = 2
  latest().emit('error')
  vi.advanceTimersByTime(1_900)
  expect(sources).toHaveLength(2)
  vi.advanceTimersByTime(200)
  expect(sources).toHaveLength(3)
})

test('resuming at a position is no gap; a reset is', () => {
  const { stream, seen, latest } = start()
  latest().emit('open')
  latest().emit('message', event('3'))
  stream.retryNow()
  latest().emit('open')
  expect(seen.filter((what) => what === 'gap')).toHaveLength(1)
  latest().emit('reset', event('90', 'reset'))
  latest().emit('message', event('91'))
  expect(seen.slice(-2)).toEqual(['gap', '91'])
})

test('a source that was replaced or closed is not heard any more', () => {
  const { stream, sources, seen, latest } = start()
  stream.retryNow()
  sources[0]?.emit('message', event('1'))
  stream.close()
  latest().emit('message', event('2'))
  vi.advanceTimersByTime(60_000)
  expect(sources).toHaveLength(2)
  expect(seen).toEqual([])
})

test('a line that is silent for 20 s is dead, without any error, and another is tried', () => {
  const { sources, seen, heard, latest } = start()
  latest().emit('open')
  vi.advanceTimersByTime(19_000)
  latest().emit('heartbeat', {})
  const lastHeardAt = new Date()
  vi.advanceTimersByTime(19_000)
  expect(seen).toEqual(['live', 'gap'])
  vi.advanceTimersByTime(1_000)
  expect(seen).toEqual(['live', 'gap', 'interrupted'])
  expect(heard.at(-1)).toEqual(lastHeardAt)
  expect(sources).toHaveLength(2)
  // A frozen server takes the connection and says nothing.
  vi.advanceTimersByTime(20_000)
  expect(sources).toHaveLength(3)
  latest().emit('open')
  expect(seen.at(-1)).toBe('gap')
})

test('that the browser is offline is said at once; what slept for long connects anew, what did not stays', () => {
  const { stream, sources, seen, latest } = start()
  latest().emit('open')
  stream.noteOffline()
  expect(seen.at(-1)).toBe('interrupted')
  latest().emit('heartbeat', {})
  expect(seen.at(-1)).toBe('live')
  stream.wake()
  expect(sources).toHaveLength(1)
  vi.setSystemTime(Date.now() + 60_000)
  stream.wake()
  expect(sources).toHaveLength(2)
})

test('a page that nobody looks at gives its connection away, says nothing, and hears the rest when somebody does', () => {
  const { stream, sources, seen, latest } = start()
  latest().emit('open')
  latest().emit('message', event('7'))
  seen.length = 0
  stream.rest()
  expect(latest().readyState).toBe(2)
  latest().emit('message', event('8'))
  latest().emit('error')
  vi.advanceTimersByTime(120_000)
  stream.retryNow()
  expect({ seen, opened: sources.length }).toEqual({ seen: [], opened: 1 })
  stream.wake()
  expect(latest().url).toBe('/events?lastEventId=7')
  latest().emit('open')
  latest().emit('message', event('8'))
  expect(seen).toEqual(['live', '8'])
  stream.wake()
  expect(sources).toHaveLength(2)
})
