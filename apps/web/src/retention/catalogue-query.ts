import { queryOptions } from '@tanstack/react-query'
import { ask } from '../api.ts'

/** The data clusters with their rules; a change that somebody else approves is seen within a minute. */
export const catalogueQuery = queryOptions({
  queryKey: ['retention-rules'] as const,
  queryFn: ({ signal }) => ask('readCatalogue', {}, signal),
  refetchInterval: 60_000,
})
