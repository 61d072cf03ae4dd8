import { queryOptions } from '@tanstack/react-query'
import { ask, type Reply } from '../api.ts'

export type CatalogueRequest = Reply<'listCatalogueRequests'>['items'][number]

/** What the archive was asked to value as a whole. Answers come by themselves. */
export const catalogueRequestsQuery = queryOptions({
  queryKey: ['catalogue-requests'] as const,
  queryFn: ({ signal }) => ask('listCatalogueRequests', {}, signal),
  refetchInterval: 10_000,
})
