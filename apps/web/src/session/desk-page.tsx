import type { ReactElement } from 'react'
import type { Session } from '../api.ts'
import { Mark } from '../ui/mark.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './desk-page.module.css'

/** For those whose role reads no messages. */
export function DeskPage({ session }: { session: Session }): ReactElement {
  const w = useWords()
  const { role, displayName } = session.account
  return (
    <div className={styles.page}>
      <Mark size={48} />
      <PageTitle tab={null}>{w.desk.title(displayName)}</PageTitle>
      {role === 'records' && <p>{w.desk.records}</p>}
      <p>{w.desk.noContent}</p>
      <p className={styles.quiet}>{w.desk.notBuilt}</p>
    </div>
  )
}
