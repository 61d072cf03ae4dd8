import { useEffect, useMemo, useRef, useState } from 'react'
import { apiRoot, ask, Failure, type LiveEvent, noticeSignedOut } from './api.ts'
import { openStream } from './live-events.ts'

export type Listener = {
  readonly onEvent: (event: LiveEvent) => void
  readonly onGap: () => void
  /** The stream stands again after it was down. */
  readonly onBack?: () => void
}

/** What a page listens to. */
export type LiveFeed = {
  listen(listener: Listener): () => void
}

const sleptMs = 45_000

/** One stream for the whole page, as long as somebody is signed in. */
export function useLiveConnection(wanted: boolean): { interrupted: boolean; feed: LiveFeed } {
  const [interrupted, setInterrupted] = useState(false)
  const listeners = useRef(new Set<Listener>())
  const feed = useMemo<LiveFeed>(
    () => ({
      listen: (listener) => {
        listeners.current.add(listener)
        return () => listeners.current.delete(listener)
      },
    }),
    [],
  )

  useEffect(() => {
    if (!wanted) return
    let hiddenAt = 0
    const stream = openStream({
      url: `${apiRoot}/events`,
      open: (url) => new EventSource(url),
      onEvent: (event) => {
        for (const listener of listeners.current) listener.onEvent(event)
      },
      onGap: () => {
        for (const listener of listeners.current) listener.onGap()
      },
      onState: (state) => {
        setInterrupted(state === 'interrupted')
        if (state === 'live') for (const listener of listeners.current) listener.onBack?.()
      },
      onRefused: () => {
        // EventSource does not tell why; the session does.
        ask('readSession', {}).catch((error: unknown) => {
          if (error instanceof Failure && error.code === 'not-signed-in') noticeSignedOut()
        })
      },
    })
    function online(): void {
      stream.retryNow()
    }
    function visible(): void {
      if (document.visibilityState === 'hidden') hiddenAt = Date.now()
      // A laptop that slept may hold a connection that is long dead and does not say so.
      else if (hiddenAt > 0 && Date.now() - hiddenAt > sleptMs) stream.retryNow()
    }
    window.addEventListener('online', online)
    document.addEventListener('visibilitychange', visible)
    return () => {
      window.removeEventListener('online', online)
      document.removeEventListener('visibilitychange', visible)
      stream.close()
    }
  }, [wanted])

  return { interrupted, feed }
}
