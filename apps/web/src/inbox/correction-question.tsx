import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, type Message, type Needs } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Field, SelectField } from '../ui/field.tsx'
import { Modal } from '../ui/modal.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './close-question.module.css'
import { correctionWords } from './correction-words.ts'
import { correctionsQuery } from './corrections.tsx'

/** Marks what the person says is wrong in a message or its matter, and what would be right. */
function CorrectionQuestion({
  message: { id, conversationId },
  onDone,
}: {
  message: Message
  onDone: () => void
}): ReactElement {
  const w = useWords()
  const c = correctionWords[w.language]
  const client = useQueryClient()
  const [of, setOf] = useState<'message' | 'matter'>('message')
  const [contested, setContested] = useState('')
  const [correct, setCorrect] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: Needs<'markCorrection'>['body']) =>
      ask('markCorrection', { params: { id: conversationId }, body }),
    onSuccess: () => {
      announce(c.done)
      void client.invalidateQueries({ queryKey: correctionsQuery(conversationId).queryKey })
      onDone()
    },
  })
  return (
    <Modal title={c.title} unsaved={contested === '' && correct === '' ? null : c.title} onClose={onDone}>
      {error !== null && <Notice tone="danger">{sentenceOf(w, error)}</Notice>}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isPending) mutate({ contested, correct, ...(of === 'message' ? { messageId: id } : {}) })
        }}
      >
        <SelectField
          label={c.what}
          value={of}
          onChange={({ currentTarget: { value } }) => setOf(value as typeof of)}
        >
          <option value="message">{c.ofMessage}</option>
          <option value="matter">{c.ofMatter}</option>
        </SelectField>
        <Field
          label={c.contested}
          required
          maxLength={1000}
          value={contested}
          onChange={({ currentTarget: { value } }) => setContested(value)}
        />
        <Field
          label={c.correct}
          required
          maxLength={1000}
          value={correct}
          onChange={({ currentTarget: { value } }) => setCorrect(value)}
        />
        <p>{c.stays}</p>
        <Button kind="primary" type="submit" isDisabled={isPending}>
          {c.mark}
        </Button>
      </form>
    </Modal>
  )
}

export default CorrectionQuestion
