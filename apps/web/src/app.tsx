import { may } from '@buergerdraht/contract'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactElement, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { ask, Failure, onSignedOut, type Role, type Session } from './api.ts'
import styles from './app.module.css'
import { clearDrafts } from './inbox/drafts.ts'
import { InboxPage } from './inbox/inbox-page.tsx'
import type { OutboxSender } from './inbox/outbox-sender.ts'
import { Rail } from './rail.tsx'
import { navigate, usePath } from './router.ts'
import { DeskPage } from './session/desk-page.tsx'
import { SignInPage } from './session/sign-in-page.tsx'
import { Announcer, announce } from './ui/announcer.tsx'
import { clock } from './ui/moment.ts'
import { Failed, Loading } from './ui/state.tsx'
import { useWords } from './ui/words.tsx'
import { InterruptionProvider, useLiveConnection } from './use-live-connection.ts'

const SettingsPage = lazy(() => import('./settings/settings-page.tsx'))

type State =
  | { readonly at: 'asking' }
  | { readonly at: 'failed'; readonly error: unknown }
  | { readonly at: 'signed-out'; readonly reason: 'expired' | 'signed-out' | null }
  | { readonly at: 'signed-in'; readonly session: Session }

function homeOf(role: Role): string {
  if (may(role, 'administer-channels')) return '/kanaele'
  return may(role, 'answer-citizens') ? '/posteingang' : '/'
}

function SignedIn({
  session,
  outbox,
  onSignOut,
}: {
  session: Session
  outbox: OutboxSender
  onSignOut: () => void
}): ReactElement {
  const w = useWords()
  const path = usePath()
  const { role } = session.account
  const { interruption, feed } = useLiveConnection(role !== 'dpo' && role !== 'auditor' && role !== 'records')
  const interrupted = interruption !== null
  const wasInterrupted = useRef(false)
  useEffect(() => {
    if (interrupted) announce(w.general.offline)
    else if (wasInterrupted.current) announce(w.general.connected)
    wasInterrupted.current = interrupted
  }, [interrupted, w])
  const home = homeOf(role)
  const [, place = '', id] = path.split('/')
  const known = role === 'admin' ? ['kanaele', 'eingang'] : home === '/posteingang' ? ['posteingang'] : ['']

  useEffect(() => {
    if (!known.includes(place)) navigate(home, { replace: true })
  })

  return (
    <div className={styles.shell} data-deep={id === undefined ? undefined : true}>
      <a className={styles.skip} href="#content">
        {w.general.skip}
      </a>
      <Rail session={session} place={place} outbox={outbox} onSignOut={onSignOut} />
      <div className={styles.body}>
        {interruption !== null && (
          <p className={styles.interrupted}>
            {w.general.interrupted(interruption.since && clock(w, interruption.since.getTime()))}
          </p>
        )}
        <main id="content" className={styles.main} tabIndex={-1}>
          <InterruptionProvider value={interruption}>
            <Suspense fallback={<Loading />}>
              {place === 'posteingang' && known.includes(place) && (
                <InboxPage session={session} openId={id ?? null} outbox={outbox} feed={feed} />
              )}
              {role === 'admin' && known.includes(place) && (
                <SettingsPage place={place} id={id ?? null} feed={feed} />
              )}
              {home === '/' && <DeskPage session={session} />}
            </Suspense>
          </InterruptionProvider>
        </main>
      </div>
    </div>
  )
}

export function App({ outbox }: { outbox: OutboxSender }): ReactElement {
  const client = useQueryClient()
  const [state, setState] = useState<State>({ at: 'asking' })
  const lastAccount = useRef<string | null>(null)

  const enter = useCallback(
    (session: Session): void => {
      // What somebody left unfinished is kept for them, never for the next one at this desk.
      if (lastAccount.current !== null && lastAccount.current !== session.account.id) {
        outbox.empty()
        clearDrafts()
      }
      lastAccount.current = session.account.id
      setState({ at: 'signed-in', session })
      outbox.wake()
    },
    [outbox],
  )

  const askSession = useCallback((): void => {
    ask('readSession', {}).then(enter, (error: unknown) => {
      if (error instanceof Failure && error.code === 'not-signed-in')
        setState({ at: 'signed-out', reason: lastAccount.current === null ? null : 'expired' })
      else setState({ at: 'failed', error })
    })
  }, [enter])

  useEffect(askSession, [askSession])
  useEffect(() => {
    onSignedOut(() => {
      client.clear()
      setState((now) => (now.at === 'signed-in' ? { at: 'signed-out', reason: 'expired' } : now))
    })
  }, [client])

  function signOut(): void {
    void ask('signOut', {}).catch(() => undefined)
    outbox.empty()
    clearDrafts()
    client.clear()
    lastAccount.current = null
    navigate('/', { replace: true })
    setState({ at: 'signed-out', reason: 'signed-out' })
  }

  return (
    <>
      {state.at === 'asking' && <Loading rows={0} />}
      {state.at === 'failed' && (
        <main>
          <Failed
            error={state.error}
            onRetry={() => {
              setState({ at: 'asking' })
              askSession()
            }}
          />
        </main>
      )}
      {state.at === 'signed-out' && <SignInPage reason={state.reason} onSignedIn={enter} />}
      {state.at === 'signed-in' && (
        <SignedIn
          key={state.session.account.id}
          session={state.session}
          outbox={outbox}
          onSignOut={signOut}
        />
      )}
      <Announcer />
    </>
  )
}
