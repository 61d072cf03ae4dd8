import { queryOptions } from '@tanstack/react-query'
import { ask } from '../api.ts'
import { changesByDecision } from '../use-decisions.ts'

export const requestsQuery = queryOptions({
  queryKey: ['data-subject-requests'] as const,
  queryFn: ({ signal }) => ask('listRequests', { query: {} }, signal),
  ...changesByDecision,
})
