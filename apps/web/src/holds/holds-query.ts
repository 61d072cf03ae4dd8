import { queryOptions } from '@tanstack/react-query'
import { ask, type Reply } from '../api.ts'
import { changesByDecision } from '../use-decisions.ts'

type Hold = Reply<'listHolds'>['items'][number]

/** Those in force first, the oldest first; then those that have ended, the newest first. */
function inOrder(holds: readonly Hold[]): Hold[] {
  const inForce = holds.filter((one) => one.inForce)
  const ended = holds.filter((one) => !one.inForce)
  return [
    ...inForce.toSorted((a, b) => Date.parse(a.setAt) - Date.parse(b.setAt)),
    ...ended.toSorted((a, b) => Date.parse(b.endedAt ?? b.setAt) - Date.parse(a.endedAt ?? a.setAt)),
  ]
}

export const holdsQuery = queryOptions({
  queryKey: ['holds'] as const,
  queryFn: async ({ signal }) => {
    const [holds, restrictions] = await Promise.all([
      ask('listHolds', {}, signal),
      ask('listRestrictions', {}, signal),
    ])
    return { items: inOrder([...holds.items, ...restrictions.items]) }
  },
  ...changesByDecision,
})
