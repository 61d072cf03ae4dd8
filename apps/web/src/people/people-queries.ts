import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask, type Reply } from '../api.ts'
import { changesByDecision } from '../use-decisions.ts'

export type Person = Reply<'readPerson'>

/** Who of them is shown; empty: everybody. */
export type Choice = {
  readonly q: string
  readonly role: Person['role'] | ''
  readonly state: Person['state'] | ''
}

export const everybody: Choice = { q: '', role: '', state: '' }

export function peopleQuery({ q, role, state }: Choice) {
  return infiniteQueryOptions({
    queryKey: ['people', { q, role, state }] as const,
    queryFn: ({ pageParam, signal }) =>
      ask(
        'searchPeople',
        {
          body: {
            q,
            limit: 50,
            role: role === '' ? undefined : role,
            state: state === '' ? undefined : state,
            cursor: pageParam ?? undefined,
          },
        },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    ...changesByDecision,
  })
}

export function personQuery(id: string) {
  return queryOptions({
    queryKey: ['person', id] as const,
    queryFn: ({ signal }) => ask('readPerson', { params: { id } }, signal),
    ...changesByDecision,
  })
}

export const teamsQuery = queryOptions({
  queryKey: ['teams'] as const,
  queryFn: ({ signal }) => ask('listTeams', {}, signal),
})

export function teamQuery(id: string) {
  return queryOptions({
    queryKey: ['team', id] as const,
    queryFn: ({ signal }) => ask('readTeam', { params: { id } }, signal),
  })
}
