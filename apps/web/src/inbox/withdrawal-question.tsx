import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, type RefObject, useState } from 'react'
import { ask, type Needs } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Field, SelectField } from '../ui/field.tsx'
import { Modal, useAfterClosing } from '../ui/modal.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './close-question.module.css'
import { ContestedFields } from './contested-fields.tsx'
import { correctionWords } from './correction-words.ts'
import { type Correction, correctionsQuery } from './corrections-query.ts'

/** Takes back a mark of correction, or puts another one in its place: why, and what counts from now on. */
function WithdrawalQuestion({
  conversationId,
  mark,
  place,
  onDone,
}: {
  conversationId: string
  mark: Correction
  /** Where the focus goes once the mark, and its button with it, has changed. */
  place: RefObject<HTMLElement | null>
  onDone: () => void
}): ReactElement {
  const w = useWords()
  const c = correctionWords[w.language]
  const client = useQueryClient()
  const afterwards = useAfterClosing()
  const [counts, setCounts] = useState<'nothing' | 'another'>('nothing')
  const [words, setWords] = useState({ contested: mark.contested, correct: mark.correct })
  const [reason, setReason] = useState('')
  const replaces = counts === 'another'
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: Needs<'withdrawCorrection'>['body']) =>
      ask('withdrawCorrection', { params: { id: conversationId, correctionId: mark.id }, body }),
    onSuccess: () => {
      announce(replaces ? c.replaced : c.withdrawn)
      afterwards.current = () => place.current?.focus()
      onDone()
    },
    onSettled: () => client.invalidateQueries({ queryKey: correctionsQuery(conversationId).queryKey }),
  })
  return (
    <Modal title={c.withdraw} unsaved={reason === '' ? null : c.withdraw} onClose={onDone}>
      {error !== null && <Notice tone="danger">{sentenceOf(w, error)}</Notice>}
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (!isPending) mutate({ reason, ...(replaces ? { replacement: words } : {}) })
        }}
      >
        <SelectField
          label={c.how}
          value={counts}
          onChange={({ currentTarget: { value } }) => setCounts(value as typeof counts)}
        >
          <option value="nothing">{c.nothing}</option>
          <option value="another">{c.another}</option>
        </SelectField>
        {replaces && <ContestedFields words={words} onChange={setWords} />}
        <Field
          label={c.reason}
          required
          maxLength={1000}
          value={reason}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
        <p>{c.withdrawnStays}</p>
        <Button kind="primary" type="submit" isDisabled={isPending}>
          {replaces ? c.replaceNow : c.withdrawNow}
        </Button>
      </form>
    </Modal>
  )
}

export default WithdrawalQuestion
