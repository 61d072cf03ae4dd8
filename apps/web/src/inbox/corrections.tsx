import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask } from '../api.ts'
import { dayAndClock } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { useWords } from '../ui/words.tsx'
import { correctionWords } from './correction-words.ts'

export function correctionsQuery(conversationId: string) {
  return queryOptions({
    queryKey: ['corrections', conversationId] as const,
    queryFn: ({ signal }) => ask('listCorrections', { params: { id: conversationId } }, signal),
    staleTime: 60_000,
  })
}

/** What the person contests of a message, or of the matter as a whole, and what they say is right. */
export function Corrections({
  conversationId,
  messageId,
}: {
  conversationId: string
  messageId: string | null
}): ReactElement | null {
  const w = useWords()
  const c = correctionWords[w.language]
  const now = useNow()
  const { data } = useQuery(correctionsQuery(conversationId))
  const own = data?.items.filter((one) => one.messageId === messageId) ?? []
  if (own.length === 0) return null
  return (
    <>
      {own.map(({ id, contested, correct, markedBy, markedAt }) => (
        <Notice key={id} tone="info">
          <strong>{c.entry}</strong>: <bdi>{c.said(contested, correct)}</bdi>{' '}
          {c.by(markedBy ?? c.somebody, dayAndClock(w, Date.parse(markedAt), now))}
        </Notice>
      ))}
    </>
  )
}
