import { type ReactElement, useEffect, useRef, useState } from 'react'
import { ask, type Session } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { Loading, sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { tellStepUp } from './provider-window.ts'
import styles from './security.module.css'

/** Where the identity provider sends the browser back to; what it brings is handed in and leaves the address. */
function ProviderReturnPage({
  onSession,
}: {
  onSession: (session: Session, address: string) => void
}): ReactElement {
  const w = useWords()
  const [fault, setFault] = useState<string | null>(null)
  const [isDone, setIsDone] = useState(false)
  const handedIn = useRef(false)
  useEffect(() => {
    // What is brought counts once, and an effect may run twice.
    if (handedIn.current) return
    handedIn.current = true
    const parameters = window.location.search.slice(1)
    window.history.replaceState(null, '', window.location.pathname)
    ask('finishAtProvider', { body: { parameters } }).then(
      ({ errand, ...session }) => {
        if (errand !== 'step-up') onSession(session, errand === 'link' ? '/konto' : '/')
        else {
          tellStepUp()
          setIsDone(true)
          window.close()
        }
      },
      (error: unknown) => setFault(sentenceOf(w, error)),
    )
  }, [w, onSession])
  return (
    <main className={styles.gate}>
      <PageTitle>{w.session.title}</PageTitle>
      {fault === null && !isDone && <Loading rows={1} />}
      {isDone && <p>{w.security.closeWindow}</p>}
      {fault !== null && (
        <>
          <div role="alert">
            <Notice tone="danger">{fault}</Notice>
          </div>
          <p>
            <Button onPress={() => window.location.assign('/')}>{w.security.toSignIn}</Button>
          </p>
        </>
      )}
    </main>
  )
}

export default ProviderReturnPage
