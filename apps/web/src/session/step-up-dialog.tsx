import { type ReactElement, useEffect, useState } from 'react'
import { ask } from '../api.ts'
import { Modal } from '../ui/modal.tsx'
import { Failed } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import IdentityForm, { type Question } from './identity-form.tsx'
import { stepUpAtProvider } from './provider-window.ts'
import styles from './security.module.css'

/** Something was asked for that wants to know again who sits there. */
function StepUpDialog({ onDone }: { onDone: (shown: boolean) => void }): ReactElement {
  const w = useWords()
  const [question, setQuestion] = useState<Question | null>(null)
  const [error, setError] = useState<unknown>(null)
  function begin(): void {
    setError(null)
    ask('stepUp', { body: {} }).then(setQuestion, setError)
  }
  useEffect(begin, [])
  return (
    <Modal title={w.security.stepUpTitle} onClose={() => onDone(false)}>
      <div className={styles.form}>
        <p>{w.security.stepUpLead}</p>
        {error !== null && <Failed error={error} onRetry={begin} />}
        {question !== null && (
          <IdentityForm
            question={question}
            onAnswer={async (body) => {
              await ask('stepUp', { body })
              onDone(true)
            }}
            onRenew={() => ask('stepUp', { body: {} })}
            onProvider={() => {
              stepUpAtProvider().then(() => onDone(true), setError)
            }}
            onCancel={() => onDone(false)}
          />
        )}
      </div>
    </Modal>
  )
}

export default StepUpDialog
