import { queryOptions } from '@tanstack/react-query'
import { ask } from '../api.ts'

export const holdsQuery = queryOptions({
  queryKey: ['holds'] as const,
  queryFn: ({ signal }) => ask('listHolds', {}, signal),
  // Nothing announces that a second person has decided.
  refetchInterval: 10_000,
})
