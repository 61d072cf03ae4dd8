import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask } from '../api.ts'

export const channelsQuery = queryOptions({
  queryKey: ['channels'] as const,
  queryFn: ({ signal }) => ask('listChannels', {}, signal),
})

export function channelTemplatesQuery(id: string) {
  return queryOptions({
    queryKey: ['channel-templates', id] as const,
    queryFn: ({ signal }) => ask('listChannelTemplates', { params: { id } }, signal),
  })
}

export const teamsQuery = queryOptions({
  queryKey: ['teams'] as const,
  queryFn: ({ signal }) => ask('listTeams', {}, signal),
})

const everyMs = 5_000

/** Nothing announces that something does not move: it is asked for again and again while one looks. */
export const intakeQuery = queryOptions({
  queryKey: ['intake'] as const,
  queryFn: ({ signal }) => ask('readIntake', {}, signal),
  refetchInterval: everyMs,
})

export const operationQuery = queryOptions({
  queryKey: ['operation'] as const,
  queryFn: ({ signal }) => ask('readOperation', {}, signal),
  refetchInterval: everyMs,
})

export const deadLettersQuery = infiniteQueryOptions({
  queryKey: ['dead-letters'] as const,
  queryFn: ({ pageParam, signal }) =>
    ask('listDeadLetters', { query: { cursor: pageParam ?? undefined } }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  refetchInterval: everyMs,
})
