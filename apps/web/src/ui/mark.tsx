import type { ReactElement } from 'react'
import styles from './mark.module.css'

/** The product's sign: a bubble with a wire through it. */
export function Mark({ size = 36 }: { size?: 32 | 36 | 48 }): ReactElement {
  return (
    <svg
      className={styles.mark}
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="32" height="32" rx="8" />
      <path
        className={styles.bubble}
        d="M7 11.500A4.500 4.500 0 0 1 11.500 7h9a4.500 4.500 0 0 1 4.500 4.500v4a4.500 4.500 0 0 1-4.500 4.500H15l-5 5v-5.100a4.500 4.500 0 0 1-3-4.400z"
      />
      <path className={styles.wire} d="M11 13.500h3.200l1.800-2.400 1.900 5 1.400-2.600H21" />
    </svg>
  )
}
