import type { DeletionRun } from '@buergerdraht/contract'
import { queryOptions } from '@tanstack/react-query'
import { ask } from '../api.ts'
import { changesByDecision } from '../use-decisions.ts'

export function isUnderway({ state }: DeletionRun): boolean {
  return state === 'approved' || state === 'running'
}

export const runsQuery = queryOptions({
  queryKey: ['deletion-runs'] as const,
  queryFn: ({ signal }) => ask('listDeletionRuns', {}, signal),
  ...changesByDecision,
  // Nothing announces how far a run has got.
  refetchInterval: ({ state: { data } }) => (data?.items.some(isUnderway) ? 1000 : false),
})
