import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { exactly } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './security.module.css'

const ownSessionsQuery = queryOptions({
  queryKey: ['own-sessions'] as const,
  queryFn: ({ signal }) => ask('listOwnSessions', {}, signal),
  staleTime: 0,
})

/** Where somebody is signed in; each can be ended, this one by signing out. */
export function OwnSessions(): ReactElement {
  const w = useWords()
  const c = w.security
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(ownSessionsQuery)
  const end = useMutation({
    mutationFn: (id: string | null) =>
      id === null ? ask('endOtherSessions', {}) : ask('endOwnSession', { params: { id } }),
    onSuccess: () => announce(c.sessionEnded),
    onSettled: () => client.invalidateQueries({ queryKey: ownSessionsQuery.queryKey }),
  })
  const others = data?.items.filter(({ current }) => !current) ?? []
  useActs({
    acts: () => [
      ...others.map(({ id, device }) => ({
        id,
        icon: 'close' as const,
        name: c.endNamed(device ?? c.unknownDevice),
        run: () => end.mutate(id),
      })),
      ...(others.length === 0
        ? []
        : [{ id: 'end-others', icon: 'close', name: c.endOthers, run: () => end.mutate(null) } as const]),
    ],
  })
  return (
    <section className={styles.section} aria-labelledby="own-sessions">
      <h2 id="own-sessions">{c.sessions}</h2>
      <p className={styles.quiet}>{c.sessionsLead}</p>
      {isPending && <Loading rows={2} />}
      {error !== null && data === undefined && <Failed error={error} onRetry={() => void refetch()} />}
      {end.error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, end.error)}</Notice>
        </div>
      )}
      <ul>
        {data?.items.map((one) => (
          <li key={one.id} className={styles.item}>
            <div>
              <p className={styles.name}>
                {one.device ?? c.unknownDevice}
                {one.current && ` · ${c.thisSession}`}
              </p>
              <p className={styles.quiet}>
                {c.network(one.network ?? '–')} · {c.since(exactly(w, Date.parse(one.since)))}
              </p>
              <p className={styles.quiet}>{c.usedAt(exactly(w, Date.parse(one.usedAt)))}</p>
            </div>
            {!one.current && (
              <Button
                compact
                aria-label={c.endNamed(one.device ?? c.unknownDevice)}
                isDisabled={end.isPending}
                onPress={() => end.mutate(one.id)}
              >
                {c.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <p>
          <Button isDisabled={end.isPending} onPress={() => end.mutate(null)}>
            {c.endOthers}
          </Button>
        </p>
      )}
    </section>
  )
}
