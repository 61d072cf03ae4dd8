import { queryOptions } from '@tanstack/react-query'
import { ask } from '../api.ts'

export const coverageQuery = queryOptions({
  queryKey: ['coverage'] as const,
  queryFn: ({ signal }) => ask('readCoverage', {}, signal),
  // Nothing announces that it has been counted.
  refetchInterval: ({ state: { data } }) => (data?.asked === true || data?.latest === null ? 1000 : 60_000),
})
