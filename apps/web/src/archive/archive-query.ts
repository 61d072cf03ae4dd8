import type { LogName } from '@buergerdraht/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ask, type Reply } from '../api.ts'

export type Package = Reply<'readPackage'>
export type Listed = Reply<'searchPackages'>['items'][number]
export type ArchiveState = Reply<'readArchiveState'>

/** What is shown. Empty: no bound. */
export type Choice = {
  readonly state: Listed['state'] | ''
  readonly team: string
  readonly from: string
  readonly to: string
  /** A file reference, or the beginning of a package's id. */
  readonly q: string
}
export const everything: Choice = { state: '', team: '', from: '', to: '', q: '' }

/** Nothing announces that something has been sealed. */
const refetchInterval = 10_000

export const archiveStateQuery = queryOptions({
  queryKey: ['archive'] as const,
  queryFn: ({ signal }) => ask('readArchiveState', {}, signal),
  refetchInterval,
})

export function packagesQuery({ state, team, from, to, q }: Choice) {
  const bounds = {
    ...(state === '' ? {} : { state }),
    ...(team === '' ? {} : { team }),
    ...(from === '' ? {} : { from }),
    ...(to === '' ? {} : { to }),
    ...(q === '' ? {} : { q }),
  }
  return infiniteQueryOptions({
    queryKey: ['archive-packages', bounds] as const,
    queryFn: ({ pageParam, signal }) =>
      ask('searchPackages', { body: { ...bounds, cursor: pageParam ?? undefined } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval,
  })
}

export function packageQuery(id: string) {
  return queryOptions({
    queryKey: ['archive-package', id] as const,
    queryFn: ({ signal }) => ask('readPackage', { params: { id } }, signal),
    refetchInterval,
  })
}

export type HandOver = Reply<'listHandOvers'>['items'][number]
export const handOverLists = ['open', 'late', 'confirmed', 'rejected', 'all'] as const
export type HandOverList = (typeof handOverLists)[number]

export function handOversQuery(of: HandOverList, packageId: string | null = null) {
  return queryOptions({
    queryKey: ['hand-overs', of, packageId] as const,
    queryFn: ({ signal }) =>
      ask('listHandOvers', { query: { of, ...(packageId === null ? {} : { package: packageId }) } }, signal),
    // Answers come by themselves.
    refetchInterval,
  })
}

export type Checkpoint = Reply<'listCheckpoints'>['items'][number]
export type Renewals = Reply<'readRenewals'>

export function checkpointsQuery(log: LogName) {
  return infiniteQueryOptions({
    queryKey: ['checkpoints', log] as const,
    queryFn: ({ pageParam, signal }) =>
      ask('listCheckpoints', { params: { log }, query: { cursor: pageParam ?? undefined } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

export const selfChecksQuery = infiniteQueryOptions({
  queryKey: ['self-checks'] as const,
  queryFn: ({ pageParam, signal }) =>
    ask('listSelfChecks', { query: { cursor: pageParam ?? undefined } }, signal),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
})

export const renewalsQuery = queryOptions({
  queryKey: ['renewals'] as const,
  queryFn: ({ signal }) => ask('readRenewals', {}, signal),
})

export const timeStampRootsQuery = queryOptions({
  queryKey: ['time-stamp-roots'] as const,
  queryFn: ({ signal }) => ask('readTimeStampRoots', {}, signal),
})
