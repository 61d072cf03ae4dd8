import { queryOptions } from '@tanstack/react-query'
import { ask } from '../api.ts'

export const tidyingDaysQuery = queryOptions({
  queryKey: ['tidying-days'] as const,
  queryFn: ({ signal }) => ask('listTidyingDays', {}, signal),
})
