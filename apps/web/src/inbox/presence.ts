import type { presenceEveryMs } from '@buergerdraht/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { ask, type Reply } from '../api.ts'
import { useNow } from '../ui/now.ts'
import { useVisible } from './use-seen.ts'

type Presence = Reply<'listPresences'>['items'][number]

/** The limit of the contract, held by the compiler. */
const everyMs: typeof presenceEveryMs = 10_000
/** Whoever has not typed for so long is not writing. */
const pauseMs = 6_000
/** Nobody says that a browser has died. */
const askAgainMs = 20_000

/** This page among the others of the same person. */
const tabId = crypto.randomUUID()

let writesIn: string | null = null
let pause: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
function write(conversationId: string | null): void {
  clearTimeout(pause)
  if (conversationId !== null) pause = setTimeout(() => write(null), pauseMs)
  if (writesIn === conversationId) return
  writesIn = conversationId
  for (const listener of listeners) listener()
}
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Somebody types an answer there: colleagues are shown that they write, never what. */
export function noteWriting(conversationId: string): void {
  write(conversationId)
}
/** It was sent, or is empty again. */
export function noteNotWriting(): void {
  write(null)
}

/** Tells colleagues which conversation this page shows, as long as it can be seen. */
export function useShowPresence(openId: string | null): void {
  const visible = useVisible()
  const shown = visible ? openId : null
  const writing = useSyncExternalStore(subscribe, () => shown !== null && writesIn === shown)
  const told = useRef(false)
  useEffect(() => {
    if (shown === null && !told.current) return
    function tell(): void {
      ask('showPresence', { params: { tabId }, body: { conversationId: shown, writing } }).catch(
        () => undefined,
      )
    }
    tell()
    told.current = shown !== null
    if (shown === null) return
    const timer = setInterval(tell, everyMs)
    return () => clearInterval(timer)
  }, [shown, writing])
  useEffect(() => {
    function leave(): void {
      if (!told.current) return
      told.current = false
      ask('showPresence', { params: { tabId }, body: { conversationId: null, writing: false } }).catch(
        () => undefined,
      )
    }
    window.addEventListener('pagehide', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [])
}

const presencesQuery = queryOptions({
  queryKey: ['presences'] as const,
  queryFn: ({ signal }) => ask('listPresences', {}, signal),
  refetchInterval: ({ state }) => ((state.data?.items.length ?? 0) > 0 ? askAgainMs : false),
})

/** Colleagues who have it open now. */
export function useColleaguesAt(conversationId: string): readonly Presence[] {
  const now = useNow()
  const { data } = useQuery({
    ...presencesQuery,
    select: ({ items }) => items.filter((one) => one.conversationId === conversationId),
  })
  return (data ?? []).filter(({ until }) => Date.parse(until) > now)
}
