import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactElement, Suspense, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { Session } from './api.ts'
import type { Desk } from './desks.ts'
import type { OutboxSender } from './inbox/outbox-sender.ts'
import styles from './rail.module.css'
import { requestsQuery } from './requests/requests-query.ts'
import { Button } from './ui/button.tsx'
import { Icon } from './ui/icon.tsx'
import { Mark } from './ui/mark.tsx'
import { useNow } from './ui/now.ts'
import { useWords } from './ui/words.tsx'
import { tidyingDaysQuery } from './workbench/tidying-days-query.ts'

/** A term that ends within so many days is shown on the rail. */
const soonMs = 3 * 24 * 60 * 60 * 1000

const AccountMenu = lazy(() => import('./session/account-menu.tsx'))

/** Words beside a place's name. Where one is stays in view, also when they come later than the place. */
function Sign({ overdue, children }: { overdue: boolean; children: string }): ReactElement {
  const sign = useRef<HTMLElement>(null)
  useEffect(() => {
    sign.current?.closest('[aria-current]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [])
  return (
    <strong ref={sign} className={styles.urgent} data-overdue={overdue || undefined}>
      {children}
    </strong>
  )
}

/** Requests whose period ends within a week, or has: so many, and of nobody. Who answers for them sees it wherever they are. */
function UrgentRequests(): ReactElement | null {
  const w = useWords()
  const { data } = useQuery({ ...requestsQuery, refetchInterval: 60_000 })
  const urgent = data?.items.filter(({ clock }) => clock === 'ends-soon' || clock === 'overdue') ?? []
  if (urgent.length === 0) return null
  const isOverdue = urgent.some(({ clock }) => clock === 'overdue')
  return (
    <Sign overdue={isOverdue}>
      {isOverdue ? w.places.requestsOverdue(urgent.length) : w.places.requestsUrgent(urgent.length)}
    </Sign>
  )
}

/** A team's day for tidying up whose term is about to end, or has: its clerks and its lead see it wherever they are. */
function UrgentTidying(): ReactElement | null {
  const w = useWords()
  const now = useNow()
  const { data } = useQuery({ ...tidyingDaysQuery, refetchInterval: 60_000 })
  const isLate = data?.items.some(({ escalated }) => escalated !== null) ?? false
  const endsSoon = data?.items.some(({ decideBy }) => Date.parse(decideBy) - now < soonMs) ?? false
  if (!isLate && !endsSoon) return null
  return <Sign overdue={isLate}>{isLate ? w.places.tidyingLate : w.places.tidyingSoon}</Sign>
}

/** The desks one may go to. */
export function Rail({
  session,
  desks,
  at,
  outbox,
  onSignOut,
}: {
  session: Session
  desks: readonly Desk[]
  at: Desk | null
  outbox: OutboxSender
  onSignOut: () => Promise<void>
}): ReactElement {
  const w = useWords()
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLDivElement>(null)
  const places = useRef<HTMLUListElement>(null)
  // On a telephone they do not all fit side by side: where one is stays in view.
  useEffect(() => {
    if (at !== null)
      places.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [at])
  return (
    <nav className={styles.rail} aria-label={w.general.mainNavigation}>
      <span className={styles.mark}>
        <Mark size={32} />
      </span>
      <ul ref={places} className={styles.places}>
        {desks.map((desk) => (
          <li key={desk.address}>
            <Link
              className={styles.place}
              title={desk.name(w)}
              href={desk.address}
              aria-current={desk === at ? 'page' : undefined}
              onPointerEnter={() => void desk.load()}
              onFocus={() => void desk.load()}
            >
              <Icon name={desk.icon} size={24} />
              <span>{desk.name(w)}</span>
              {desk.act === 'see-requests' && <UrgentRequests />}
              {desk.act === 'tidy-up' && <UrgentTidying />}
            </Link>
          </li>
        ))}
      </ul>
      <div ref={anchor}>
        <Button
          kind="quiet"
          icon="user"
          aria-label={w.session.account}
          aria-haspopup="dialog"
          aria-expanded={open}
          onPress={() => setOpen(true)}
        />
      </div>
      {open && (
        <Suspense>
          <AccountMenu
            session={session}
            unsent={outbox.pending().length}
            anchor={anchor}
            onClose={() => setOpen(false)}
            onSignOut={onSignOut}
          />
        </Suspense>
      )}
    </nav>
  )
}
