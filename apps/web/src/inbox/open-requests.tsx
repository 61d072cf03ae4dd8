import { queryOptions, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'wouter'
import { ask } from '../api.ts'
import { dayName } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { requestWords } from '../ui/request-words.ts'
import { useWords } from '../ui/words.tsx'

export function openRequestsQuery(conversationId: string) {
  return queryOptions({
    queryKey: ['conversation-requests', conversationId] as const,
    queryFn: ({ signal }) => ask('listRequests', { query: { conversation: conversationId } }, signal),
    // Nothing announces that one has been recognised in what was written.
    refetchInterval: 15_000,
  })
}

/** What the person of this matter has asked for as a data subject, and until when that is to be answered. */
export function OpenRequests({ conversationId }: { conversationId: string }): ReactElement | null {
  const w = useWords()
  const c = requestWords[w.language]
  const now = useNow()
  const { data } = useQuery(openRequestsQuery(conversationId))
  const open = data?.items.filter(({ clock }) => clock !== null) ?? []
  if (open.length === 0) return null
  return (
    <>
      {open.map(({ id, kind, clock, dueAt }) => (
        <Notice key={id} tone={clock === 'overdue' ? 'danger' : 'warning'}>
          <Link href="/antraege">{c.entry}</Link>
          {': '}
          {clock === 'overdue'
            ? c.overdue(c.kinds[kind], dayName(w, Date.parse(dueAt), now))
            : c.due(c.kinds[kind], dayName(w, Date.parse(dueAt) - 1, now))}
        </Notice>
      ))}
    </>
  )
}
