import type { ReactElement } from 'react'
import { navigate } from '../ui/address.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Field } from '../ui/field.tsx'
import { Modal, useAfterClosing } from '../ui/modal.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './close-question.module.css'
import { erasureWords } from './erasure-words.ts'

/** Leads whoever may plan the erasure of a single message to the form for it, and tells everybody else whom to ask and how to name it. */
function ErasureQuestion({
  messageId,
  mayPlan,
  onDone,
}: {
  messageId: string
  mayPlan: boolean
  onDone: () => void
}): ReactElement {
  const c = erasureWords[useWords().language]
  const afterwards = useAfterClosing()
  return (
    <Modal title={c.title} onClose={onDone}>
      <div className={styles.form}>
        <p>{c.when}</p>
        <p>{c.how}</p>
        {mayPlan ? (
          <Button
            kind="primary"
            onPress={() => {
              afterwards.current = () => navigate('/loeschlaeufe', { state: { messageId } })
              onDone()
            }}
          >
            {c.plan}
          </Button>
        ) : (
          <>
            <p>{c.who}</p>
            <Field label={c.number} value={messageId} readOnly />
            <CopyButton text={messageId} name={c.copy} inWords />
          </>
        )}
      </div>
    </Modal>
  )
}

export default ErasureQuestion
