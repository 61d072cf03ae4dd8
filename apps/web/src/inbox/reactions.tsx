import type { ReactElement } from 'react'
import type { Message } from '../api.ts'
import { Hidden } from '../ui/hidden.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './reactions.module.css'

export function Reactions({ message }: { message: Message }): ReactElement | null {
  const w = useWords()
  if (message.reactions.length === 0) return null
  return (
    <ul className={styles.reactions}>
      {message.reactions.map(({ from, emoji }) => {
        const words = (from === 'citizen' ? w.thread.reactedCitizen : w.thread.reactedOffice)(emoji)
        return (
          <li key={from} data-from={from} title={words}>
            <span aria-hidden="true">{emoji}</span>
            <Hidden>{words}</Hidden>
          </li>
        )
      })}
    </ul>
  )
}
