import type { LiveEvent } from './api.ts'

/** What of EventSource is used; a test gives its own. */
export type Source = {
  readonly readyState: number
  addEventListener(type: string, listener: (event: Event | MessageEvent<string>) => void): void
  close(): void
}

export type StreamOptions = {
  readonly url: string
  readonly open: (url: string) => Source
  readonly onEvent: (event: LiveEvent) => void
  /** What was shown may have a gap: the stream begins here, or the server asked to load anew. */
  readonly onGap: () => void
  /** @param heardAt when something last came from the server; null: nothing yet */
  readonly onState: (state: 'live' | 'interrupted', heardAt: Date | null) => void
  /** The stream has ended or was refused; the session may be over. */
  readonly onRefused: () => void
}

export type Stream = {
  /** Connects at once, for when the network is back. */
  retryNow(): void
  /** Gives the connection away until {@link wake}: nobody looks at the page. What happens meanwhile is told then. */
  rest(): void
  /** Somebody looks again. Connects at once where it rested, or where nothing came for too long because the page was asleep, timers too. */
  wake(): void
  /** The browser knows that there is no network. */
  noteOffline(): void
  close(): void
}

const closed = 2
/** Shorter interruptions are nobody's business. */
const calmMs = 2_000
/** The server sends something at least every 10 s. A line may be dead without an error: a frozen server, a proxy that holds back. */
const maxSilenceMs = 20_000
const maxWaitMs = 30_000
const types: readonly LiveEvent['type'][] = [
  'message.stored',
  'message.changed',
  'message.erased',
  'conversation.changed',
  'presence.changed',
  'channel.changed',
  'decision.changed',
  'reset',
]

/**
 * Server-sent events that never give up: EventSource resumes by itself after a lost connection, but not after an HTTP
 * error; then this opens a new one at the last position. An event is passed on once, in order.
 */
export function openStream(options: StreamOptions): Stream {
  let source: Source | null = null
  let lastId: string | null = null
  let attempts = 0
  let ended = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let calm: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let heardAt: Date | null = null
  let resting = false

  /** Also before the first connection stands. */
  let interrupted = true

  function interrupt(): void {
    interrupted = true
    options.onState('interrupted', heardAt)
  }

  function expectSound(): void {
    clearTimeout(silence)
    silence = setTimeout(() => {
      interrupt()
      connect()
    }, maxSilenceMs)
  }

  function hear(): void {
    heardAt = new Date()
    expectSound()
    if (!interrupted) return
    interrupted = false
    options.onState('live', heardAt)
  }

  function receive(event: Event | MessageEvent<string>): void {
    if (!('data' in event)) return
    const live = JSON.parse(event.data) as LiveEvent
    if (live.type === 'reset') {
      lastId = live.id
      options.onGap()
      return
    }
    if (lastId !== null && BigInt(live.id) <= BigInt(lastId)) return
    lastId = live.id
    options.onEvent(live)
  }

  function connect(): void {
    resting = false
    clearTimeout(retry)
    source?.close()
    expectSound()
    const opened = options.open(lastId === null ? options.url : `${options.url}?lastEventId=${lastId}`)
    source = opened
    function current(): boolean {
      return !ended && !resting && source === opened
    }
    opened.addEventListener('open', () => {
      if (!current()) return
      attempts = 0
      clearTimeout(calm)
      calm = undefined
      interrupted = true
      hear()
      if (lastId === null) options.onGap()
    })
    opened.addEventListener('error', () => {
      if (!current()) return
      const isFirst = calm === undefined
      calm ??= setTimeout(interrupt, calmMs)
      // The server ends the stream of a session that is over: that is to be known before anybody speaks of the network.
      if (isFirst || opened.readyState === closed) options.onRefused()
      if (opened.readyState !== closed) return
      retry = setTimeout(connect, Math.min(maxWaitMs, 1_000 * 2 ** attempts))
      attempts += 1
    })
    opened.addEventListener('heartbeat', () => {
      if (current()) hear()
    })
    for (const type of ['message', ...types])
      opened.addEventListener(type, (event) => {
        if (!current()) return
        hear()
        receive(event)
      })
  }

  function letGo(): void {
    clearTimeout(retry)
    clearTimeout(calm)
    calm = undefined
    clearTimeout(silence)
    source?.close()
  }

  connect()
  return {
    retryNow: () => {
      if (!ended && !resting) connect()
    },
    rest: () => {
      resting = true
      letGo()
    },
    wake: () => {
      const isStale = heardAt === null || Date.now() - heardAt.getTime() > maxSilenceMs
      if (!ended && (resting || isStale)) connect()
    },
    noteOffline: () => {
      if (!ended) interrupt()
    },
    close: () => {
      ended = true
      letGo()
    },
  }
}
