import { errorCodes } from '@buergerdraht/contract'
import type { ReactElement, ReactNode } from 'react'
import { Failure } from '../api.ts'
import { Button } from './button.tsx'
import { useDelayed } from './delayed.ts'
import { Icon, type IconName } from './icon.tsx'
import styles from './state.module.css'
import { useWords, type Words } from './words.tsx'

/** The sentence for a failure, in the reader's language; of a defect with the number that the administrators are to be told. */
export function sentenceOf(w: Words, error: unknown): string {
  if (!(error instanceof Failure)) return errorCodes.defect.message[w.language]
  if (error.code === 'offline') return w.general.offline
  const sentence = errorCodes[error.code].message[w.language]
  return error.code === 'defect' && error.requestId !== null
    ? `${sentence} ${w.general.requestNumber(error.requestId)}`
    : sentence
}

export function Empty({ icon, children }: { icon: IconName; children: ReactNode }): ReactElement {
  return (
    <div className={styles.state}>
      <span className={styles.mark}>
        <Icon name={icon} size={24} />
      </span>
      <div>{children}</div>
    </div>
  )
}

export function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }): ReactElement {
  const w = useWords()
  return (
    <div className={styles.state}>
      <span className={styles.mark}>
        <Icon name="alert" size={24} />
      </span>
      <p>
        {w.general.failed} {sentenceOf(w, error)}
      </p>
      <Button icon="retry" onPress={onRetry}>
        {w.general.retry}
      </Button>
    </div>
  )
}

/** A skeleton of grey lines, shown only when loading takes longer than 300 ms. */
export function Loading({ rows = 4 }: { rows?: number }): ReactElement | null {
  const w = useWords()
  if (!useDelayed(true)) return null
  return (
    <div className={styles.loading} aria-busy="true">
      <p className={styles.small}>{w.general.loading}</p>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <div key={index} className={styles.line} />
      ))}
    </div>
  )
}
