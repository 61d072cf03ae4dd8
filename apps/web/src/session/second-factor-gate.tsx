import { type ReactElement, useEffect, useState } from 'react'
import { ask, type Session } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Mark } from '../ui/mark.tsx'
import { PageTitle } from '../ui/page-title.tsx'
import { Failed, Loading } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import IdentityForm, { type Question } from './identity-form.tsx'
import { SecondFactorSection } from './second-factor-section.tsx'
import styles from './security.module.css'

/** Signed in, and nothing more: the second factor is to be shown, or set up. */
function SecondFactorGate({
  session,
  onShown,
  onSignOut,
}: {
  session: Session
  onShown: () => void
  onSignOut: () => Promise<void>
}): ReactElement {
  const w = useWords()
  const c = w.security
  const isSetUp = session.secondFactor === 'wanted'
  const [question, setQuestion] = useState<Question | null>(null)
  const [error, setError] = useState<unknown>(null)
  function begin(): void {
    setError(null)
    if (isSetUp) ask('stepUp', { body: {} }).then(setQuestion, setError)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when it opens
  useEffect(begin, [])
  return (
    <main className={styles.gate}>
      <Mark size={48} />
      <PageTitle>{c.secondFactor}</PageTitle>
      <p>{isSetUp ? c.gateWanted : c.gateToSetUp}</p>
      {error !== null && <Failed error={error} onRetry={begin} />}
      {isSetUp && question === null && error === null && <Loading rows={2} />}
      {question !== null && (
        <IdentityForm
          question={question}
          onAnswer={async (body) => {
            await ask('stepUp', { body })
            onShown()
          }}
          onRenew={() => ask('stepUp', { body: {} })}
        />
      )}
      {!isSetUp && <SecondFactorSection onSetUp={onShown} />}
      <p>
        <Button kind="quiet" onPress={() => void onSignOut()}>
          {w.session.signOut}
        </Button>
      </p>
    </main>
  )
}

export default SecondFactorGate
