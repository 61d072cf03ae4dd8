import type { ReactElement } from 'react'
import styles from './shape.module.css'

/** Eight outlines on 40 × 40: colour is never the only difference. */
const outlines = [
  'M20 3a17 17 0 1 1 0 34 17 17 0 0 1 0-34z',
  'M12 4h16a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8H12a8 8 0 0 1-8-8V12a8 8 0 0 1 8-8z',
  'M17.200 3.200a4 4 0 0 1 5.600 0l14 14a4 4 0 0 1 0 5.600l-14 14a4 4 0 0 1-5.600 0l-14-14a4 4 0 0 1 0-5.600z',
  'M18 3.200a4 4 0 0 1 4 0l11.500 6.700a4 4 0 0 1 2 3.500v13.200a4 4 0 0 1-2 3.500L22 36.800a4 4 0 0 1-4 0L6.500 30.100a4 4 0 0 1-2-3.500V13.400a4 4 0 0 1 2-3.500z',
  'M5 13a9 9 0 0 1 9-9h12a9 9 0 0 1 9 9v18a5 5 0 0 1-5 5H10a5 5 0 0 1-5-5z',
  'M13 3h14l10 10v14L27 37H13L3 27V13z',
  'M20 3c3.200 0 4.600 3.300 7.600 4.400 3 1.200 6.500-.5 8 2.500s-1 5.500-1.200 8.600c-.2 3.200 2.600 5.800 1.200 8.700s-5 2.400-7.500 4.200C25.500 33.200 23.200 37 20 37s-5.500-3.800-8.100-5.600c-2.500-1.800-6.100-1.200-7.500-4.200-1.400-2.900 1.400-5.500 1.200-8.700-.2-3.100-2.700-5.600-1.200-8.600s5-1.300 8-2.500C15.400 6.300 16.800 3 20 3z',
  'M4 12a8 8 0 0 1 8-8h20a4 4 0 0 1 4 4v20a8 8 0 0 1-8 8H8a4 4 0 0 1-4-4z',
]

function letterOf(name: string): string {
  const letter = /\p{L}/u.exec(name)?.[0]
  return letter === undefined ? '' : letter.toLocaleUpperCase('de')
}

/** Stands for a contact; pictures of people are never fetched. */
export function Shape({
  shape,
  name,
  size = 40,
}: {
  shape: number
  name: string
  size?: 28 | 32 | 40 | 48
}): ReactElement {
  return (
    <svg
      className={`${styles.shape} ${styles[`tone${shape % 8}`]}`}
      width={size}
      height={size}
      viewBox="0 0 40 40"
      aria-hidden="true"
      focusable="false"
    >
      <path d={outlines[shape % 8]} />
      <text x="20" y="20" dy="0.36em" textAnchor="middle">
        {letterOf(name)}
      </text>
    </svg>
  )
}
