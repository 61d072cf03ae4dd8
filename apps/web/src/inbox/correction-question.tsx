import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, type Message, type Needs } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { Modal } from '../ui/modal.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './close-question.module.css'
import { type Contested, ContestedFields } from './contested-fields.tsx'
import { correctionWords } from './correction-words.ts'
import { correctionsQuery } from './corrections-query.ts'

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
  const [words, setWords] = useState<Contested>({ contested: '', correct: '' })
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
    <Modal
      title={c.title}
      unsaved={words.contested === '' && words.correct === '' ? null : c.title}
      onClose={onDone}
    >
      {error !== null && <Notice tone="danger">{sentenceOf(w, error)}</Notice>}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isPending) mutate({ ...words, ...(of === 'message' ? { messageId: id } : {}) })
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
        <ContestedFields words={words} onChange={setWords} />
        <p>{c.stays}</p>
        <Button kind="primary" type="submit" isDisabled={isPending}>
          {c.mark}
        </Button>
      </form>
    </Modal>
  )
}

export default CorrectionQuestion
