import { queryOptions } from '@tanstack/react-query'
import { ask } from '../api.ts'
import { changesByDecision } from '../use-decisions.ts'

/** The data clusters with their rules. */
export const catalogueQuery = queryOptions({
  queryKey: ['retention-rules'] as const,
  queryFn: ({ signal }) => ask('readCatalogue', {}, signal),
  ...changesByDecision,
})
