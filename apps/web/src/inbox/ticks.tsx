import type { ReactElement } from 'react'
import type { Message } from '../api.ts'
import { clock } from '../ui/moment.ts'
import { useWords } from '../ui/words.tsx'
import styles from './ticks.module.css'

const one = 'M4 10.500 7.500 14 14.500 6.500'
const two = 'M1.500 10.500 5 14 12 6.500M8.500 13.200 9.300 14 16.500 6.500'
const clockFace = 'M9 15.500a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM9 6.200v3.500l2.300 1.400'
const question =
  'M6.500 7.300A2.600 2.600 0 0 1 9.100 5c1.500 0 2.600 1 2.600 2.400 0 1.800-2.600 2.100-2.600 4M9.100 14.300h.01'
const cross = 'M5 5.500l8 8M13 5.500l-8 8'

const shapes = {
  received: one,
  queued: clockFace,
  sending: clockFace,
  accepted: clockFace,
  sent: one,
  delivered: two,
  read: two,
  played: two,
  failed: cross,
  unknown: question,
} as const satisfies Record<Exclude<Message['status'], 'elsewhere'>, string>

/** The tick and its words: visible on hover and focus, always there for screen readers. */
export function Ticks({ message }: { message: Message }): ReactElement | null {
  const w = useWords()
  const { status, statusAt } = message
  // What was not sent through WhatsApp has no tick.
  if (status === 'elsewhere') return null
  const at = {
    sent: statusAt.sent,
    delivered: statusAt.delivered,
    read: statusAt.read,
    played: null,
    failed: statusAt.failed,
  }
  const reached = status in at ? at[status as keyof typeof at] : null
  const words = reached === null ? w.status[status] : `${w.status[status]} ${clock(w, Date.parse(reached))}`
  return (
    <span className={styles.ticks} data-status={status} title={words}>
      <span className={styles.words}>{words}</span>
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" focusable="false">
        <path d={shapes[status]} />
      </svg>
    </span>
  )
}
