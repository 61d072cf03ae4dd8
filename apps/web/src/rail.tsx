import { may } from '@buergerdraht/contract'
import { lazy, type ReactElement, Suspense, useRef, useState } from 'react'
import type { Session } from './api.ts'
import type { OutboxSender } from './inbox/outbox-sender.ts'
import styles from './rail.module.css'
import { Link } from './router.ts'
import { Button } from './ui/button.tsx'
import { Icon, type IconName } from './ui/icon.tsx'
import { Mark } from './ui/mark.tsx'
import { useWords } from './ui/words.tsx'

const AccountMenu = lazy(() => import('./session/account-menu.tsx'))

type Place = {
  readonly path: string
  readonly icon: IconName
  readonly name: string
}

/** The places one may go to; a place that does not exist has no entry. */
export function Rail({
  session,
  place,
  outbox,
  onSignOut,
}: {
  session: Session
  place: string
  outbox: OutboxSender
  onSignOut: () => void
}): ReactElement {
  const w = useWords()
  const [open, setOpen] = useState(false)
  const anchor = useRef<HTMLDivElement>(null)
  const { role } = session.account
  const places: readonly Place[] = may(role, 'administer-channels')
    ? [
        { path: 'kanaele', icon: 'phone', name: w.places.channels },
        { path: 'eingang', icon: 'pulse', name: w.places.intake },
      ]
    : may(role, 'answer-citizens')
      ? [{ path: 'posteingang', icon: 'inbox', name: w.places.inbox }]
      : []
  return (
    <nav className={styles.rail} aria-label={w.general.mainNavigation}>
      <span className={styles.mark}>
        <Mark size={32} />
      </span>
      <ul className={styles.places}>
        {places.map(({ path, icon, name }) => (
          <li key={path}>
            <Link
              className={styles.place}
              href={`/${path}`}
              aria-current={path === place ? 'page' : undefined}
            >
              <Icon name={icon} size={24} />
              <span>{name}</span>
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
