import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { type AuditEntry, ask, auditExport } from '../api.ts'
import { dayBegins } from '../ui/moment.ts'

/** What of the log is shown. Days are the office's, both included; empty: no bound. */
export type Choice = {
  readonly act: AuditEntry['act'] | ''
  readonly from: string
  readonly to: string
  readonly actor: string | null
  /** What was done under it. */
  readonly emergencyAccess: string | null
  readonly object: { readonly kind: string; readonly id: string } | null
}

export const everything: Choice = {
  act: '',
  from: '',
  to: '',
  actor: null,
  emergencyAccess: null,
  object: null,
}

function queryOf({ act, from, to, actor, emergencyAccess, object }: Choice) {
  return {
    ...(act === '' ? {} : { act }),
    ...(from === '' ? {} : { from: new Date(dayBegins(from)).toISOString() }),
    ...(to === '' ? {} : { to: new Date(dayBegins(to, 1)).toISOString() }),
    ...(actor === null ? {} : { actor }),
    ...(emergencyAccess === null ? {} : { emergencyAccess }),
    ...(object === null ? {} : { object: object.id }),
  }
}

export const auditStateQuery = queryOptions({
  queryKey: ['audit'] as const,
  queryFn: ({ signal }) => ask('readAuditState', {}, signal),
  // Nothing announces that nothing is sealed.
  refetchInterval: 10_000,
})

export function auditEntriesQuery(choice: Choice) {
  return infiniteQueryOptions({
    queryKey: ['audit-entries', choice] as const,
    queryFn: ({ pageParam, signal }) =>
      ask('listAuditEntries', { query: { ...queryOf(choice), cursor: pageParam ?? undefined } }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

export function exportAddress(choice: Choice, format: 'csv' | 'jsonl'): string {
  return `${auditExport}?${new URLSearchParams({ ...queryOf(choice), format })}`
}
