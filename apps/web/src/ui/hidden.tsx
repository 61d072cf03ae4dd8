import type { ReactElement, ReactNode } from 'react'
import styles from './hidden.module.css'

/** Text for screen readers only (visually hidden). */
export function Hidden({
  children,
  as: Tag = 'span',
}: {
  children: ReactNode
  as?: 'span' | 'h1' | 'h2'
}): ReactElement {
  return <Tag className={styles.hidden}>{children}</Tag>
}
