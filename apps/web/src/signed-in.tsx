import { lazy, type ReactElement, Suspense, useEffect, useRef, useState } from 'react'
import { Redirect, useLocation, useRouter } from 'wouter'
import type { Session } from './api.ts'
import { deskAt, desksFor, movedAddresses } from './desks.ts'
import type { OutboxSender } from './inbox/outbox-sender.ts'
import { Rail } from './rail.tsx'
import { DeskPage } from './session/desk-page.tsx'
import { ExpiryWarning } from './session/expiry-warning.tsx'
import { NowherePage } from './session/nowhere-page.tsx'
import styles from './signed-in.module.css'
import { type Act, useActs } from './ui/acts.ts'
import { announce } from './ui/announcer.tsx'
import { clock } from './ui/moment.ts'
import { PageTitle } from './ui/page-title.tsx'
import { RestingKeys } from './ui/resting-keys.tsx'
import { useShortcuts } from './ui/shortcuts.ts'
import { Loading } from './ui/state.tsx'
import { useWords } from './ui/words.tsx'
import { useDecisions } from './use-decisions.ts'
import { InterruptionProvider, useLiveConnection } from './use-live-connection.ts'

function loadPalette() {
  return import('./ui/palette.tsx')
}
const Palette = lazy(loadPalette)
const EmergencyBanner = lazy(() => import('./emergency-access/emergency-banner.tsx'))

/** The frame around the desks: where one may go, what is open, whether the connection stands. */
export function SignedIn({
  session,
  fresh,
  outbox,
  onSignOut,
  onRightsChanged,
}: {
  session: Session
  /** Somebody has just signed in on this page. */
  fresh: boolean
  outbox: OutboxSender
  onSignOut: () => Promise<void>
  onRightsChanged: () => void
}): ReactElement {
  const w = useWords()
  const { parser } = useRouter()
  const [address, navigate] = useLocation()
  const [palette, setPalette] = useState(false)
  const { role } = session.account
  const { interruption, feed } = useLiveConnection()
  useDecisions(feed, role)
  const content = useRef<HTMLElement>(null)
  useEffect(() => {
    // What was pressed to sign in has gone.
    if (fresh) content.current?.focus()
  }, [fresh])
  const interrupted = interruption !== null
  const wasInterrupted = useRef(false)
  useEffect(() => {
    if (interrupted) announce(w.general.offline)
    else if (wasInterrupted.current) announce(w.general.connected)
    wasInterrupted.current = interrupted
  }, [interrupted, w])
  const reachable = desksFor(role)
  const desks = reachable.filter(({ own }) => own !== true)
  const home = desks[0]?.address ?? '/'
  const moved = movedAddresses[address]
  const place = deskAt(reachable, address, parser)
  useEffect(() => {
    // Here before its key is pressed.
    void loadPalette().catch(() => undefined)
  }, [])
  const others = reachable.filter(({ address: there }) => there !== place?.desk.address)
  useActs({
    elsewhere: true,
    acts: () =>
      others.map(
        ({ address: there, icon, name, keys }): Act => ({
          id: there,
          icon,
          name: w.palette.goTo(name(w)),
          ...(keys === undefined ? {} : { keys }),
          run: () => navigate(there),
        }),
      ),
  })
  useShortcuts({
    'ctrl+k': () => setPalette(true),
    ...Object.fromEntries(
      others.flatMap(({ keys, address: there }) =>
        keys === undefined ? [] : [[keys, () => navigate(there)]],
      ),
    ),
  })
  const leadsOn = moved !== undefined || (address === '/' && home !== '/')

  return (
    <div className={styles.shell} data-deep={place?.openId == null ? undefined : true}>
      <a className={styles.skip} href="#content">
        {w.general.skip}
      </a>
      <Rail session={session} desks={desks} at={place?.desk ?? null} outbox={outbox} onSignOut={onSignOut} />
      <div className={styles.body}>
        <ExpiryWarning session={session} />
        {session.onTrial && (
          <aside className={styles.trial} aria-label={w.general.trialName}>
            {w.general.trial}
          </aside>
        )}
        {session.emergencyAccess !== null && (
          <Suspense>
            <EmergencyBanner access={session.emergencyAccess} onRightsChanged={onRightsChanged} />
          </Suspense>
        )}
        {interruption !== null && (
          <section className={styles.interrupted} aria-label={w.general.connection}>
            {w.general.interrupted(interruption.since && clock(w, interruption.since.getTime()))}
          </section>
        )}
        <main ref={content} id="content" className={styles.main} tabIndex={-1}>
          <InterruptionProvider value={interruption}>
            <Suspense
              fallback={
                <>
                  <PageTitle hidden>{place?.desk.name(w) ?? w.product}</PageTitle>
                  <Loading />
                </>
              }
            >
              {place !== null && (
                <place.desk.Page
                  session={session}
                  openId={place.openId}
                  outbox={outbox}
                  feed={feed}
                  onRightsChanged={onRightsChanged}
                />
              )}
              {place === null && leadsOn && <Redirect key={address} to={moved ?? home} replace />}
              {place === null && !leadsOn && address === home && <DeskPage session={session} />}
              {place === null && !leadsOn && address !== home && <NowherePage desks={desks} />}
            </Suspense>
          </InterruptionProvider>
        </main>
        <Suspense fallback={<RestingKeys onCancel={() => setPalette(false)} />}>
          {palette && <Palette onClose={() => setPalette(false)} />}
        </Suspense>
      </div>
    </div>
  )
}
