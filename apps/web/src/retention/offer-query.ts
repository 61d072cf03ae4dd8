import { queryOptions } from '@tanstack/react-query'
import { ask, type Reply } from '../api.ts'
import { changesByDecision } from '../use-decisions.ts'

export type Offer = Reply<'readArchiveOffer'>

export function offerQuery(id: string) {
  return queryOptions({
    queryKey: ['archive-offer', id] as const,
    queryFn: ({ signal }) => ask('readArchiveOffer', { params: { id } }, signal),
    ...changesByDecision,
  })
}
