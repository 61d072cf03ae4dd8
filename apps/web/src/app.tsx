import { may } from '@buergerdraht/contract'
import { useQueryClient } from '@tanstack/react-query'
import {
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react'
import { useLocation, useRouter } from 'wouter'
import { ask, Failure, onSecondFactorWanted, onSignedOut, onStepUpWanted, type Session } from './api.ts'
import { preloadDesk } from './desks.ts'
import { drafts } from './inbox/drafts.ts'
import type { OutboxSender } from './inbox/outbox-sender.ts'
import { trays } from './inbox/trays.ts'
import { SignInPage } from './session/sign-in-page.tsx'
import { SignedIn } from './signed-in.tsx'
import { Announcer, hush } from './ui/announcer.tsx'
import { keepTimeOf } from './ui/moment.ts'
import { PageTitle } from './ui/page-title.tsx'
import { Failed, Loading } from './ui/state.tsx'
import { isAnythingUnsaved, letGoOfUnsaved, pauseUnsaved, resumeUnsaved } from './ui/unsaved.ts'
import { useWords } from './ui/words.tsx'

const InvitationPage = lazy(() => import('./session/invitation-page.tsx'))
const ProviderReturnPage = lazy(() => import('./session/provider-return-page.tsx'))
const RestorePage = lazy(() => import('./retention/restore-page.tsx'))
const SecondFactorGate = lazy(() => import('./session/second-factor-gate.tsx'))
const StepUpDialog = lazy(() => import('./session/step-up-dialog.tsx'))

/** A dialog that asks who sits there, and everything that waits for its answer. */
type Asking = { readonly answer: (shown: boolean) => void; readonly answered: Promise<boolean> }

/** Where the identity provider sends the browser back to. */
const returnAddress = '/anmeldung/rueckkehr'
/** Where the link of an invitation leads. */
const invitationAddress = '/einladung'

/** Addresses that say by themselves what is to be done, before it is asked who is signed in. */
function errandAt(address: string): 'returning' | 'invited' | 'asking' {
  if (address === returnAddress) return 'returning'
  return address === invitationAddress ? 'invited' : 'asking'
}

type State =
  | { readonly at: 'asking' }
  | { readonly at: 'returning' }
  | { readonly at: 'invited' }
  | { readonly at: 'failed'; readonly error: unknown }
  | { readonly at: 'signed-out'; readonly reason: 'expired' | 'signed-out' | null }
  | { readonly at: 'signed-in'; readonly session: Session; readonly fresh: boolean }

/** Whose rights a page has: the account's own, or those of an emergency access. What was shown with some is not shown with others. */
function rightsOf({ account, emergencyAccess }: Session): string {
  return `${account.id} ${emergencyAccess?.id ?? ''}`
}

/** What stands there before there is a page: also that has its one heading (WCAG 2.2, 2.4.6). */
function Nowhere({ children }: { children: ReactNode }): ReactElement {
  const w = useWords()
  return (
    <main>
      <PageTitle hidden tab={null}>
        {w.product}
      </PageTitle>
      {children}
    </main>
  )
}
const arriving = (
  <Nowhere>
    <Loading rows={0} />
  </Nowhere>
)

/** Nothing else is answered before it is shown. */
function awaitsSecondFactor({ secondFactor }: Session): boolean {
  return secondFactor === 'wanted' || secondFactor === 'to-set-up'
}

export function App({ outbox }: { outbox: OutboxSender }): ReactElement {
  const client = useQueryClient()
  const { parser } = useRouter()
  const [, navigate] = useLocation()
  const [state, setState] = useState<State>(() => ({
    at: errandAt(window.location.pathname),
  }))
  const lastRights = useRef<string | null>(null)
  const asking = useRef<Asking | null>(null)
  const [isAsking, setIsAsking] = useState(false)

  const enter = useCallback(
    (session: Session, fresh: boolean): void => {
      const rights = rightsOf(session)
      // What somebody left unfinished is kept for them, never for the next one at this desk.
      if (lastRights.current !== null && lastRights.current !== rights) {
        outbox.empty()
        trays.clear()
        letGoOfUnsaved()
        client.clear()
        navigate('/', { replace: true })
      }
      if (awaitsSecondFactor(session)) pauseUnsaved()
      else resumeUnsaved()
      const mayWrite = may(session.account.role, 'answer-citizens') && !session.inQuarantine
      drafts.belongTo(mayWrite ? session.account.id : null)
      void drafts.flush()
      lastRights.current = rights
      keepTimeOf(session.timeZone)
      setState({ at: 'signed-in', session, fresh })
      outbox.wake()
    },
    [client, navigate, outbox],
  )

  const askSession = useCallback(
    (fresh = false): void => {
      ask('readSession', {}).then(
        (session) => enter(session, fresh),
        (error: unknown) => {
          if (error instanceof Failure && error.code === 'not-signed-in')
            setState({ at: 'signed-out', reason: lastRights.current === null ? null : 'expired' })
          else setState({ at: 'failed', error })
        },
      )
    },
    [enter],
  )
  const askAgain = useCallback(() => askSession(), [askSession])
  /** What had the focus has gone with the page of the closed office. */
  const comeIn = useCallback(() => askSession(true), [askSession])

  useEffect(() => {
    // Whoever comes back from the provider, or was invited, is asked about there.
    if (errandAt(window.location.pathname) === 'asking') askSession()
  }, [askSession])
  const comeBack = useCallback(
    (session: Session, address: string) => {
      navigate(address, { replace: true })
      enter(session, true)
    },
    [enter, navigate],
  )
  useEffect(
    () =>
      onSecondFactorWanted(() => {
        // Only the way to the second factor: who is setting one up leaves when its recovery codes are noted, not when a late answer comes.
        ask('readSession', {}).then(
          (session) => awaitsSecondFactor(session) && enter(session, false),
          () => undefined,
        )
      }),
    [enter],
  )
  useEffect(() => {
    onStepUpWanted(() => {
      if (asking.current === null) {
        let answer: (shown: boolean) => void = () => undefined
        const answered = new Promise<boolean>((resolve) => {
          answer = resolve
        })
        asking.current = { answer, answered }
        setIsAsking(true)
      }
      return asking.current.answered
    })
  }, [])

  function endAsking(shown: boolean): void {
    asking.current?.answer(shown)
    asking.current = null
    setIsAsking(false)
  }

  const isSignedIn = useRef(false)
  useEffect(() => {
    isSignedIn.current = state.at === 'signed-in'
  }, [state.at])
  useEffect(() => preloadDesk(window.location.pathname, parser), [parser])
  useEffect(() => {
    onSignedOut(() => {
      asking.current?.answer(false)
      asking.current = null
      setIsAsking(false)
      client.clear()
      // Several requests hear of it: what the first has said about it stays.
      if (isSignedIn.current) hush()
      isSignedIn.current = false
      pauseUnsaved()
      setState((now) => (now.at === 'signed-in' ? { at: 'signed-out', reason: 'expired' } : now))
    })
  }, [client])

  /** Only when the server has ended the session is anything thrown away here, or does it look like the end. */
  async function signOut(): Promise<void> {
    await drafts.flush()
    try {
      await ask('signOut', {})
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'not-signed-in')) throw error
    }
    outbox.empty()
    trays.clear()
    drafts.belongTo(null)
    client.clear()
    hush()
    lastRights.current = null
    letGoOfUnsaved()
    navigate('/', { replace: true })
    setState({ at: 'signed-out', reason: 'signed-out' })
  }

  return (
    <>
      {state.at === 'asking' && arriving}
      {state.at === 'returning' && (
        <Suspense fallback={arriving}>
          <ProviderReturnPage onSession={comeBack} />
        </Suspense>
      )}
      {state.at === 'invited' && (
        <Suspense fallback={arriving}>
          <InvitationPage onAccepted={(session) => comeBack(session, '/')} />
        </Suspense>
      )}
      {state.at === 'failed' && (
        <Nowhere>
          <Failed
            error={state.error}
            onRetry={() => {
              setState({ at: 'asking' })
              askSession()
            }}
          />
        </Nowhere>
      )}
      {state.at === 'signed-out' && (
        <SignInPage
          reason={state.reason}
          unsaved={drafts.unsaved() || trays.isAnyBusy() || isAnythingUnsaved()}
          onSignedIn={(session) => enter(session, true)}
        />
      )}
      {state.at === 'signed-in' && awaitsSecondFactor(state.session) && (
        <Suspense fallback={arriving}>
          <SecondFactorGate
            key={state.session.secondFactor}
            session={state.session}
            onShown={askAgain}
            onSignOut={signOut}
          />
        </Suspense>
      )}
      {isAsking && (
        <Suspense>
          <StepUpDialog onDone={endAsking} />
        </Suspense>
      )}
      {state.at === 'signed-in' && !awaitsSecondFactor(state.session) && state.session.inQuarantine && (
        <Suspense fallback={arriving}>
          <RestorePage session={state.session} onSignOut={signOut} onOpened={comeIn} />
        </Suspense>
      )}
      {state.at === 'signed-in' && !awaitsSecondFactor(state.session) && !state.session.inQuarantine && (
        <SignedIn
          key={rightsOf(state.session)}
          session={state.session}
          fresh={state.fresh}
          outbox={outbox}
          onSignOut={signOut}
          onRightsChanged={askAgain}
        />
      )}
      <Announcer />
    </>
  )
}
