import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { apiRoot, ask, Failure, type LiveEvent, noticeSignedOut } from './api.ts'
import { openStream } from './live-events.ts'
import { areTooManyStreams, countStream } from './stream-share.ts'

type Listener = {
  readonly onEvent: (event: LiveEvent) => void
  readonly onGap: () => void
  /** The stream stands again after it was down. */
  readonly onBack?: () => void
}

/** What a page listens to. */
export type LiveFeed = {
  listen(listener: Listener): () => void
}

/** The line is dead; `since`: when something last came from the server, null if nothing has yet. */
export type Interruption = { readonly since: Date | null }

const InterruptionContext = createContext<Interruption | null>(null)
export const InterruptionProvider = InterruptionContext.Provider

/** Null: what is shown is up to date. */
export function useInterruption(): Interruption | null {
  return useContext(InterruptionContext)
}

function isLookedAt(): boolean {
  return document.visibilityState === 'visible'
}

/** One stream for the whole page, as long as somebody is signed in. */
export function useLiveConnection(): { interruption: Interruption | null; feed: LiveFeed } {
  const [interruption, setInterruption] = useState<Interruption | null>(null)
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
    const stream = openStream({
      url: `${apiRoot}/events`,
      open: (url) => new EventSource(url),
      onEvent: (event) => {
        for (const listener of listeners.current) listener.onEvent(event)
      },
      onGap: () => {
        for (const listener of listeners.current) listener.onGap()
      },
      onState: (state, since) => {
        // A line that stays dead says so again and again; it is since the first time.
        setInterruption((now) => (state === 'live' ? null : (now ?? { since })))
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
    let endCounting = countStream()
    let rests = false
    /** Of many tabs those that nobody looks at leave their connections to the others. */
    async function share(): Promise<void> {
      if (isLookedAt()) {
        if (rests) endCounting = countStream()
        rests = false
        // A laptop that slept may hold a connection that is long dead and does not say so.
        stream.wake()
      } else if (!rests && (await areTooManyStreams()) && !isLookedAt()) {
        rests = true
        endCounting()
        stream.rest()
      }
    }
    function onVisibility(): void {
      void share()
    }
    onVisibility()
    window.addEventListener('online', online)
    window.addEventListener('offline', stream.noteOffline)
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      window.removeEventListener('online', online)
      window.removeEventListener('offline', stream.noteOffline)
      document.removeEventListener('visibilitychange', onVisibility)
      endCounting()
      stream.close()
    }
  }, [])

  return { interruption, feed }
}
