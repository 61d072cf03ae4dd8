import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Conversation, Message } from '../api.ts'
import { messagesQuery } from './conversation-cache.ts'

/** What somebody should know before they send: whose matter it is, and what a colleague has answered since they began to write. */
export function useColleague(
  { id, assignee }: Conversation,
  me: string,
  writes: boolean,
): { holder: Conversation['assignee']; answered: Message | null } {
  const { data } = useInfiniteQuery(messagesQuery(id))
  const newest =
    data?.pages
      .flatMap(({ items }) => items)
      .find((one) => one.direction === 'outbound' && one.author !== null && one.author.id !== me) ?? null
  const known = useRef<string | null | undefined>(undefined)
  // Until something is written, what comes is seen before one begins.
  if (data !== undefined && (known.current === undefined || !writes)) known.current = newest?.id ?? null
  return {
    holder: assignee?.id === me ? null : assignee,
    answered: known.current !== undefined && newest !== null && newest.id !== known.current ? newest : null,
  }
}
