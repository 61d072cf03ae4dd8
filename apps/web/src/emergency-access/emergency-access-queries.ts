import { queryOptions } from '@tanstack/react-query'
import { ask } from '../api.ts'

export const emergencyAccessQuery = queryOptions({
  queryKey: ['emergency-access'] as const,
  queryFn: ({ signal }) => ask('listEmergencyAccess', {}, signal),
  // Nothing announces that somebody else has decided or ended it.
  refetchInterval: 10_000,
})
