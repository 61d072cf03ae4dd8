import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ask, type Conversation, type Message } from '../api.ts'
import { countsQuery, keepConversation } from './conversation-cache.ts'

/** Long enough to have been seen, short enough not to be noticed. */
const glanceMs = 600

/** The citizen's message that arrived last; ids are in the order of arrival. One that was delayed stands further up in the thread. */
export function lastArrived(messages: readonly Pick<Message, 'id' | 'direction'>[]): string | undefined {
  return messages.reduce<string | undefined>(
    (last, { id, direction }) => (direction === 'inbound' && (last === undefined || id > last) ? id : last),
    undefined,
  )
}

/** Marks as read what was in sight: the page visible, the end of the thread in view. */
export function useMarkRead(
  conversation: Conversation,
  messages: readonly Message[],
  atEnd: boolean,
  me: string,
): void {
  const client = useQueryClient()
  const [visible, setVisible] = useState(() => document.visibilityState === 'visible')
  const sent = useRef<string | null>(null)
  const upTo = lastArrived(messages)
  const { id, unreadCount } = conversation

  useEffect(() => {
    function see(): void {
      setVisible(document.visibilityState === 'visible')
    }
    document.addEventListener('visibilitychange', see)
    return () => document.removeEventListener('visibilitychange', see)
  }, [])

  useEffect(() => {
    if (!visible || !atEnd || unreadCount === 0 || upTo === undefined || sent.current === upTo) return
    const timer = setTimeout(() => {
      sent.current = upTo
      keepConversation(client, { ...conversation, unreadCount: 0 }, me)
      ask('markRead', { params: { id }, body: { upTo } }).then(
        () => client.invalidateQueries({ queryKey: countsQuery.queryKey }),
        () => {
          sent.current = null
        },
      )
    }, glanceMs)
    return () => clearTimeout(timer)
  }, [client, conversation, visible, atEnd, unreadCount, upTo, id, me])
}
