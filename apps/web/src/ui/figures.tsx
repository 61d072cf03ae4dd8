import type { ReactElement, ReactNode } from 'react'
import styles from './figures.module.css'

/** Numbers that say at a glance how something stands. */
export function Figures({ children }: { children: ReactNode }): ReactElement {
  return <dl className={styles.figures}>{children}</dl>
}

export function Figure({
  name,
  value,
  hint,
}: {
  name: string
  value: ReactNode
  hint?: string | undefined
}): ReactElement {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {hint !== undefined && <dd className={styles.hint}>{hint}</dd>}
    </div>
  )
}
