import { type BrokenLedgerFound, may, type Restore } from '@buergerdraht/contract'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect } from 'react'
import { ask, type Session } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import styles from '../ui/desk.module.css'
import { shortMoment, wholeDay } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { Failed, Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { RestoreTasks } from './restore-tasks.tsx'
import { restoreWords } from './restore-words.ts'

const lookEveryMs = 2000

/** What the ledger could not make again: nobody is let in before each is taken over. */
function Tasks({ tasks }: { tasks: Restore['tasks'] }): ReactElement | null {
  const c = restoreWords[useWords().language]
  if (tasks.length === 0) return null
  return (
    <section aria-labelledby="restore-tasks">
      <h2 id="restore-tasks">{c.tasks}</h2>
      <p>{c.tasksHint}</p>
      <RestoreTasks tasks={tasks} released={false} mayAct />
    </section>
  )
}

/** A deletion ledger that was lost or damaged: two persons give it up, and another one follows. */
function BrokenLedger({ broken }: { broken: BrokenLedgerFound }): ReactElement {
  const w = useWords()
  const c = restoreWords[w.language]
  const client = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: (what: 'proposeGivingUp' | 'approveGivingUp') => ask(what, {}),
    onSuccess: (_, what) => announce(what === 'proposeGivingUp' ? c.givingUpProposed : c.givenUp),
    onSettled: () => client.invalidateQueries({ queryKey: ['restore'] }),
  })
  return (
    <section aria-labelledby="broken-ledger" className={styles.part}>
      <h2 id="broken-ledger">{c.brokenTitle}</h2>
      <p>{c.brokenIntro}</p>
      <ul className={styles.bulleted}>
        {c.consequences.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <dl className={styles.facts}>
        <dt>{c.fault}</dt>
        <dd>{c.faults[broken.fault]}</dd>
        <dt>{c.foundAt}</dt>
        <dd>{shortMoment(w, Date.parse(broken.foundAt))}</dd>
        <dt>{c.carriedOut}</dt>
        <dd>{new Intl.NumberFormat(w.locale).format(broken.size)}</dd>
        <dt>{c.lastProven}</dt>
        <dd>
          {broken.provenSize === null || broken.provenAt === null
            ? c.neverProven
            : c.provenOf(broken.provenSize, shortMoment(w, Date.parse(broken.provenAt)))}
        </dd>
        <dt>{c.origin}</dt>
        <dd className={styles.value}>
          <code>{broken.origin}</code>
        </dd>
        <dt>{c.root}</dt>
        <dd className={styles.value}>
          <code>{broken.root}</code>
        </dd>
        {broken.findings.length > 0 && (
          <>
            <dt>{c.findings}</dt>
            <dd>{broken.findings.join(', ')}</dd>
          </>
        )}
      </dl>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      {broken.decided ? (
        <p role="status">{c.givenUp}</p>
      ) : (
        <>
          {broken.proposed && <p>{c.givingUpProposed}</p>}
          <p className={styles.buttons}>
            <Button
              kind="primary"
              isDisabled={isPending}
              onPress={() => mutate(broken.proposed ? 'approveGivingUp' : 'proposeGivingUp')}
            >
              {broken.proposed ? c.approveGivingUp : c.proposeGivingUp}
            </Button>
          </p>
        </>
      )}
    </section>
  )
}

function Release(): ReactElement {
  const w = useWords()
  const c = restoreWords[w.language]
  const client = useQueryClient()
  const inWords = new Intl.NumberFormat(w.locale)
  const {
    data,
    error: unread,
    refetch,
  } = useQuery({
    queryKey: ['restore'],
    queryFn: ({ signal }) => ask('readRestore', {}, signal),
    refetchInterval: lookEveryMs,
  })
  const { mutate, error, isPending } = useMutation({
    mutationFn: (what: 'proposeRelease' | 'approveRelease') => ask(what, {}),
    onSuccess: (_, what) => announce(what === 'proposeRelease' ? c.proposed : c.approved),
    onSettled: () => client.invalidateQueries({ queryKey: ['restore'] }),
  })
  if (data === undefined)
    return unread === null ? <Loading /> : <Failed error={unread} onRetry={() => void refetch()} />
  const broken = data.brokenLedger
  if (broken !== null) return <BrokenLedger broken={broken} />
  const { restore } = data
  if (restore === null) return <p>{c.waiting}</p>
  return (
    <>
      <p role="status">{c.states[restore.state]}</p>
      <dl className={styles.facts}>
        <dt>{c.backupOn}</dt>
        <dd>{wholeDay(w, restore.backupOn)}</dd>
        {(['entries', 'destroyed', 'holds', 'restrictions', 'decisions', 'anew'] as const).map((name) => [
          <dt key={`${name} name`}>{c[name]}</dt>,
          <dd key={name}>{inWords.format(restore[name])}</dd>,
        ])}
      </dl>
      <p className={styles.quiet}>{c.anewHint}</p>
      {error !== null && (
        <div role="alert">
          <Notice tone="danger">{sentenceOf(w, error)}</Notice>
        </div>
      )}
      <Tasks tasks={restore.tasks} />
      {restore.state === 'replayed' && (
        <>
          {restore.proposed && <p>{c.proposed}</p>}
          <p className={styles.buttons}>
            {restore.proposed ? (
              <Button kind="primary" isDisabled={isPending} onPress={() => mutate('approveRelease')}>
                {c.approve}
              </Button>
            ) : (
              <Button kind="primary" isDisabled={isPending} onPress={() => mutate('proposeRelease')}>
                {c.propose}
              </Button>
            )}
          </p>
        </>
      )}
    </>
  )
}

/** All there is while the database is one from a backup: how far the ledger is carried out, and letting people in again. */
function RestorePage({
  session,
  onSignOut,
  onOpened,
}: {
  session: Session
  onSignOut: () => Promise<void>
  onOpened: () => void
}): ReactElement {
  const w = useWords()
  const c = restoreWords[w.language]
  const { data } = useQuery({
    queryKey: ['session-in-quarantine'],
    queryFn: ({ signal }) => ask('readSession', {}, signal),
    refetchInterval: lookEveryMs,
  })
  const isOpen = data?.inQuarantine === false
  useEffect(() => {
    if (!isOpen) return
    announce(c.opened)
    onOpened()
  }, [isOpen, onOpened, c])
  return (
    <main className={styles.page}>
      <PageTitle>{c.title}</PageTitle>
      <Notice tone="warning">{c.closed}</Notice>
      {may(session.account.role, 'release-restore') ? <Release /> : <p>{c.notYou}</p>}
      <p>
        <Button onPress={() => void onSignOut()}>{w.session.signOut}</Button>
      </p>
    </main>
  )
}

export default RestorePage
