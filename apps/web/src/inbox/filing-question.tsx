import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { ask, type ConversationRead } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './close-question.module.css'
import { keepConversation } from './conversation-cache.ts'
import { decisionOf, FilingFields } from './filing-fields.tsx'
import { filingWords } from './filing-words.ts'

/** Of a closed matter: the decision about the file anew, or for the first time. */
function FilingQuestion({
  conversation,
  me,
  onDone,
}: {
  conversation: ConversationRead
  me: string
  onDone: () => void
}): ReactElement {
  const w = useWords()
  const c = filingWords[w.language]
  const client = useQueryClient()
  const [before] = useState({
    relevance: conversation.filing?.relevance ?? null,
    fileReference: conversation.filing?.fileReference ?? '',
  })
  const [entry, setEntry] = useState(before)
  const decision = decisionOf(entry)
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: NonNullable<typeof decision>) =>
      ask('decideFiling', { params: { id: conversation.id }, body }),
    onSuccess: (changed) => {
      keepConversation(client, changed, me)
      announce(c.saved)
      onDone()
    },
  })
  const title = before.relevance === null ? c.decide : c.change
  const isChanged = entry.relevance !== before.relevance || entry.fileReference !== before.fileReference
  return (
    <Modal title={title} unsaved={isChanged ? title : null} onClose={onDone}>
      {error !== null && (
        <Notice tone="danger" alert>
          {sentenceOf(w, error)}
        </Notice>
      )}
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (decision !== null && !isPending) mutate(decision)
        }}
      >
        <FilingFields entry={entry} onEntry={setEntry} />
        <div className={styles.buttons}>
          <Button onPress={onDone}>{w.general.cancel}</Button>
          <Button kind="primary" type="submit" isDisabled={decision === null || isPending}>
            {c.save}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

export default FilingQuestion
