import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Conversation, Message } from '../api.ts'
import { messagesQuery } from './conversation-cache.ts'

type Answers = { readonly colleague: Message | null; readonly own: Message | null }

/**
 * What somebody should know before they send: whose matter it is, and what has been answered since they began to write, by a colleague or
 * by themselves in another window.
 */
export function useColleague(
  { id, assignee }: Conversation,
  me: string,
  writes: boolean,
): { holder: Conversation['assignee']; answered: Message | null; ownAnswer: Message | null } {
  const { data } = useInfiniteQuery(messagesQuery(id))
  const answers = (data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter(({ direction, author }) => direction === 'outbound' && author !== null)
  const newest: Answers = {
    colleague: answers.find(({ author }) => author?.id !== me) ?? null,
    own: answers.find(({ author }) => author?.id === me) ?? null,
  }
  const known = useRef<Answers | undefined>(undefined)
  // Until something is written, what comes is seen before one begins.
  if (data !== undefined && (known.current === undefined || !writes)) known.current = newest
  function since(whose: keyof Answers): Message | null {
    return known.current !== undefined && newest[whose]?.id !== known.current[whose]?.id
      ? newest[whose]
      : null
  }
  return {
    holder: assignee?.id === me ? null : assignee,
    answered: since('colleague'),
    ownAnswer: since('own'),
  }
}
