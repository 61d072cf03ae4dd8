import { type ReactElement, useEffect } from 'react'
import { useWords } from '../ui/words.tsx'
import { OwnSessions } from './own-sessions.tsx'
import { SecondFactorSection } from './second-factor-section.tsx'
import styles from './security.module.css'

/** How one signs in, and where one is signed in: everybody's own page. */
function SecurityPage(): ReactElement {
  const w = useWords()
  const c = w.security
  useEffect(() => {
    document.title = `${c.title} – ${w.product}`
  }, [c, w])
  return (
    <div className={styles.page}>
      <h1>{c.title}</h1>
      <SecondFactorSection />
      <OwnSessions />
    </div>
  )
}

export default SecurityPage
