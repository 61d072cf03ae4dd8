import type { ReactElement, ReactNode } from 'react'
import styles from './hidden.module.css'

/** For those who listen. */
export function Hidden({
  children,
  as: Tag = 'span',
}: {
  children: ReactNode
  as?: 'span' | 'h1' | 'h2'
}): ReactElement {
  return <Tag className={styles.hidden}>{children}</Tag>
}
