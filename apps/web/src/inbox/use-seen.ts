import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ask, type Conversation, type Message } from '../api.ts'
import { countsQuery, keepConversation } from './conversation-cache.ts'

/** Long enough to have been seen, short enough not to be noticed. */
const glanceMs = 600

type Said = Pick<Message, 'statementId' | 'direction' | 'kind' | 'details'>

/**
 * Whether a citizen says something with it, by trying to call too, or a line of the system that they did elsewhere, and somebody has
 * to see it.
 */
export function isStatement({ direction, kind, details }: Said): boolean {
  const isSaid =
    details?.kind === 'system' && (details.event === 'call-attempted' || details.earlier !== null)
  return direction === 'inbound' && (kind !== 'system' || isSaid)
}

/**
 * What came last, by arrival, of what the citizen said and of what we answered: a message that was delayed stands further up in the
 * thread. Whoever has seen it has seen what colleagues have answered, too.
 */
export function lastSaid(messages: readonly Said[]): string | null {
  return messages.reduce<string | null>((last, said) => {
    const counts = said.direction === 'outbound' || isStatement(said)
    return counts && (last === null || said.statementId > last) ? said.statementId : last
  }, null)
}

/** Whether the page can be seen at all. */
export function useVisible(): boolean {
  const [visible, setVisible] = useState(() => document.visibilityState === 'visible')
  useEffect(() => {
    function see(): void {
      setVisible(document.visibilityState === 'visible')
    }
    document.addEventListener('visibilitychange', see)
    return () => document.removeEventListener('visibilitychange', see)
  }, [])
  return visible
}

/** The newest that was in sight for a moment, on a page that can be seen. */
export function useGlance(newest: string | null, inSight: boolean): string | null {
  const visible = useVisible()
  const [glanced, setGlanced] = useState<string | null>(null)
  useEffect(() => {
    if (!visible || !inSight || newest === null || newest === glanced) return
    const timer = setTimeout(() => setGlanced(newest), glanceMs)
    return () => clearTimeout(timer)
  }, [newest, inSight, visible, glanced])
  return glanced
}

/** Up to where a thread has been seen. */
export type Seen = {
  /** What stood at its end in sight; null: the end has not been in sight. */
  readonly inSight: string | null
  /** That, or what was there when the conversation was opened: an answer answers nothing that came later. */
  readonly here: string | null
}

export const nothingSeen: Seen = { inSight: null, here: null }

/** What was there when the conversation was opened, and what has been in sight since; what was in sight for a moment is marked as read. */
export function useSeen(
  conversation: Conversation,
  messages: readonly Message[],
  atEnd: boolean,
  me: string,
): Seen {
  const client = useQueryClient()
  const newest = lastSaid(messages)
  const glanced = useGlance(newest, atEnd)
  const atOpening = useRef<string | null>(null)
  const inSightAtOpening = useRef<string | null>(null)
  atOpening.current ??= newest
  if (atEnd) inSightAtOpening.current ??= newest
  const marked = useRef<string | null>(null)
  const { id, unreadCount } = conversation

  useEffect(() => {
    if (unreadCount === 0 || glanced === null || marked.current === glanced) return
    marked.current = glanced
    if (glanced === newest) keepConversation(client, { ...conversation, unreadCount: 0 }, me)
    ask('markRead', { params: { id }, body: { upTo: glanced } }).then(
      () => client.invalidateQueries({ queryKey: countsQuery.queryKey }),
      () => {
        marked.current = null
      },
    )
  }, [client, conversation, glanced, newest, unreadCount, id, me])
  const inSight = glanced ?? inSightAtOpening.current
  const here = inSight ?? atOpening.current
  return useMemo(() => ({ inSight, here }), [inSight, here])
}
