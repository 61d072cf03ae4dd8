import type { ReactElement } from 'react'
import type { Reply } from '../api.ts'
import styles from './requests-page.module.css'

type Request = Reply<'listRequests'>['items'][number]

const [width, height] = [240, 12]

/** How much of the period has passed, drawn; the sentence beside it says the same. */
export function Period({ request, now }: { request: Request; now: number }): ReactElement {
  const [from, to] = [Date.parse(request.receivedAt), Date.parse(request.dueAt)]
  const passed = Math.min(1, Math.max(0, (now - from) / (to - from)))
  return (
    <svg
      className={styles.period}
      viewBox={`0 0 ${width} ${height}`}
      data-clock={request.clock}
      aria-hidden="true"
    >
      <rect className={styles.whole} width={width} height={height} rx={2} />
      <rect className={styles.passed} width={width * passed} height={height} rx={2} />
    </svg>
  )
}
