import type { ReactElement } from 'react'
import { Link } from 'wouter'
import type { ConversationRead } from '../api.ts'
import { dayAndClock } from '../ui/moment.ts'
import { useNow } from '../ui/now.ts'
import { useWords } from '../ui/words.tsx'
import styles from './thread.module.css'

/** Above a thread: the person's matters before this one. What is being written stays where it is. */
export function EarlierMatters({ earlier }: { earlier: ConversationRead['earlier'] }): ReactElement | null {
  const w = useWords()
  const now = useNow()
  if (earlier.length === 0) return null
  return (
    <nav className={styles.edge} aria-label={w.thread.earlier(earlier.length)}>
      {w.thread.earlier(earlier.length)}{' '}
      {earlier.map(({ id, openedAt, closedAt }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link href={`/posteingang/${id}`}>
            {dayAndClock(w, Date.parse(openedAt), now)} –{' '}
            {dayAndClock(w, Date.parse(closedAt ?? openedAt), now)}
          </Link>
        </span>
      ))}
    </nav>
  )
}
