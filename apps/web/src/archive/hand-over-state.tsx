import { handOverFailures } from '@buergerdraht/contract'
import type { ReactElement } from 'react'
import { useWords } from '../ui/words.tsx'
import styles from './archive.module.css'
import type { HandOver } from './archive-query.ts'
import { handOverWords } from './hand-over-words.ts'

/** How a hand-over stands, and what keeps it. */
export function HandOverState({ handOver }: { handOver: HandOver }): ReactElement {
  const w = useWords()
  const c = handOverWords[w.language]
  const { state, late, failure } = handOver
  return (
    <>
      {late ? <strong className={styles.wrong}>{c.overdue}</strong> : c.states[state]}
      {failure !== null && ` · ${handOverFailures[failure][w.language]}`}
    </>
  )
}
