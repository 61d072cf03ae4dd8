import { type DeletionRun, may } from '@buergerdraht/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef } from 'react'
import { apiRoot, ask, type Session } from '../api.ts'
import { useActs } from '../ui/acts.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import deskStyles from '../ui/desk.module.css'
import { shortMoment } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Empty, Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './deletion-runs-page.module.css'
import { deletionRunsWords } from './deletion-runs-words.ts'
import { EmergencyForm } from './emergency-form.tsx'
import { PeriodProtocol } from './period-protocol.tsx'
import { isUnderway, runsQuery } from './runs-query.ts'
import { StandingApprovals } from './standing-approvals.tsx'

function Run({
  run,
  mayPause,
  mayPutForward,
  onChanged,
}: {
  run: DeletionRun
  mayPause: boolean
  mayPutForward: boolean
  onChanged: () => Promise<void>
}): ReactElement {
  const w = useWords()
  const c = deletionRunsWords[w.language]
  const inWords = new Intl.NumberFormat(w.locale)
  const pausing = useMutation({
    mutationFn: () => ask(run.paused ? 'resumeDeletionRun' : 'pauseDeletionRun', { params: { id: run.id } }),
    onSettled: onChanged,
  })
  const forwarding = useMutation({
    mutationFn: () => ask('putForwardDeletionRun', { params: { id: run.id } }),
    onSuccess: () => announce(c.forwarded),
    onSettled: onChanged,
  })
  const whole = run.waiting + run.destroyed
  const fallenOut = run.fallenOut.reduce((sum, { count }) => sum + count, 0)
  const heading = c.heading(c.kinds[run.kind], shortMoment(w, Date.parse(run.plannedAt)))
  return (
    <li className={deskStyles.item}>
      <h2>{heading}</h2>
      <p>
        {run.paused && isUnderway(run) ? c.paused : c.states[run.state]}
        {run.standing && <> · {c.underStanding}</>}
        {run.endedAt !== null && <> · {c.ended(shortMoment(w, Date.parse(run.endedAt)))}</>}
      </p>
      {run.state === 'prepared' && <p>{c.chosen(inWords.format(run.waiting))}</p>}
      {run.state === 'prepared' && mayPutForward && (
        <p>
          <Button
            kind="primary"
            isDisabled={forwarding.isPending}
            aria-label={`${c.putForward}: ${heading}`}
            onPress={() => forwarding.mutate()}
          >
            {c.putForward}
          </Button>{' '}
          <span className={deskStyles.quiet}>{c.putForwardHint}</span>
        </p>
      )}
      {forwarding.error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, forwarding.error)}
        </Notice>
      )}
      {whole > 0 && run.state !== 'prepared' && (
        <>
          <progress className={styles.progress} max={whole} value={run.destroyed} aria-label={heading} />
          <p className={deskStyles.quiet}>
            {c.progress(inWords.format(run.destroyed), inWords.format(whole))}
          </p>
        </>
      )}
      {fallenOut > 0 && (
        <>
          <p>{c.stays(fallenOut)}</p>
          <ul className={styles.stays}>
            {run.fallenOut.map(({ reason, sentence, count }) => (
              <li key={reason}>
                {inWords.format(count)} – {sentence[w.language]}
              </li>
            ))}
          </ul>
        </>
      )}
      {run.destroyed > 0 && (
        <p>
          {c.protocol}{' '}
          {(['pdf', 'csv'] as const).map((format) => (
            <a
              key={format}
              className={styles.download}
              href={`${apiRoot}/deletion-runs/${run.id}/protocol?format=${format}`}
              aria-label={`${c.protocol} ${format.toUpperCase()}: ${heading}`}
              download
            >
              {format.toUpperCase()}
            </a>
          ))}
        </p>
      )}
      {isUnderway(run) && mayPause && (
        <p>
          <Button
            icon={run.paused ? 'play' : 'pause'}
            isDisabled={pausing.isPending}
            onPress={() => pausing.mutate()}
          >
            {run.paused ? c.resume : c.pause}
          </Button>{' '}
          <span className={deskStyles.quiet}>{c.pauseHint}</span>
        </p>
      )}
      {pausing.error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, pausing.error)}
        </Notice>
      )}
    </li>
  )
}

/** Announces each run that ends while somebody looks. */
function useEndsAnnounced(runs: readonly DeletionRun[] | undefined): void {
  const c = deletionRunsWords[useWords().language]
  const underway = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    if (runs === undefined) return
    for (const { id, state, destroyed } of runs)
      if (state === 'completed' && underway.current.has(id)) announce(c.completed(destroyed))
    underway.current = new Set(runs.filter(isUnderway).map(({ id }) => id))
  }, [runs, c])
}

/** What is deleted, by figures: planned here, approved by a second person, and seen to its end. */
function DeletionRunsPage({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const c = deletionRunsWords[w.language]
  const client = useQueryClient()
  const { data, error, refetch } = useQuery(runsQuery)
  useEndsAnnounced(data?.items)
  function again(): Promise<void> {
    return client.invalidateQueries({ queryKey: runsQuery.queryKey })
  }
  const mayPlan = may(session.account.role, 'plan-deletion')
  const mayGive = may(session.account.role, 'give-standing-approvals')
  const planning = useMutation({
    mutationFn: () => ask('planDeletionRun', { body: { kind: 'planned' } }),
    onSuccess: ({ waiting }) => announce(c.planned(waiting)),
    onSettled: again,
  })
  useActs({
    acts: () =>
      mayPlan ? [{ id: 'plan-run', icon: 'plus', name: c.plan, run: () => planning.mutate() }] : [],
  })
  const [waiting, ended] = [
    data?.items.filter(({ endedAt }) => endedAt === null),
    data?.items.filter(({ endedAt }) => endedAt !== null),
  ]
  function listOf(runs: readonly DeletionRun[] = []): ReactElement | null {
    if (runs.length === 0) return null
    return (
      <ol className={deskStyles.items}>
        {runs.map((run) => (
          <Run key={run.id} run={run} mayPause={mayPlan} mayPutForward={mayGive} onChanged={again} />
        ))}
      </ol>
    )
  }
  return (
    <ScrollArea label={c.title} className={deskStyles.page}>
      <PageTitle>{c.title}</PageTitle>
      <p className={deskStyles.quiet}>{c.intro}</p>
      {mayPlan && (
        <p>
          <Button icon="plus" isDisabled={planning.isPending} onPress={() => planning.mutate()}>
            {c.plan}
          </Button>
        </p>
      )}
      {planning.error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, planning.error)}
        </Notice>
      )}
      {data === undefined && error === null && <Loading />}
      {data === undefined && error !== null && <Failed error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <Empty icon="archive">{c.none}</Empty>}
      {listOf(waiting)}
      {mayPlan && <EmergencyForm />}
      <StandingApprovals mayGive={mayGive} />
      <PeriodProtocol />
      {listOf(ended)}
    </ScrollArea>
  )
}

export default DeletionRunsPage
