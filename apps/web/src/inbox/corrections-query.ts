import { queryOptions } from '@tanstack/react-query'
import { ask, type Reply } from '../api.ts'

export type Correction = Reply<'listCorrections'>['items'][number]

/** The marks of a matter and of its messages, oldest first. */
export function correctionsQuery(conversationId: string) {
  return queryOptions({
    queryKey: ['corrections', conversationId] as const,
    queryFn: ({ signal }) => ask('listCorrections', { params: { id: conversationId } }, signal),
    staleTime: 60_000,
  })
}
