import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef } from 'react'
import { ask, type Conversation } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Modal } from '../ui/modal.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './close-question.module.css'
import { countsQuery, keepConversation } from './conversation-cache.ts'
import { draftOf } from './drafts.ts'

function CloseQuestion({
  conversation,
  me,
  onDone,
  onClosed,
}: {
  conversation: Conversation
  me: string
  onDone: () => void
  onClosed: () => void
}): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const closed = useRef<(() => void) | null>(null)
  // Once the dialog has gone, however long that takes: before, it would keep the focus, and a frame later it gives it back.
  useEffect(() => () => void (closed.current && requestAnimationFrame(closed.current)), [])
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => ask('closeConversation', { params: { id: conversation.id } }),
    onSuccess: (changed) => {
      keepConversation(client, changed, me)
      void client.invalidateQueries({ queryKey: countsQuery.queryKey })
      announce(w.case.closedDone)
      closed.current = onClosed
      onDone()
    },
  })
  return (
    <Modal title={w.case.closeTitle} onClose={onDone}>
      <p>{w.case.closeText}</p>
      {draftOf(conversation.id).text !== '' && <Notice tone="info">{w.case.closeDraft}</Notice>}
      {error !== null && <Notice tone="danger">{sentenceOf(w, error)}</Notice>}
      <div className={styles.buttons}>
        <Button onPress={onDone}>{w.general.cancel}</Button>
        <Button kind="primary" autoFocus isDisabled={isPending} onPress={() => mutate()}>
          {w.case.close}
        </Button>
      </div>
    </Modal>
  )
}

export default CloseQuestion
