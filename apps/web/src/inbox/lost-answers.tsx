import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { ask } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Notice } from '../ui/notice.tsx'
import { useWords } from '../ui/words.tsx'
import { heldConversation } from './conversation-cache.ts'
import styles from './lost-answers.module.css'
import type { Pending } from './outbox.ts'
import type { Goal } from './thread.tsx'

const lostAnswersQuery = queryOptions({
  queryKey: ['lost-answers'] as const,
  queryFn: ({ signal }) => ask('listLostAnswers', {}, signal),
})

/** More would push the list away. */
const maxShown = 3

/** Where it leads: to a message, or to a conversation. */
type Line = { readonly key: string; readonly words: string; readonly goal: Goal | string }

/** Answers that did not arrive, wherever one is: nobody takes a citizen for answered who is not. They go when their cause does. */
export function LostAnswers({
  me,
  openId,
  pending,
  onGoal,
}: {
  me: string
  openId: string | null
  pending: readonly Pending[]
  onGoal: (goal: Goal) => void
}): ReactElement | null {
  const w = useWords()
  const client = useQueryClient()
  const { data } = useQuery(lostAnswersQuery)
  const stored = (data?.items ?? []).map(({ messageId, conversationId, citizen, author, status }): Line => {
    const words =
      author === null || author.id === me ? w.lost[status](citizen) : w.lost.of(author.displayName, citizen)
    return { key: messageId, words, goal: { conversationId, messageId } }
  })
  // What the server did not take stands in its thread; from elsewhere nobody would see it.
  const refused = pending
    .filter(({ state, conversationId }) => state === 'refused' && conversationId !== openId)
    .map(({ clientId, conversationId }): Line => {
      const name = heldConversation(client, conversationId)?.contact.displayName ?? ''
      return { key: clientId, words: w.lost.refused(name), goal: conversationId }
    })
  const told = useRef(new Set<string>())
  useEffect(() => {
    for (const { key, words } of stored) if (!told.current.has(key)) announce(words)
    told.current = new Set(stored.map(({ key }) => key))
  })
  const lines = [...refused, ...stored]
  if (lines.length === 0) return null
  return (
    <div className={styles.lost}>
      <Notice tone="danger">
        {lines.slice(0, maxShown).map(({ key, words, goal }) => (
          <p key={key}>
            <Link
              href={`/posteingang/${typeof goal === 'string' ? goal : goal.conversationId}`}
              onClick={() => {
                if (typeof goal !== 'string') onGoal(goal)
              }}
            >
              {words}
            </Link>
          </p>
        ))}
        {lines.length > maxShown && <p>{w.lost.more(lines.length - maxShown)}</p>}
      </Notice>
    </div>
  )
}
