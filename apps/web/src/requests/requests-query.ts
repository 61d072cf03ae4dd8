import { queryOptions } from '@tanstack/react-query'
import { ask } from '../api.ts'

export const requestsQuery = queryOptions({
  queryKey: ['data-subject-requests'] as const,
  queryFn: ({ signal }) => ask('listRequests', { query: {} }, signal),
  // Nothing announces that one has been recognised.
  refetchInterval: 10_000,
})
