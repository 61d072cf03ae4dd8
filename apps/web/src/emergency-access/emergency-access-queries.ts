import { queryOptions } from '@tanstack/react-query'
import { ask } from '../api.ts'
import { changesByDecision } from '../use-decisions.ts'

export const emergencyAccessQuery = queryOptions({
  queryKey: ['emergency-access'] as const,
  queryFn: ({ signal }) => ask('listEmergencyAccess', {}, signal),
  ...changesByDecision,
})
