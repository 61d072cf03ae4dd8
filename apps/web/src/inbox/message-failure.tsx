import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Message } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { keepMessage } from './conversation-cache.ts'
import styles from './message-failure.module.css'

/** What happened and what to do now. Nothing is ever sent again by itself: the clerk decides. */
export function MessageFailure({
  message,
  onTemplate,
}: {
  message: Message
  onTemplate: () => void
}): ReactElement | null {
  const w = useWords()
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (decision: 'send-again' | 'leave') =>
      ask('decideMessage', {
        params: { id: message.conversationId, messageId: message.id },
        body: { decision, clientId: crypto.randomUUID() },
      }),
    onSuccess: async (decided) => {
      keepMessage(client, decided)
      // Sending again is a new message; this one has changed as well.
      if (decided.id !== message.id)
        keepMessage(
          client,
          await ask('readMessage', { params: { id: message.conversationId, messageId: message.id } }),
        )
    },
  })
  const { status, failure } = message
  const settled = message.settledAt !== null
  if (status !== 'failed' && (status !== 'unknown' || settled)) return null
  const again = (
    <Button compact isDisabled={isPending} icon="retry" onPress={() => mutate('send-again')}>
      {w.decision.sendAgain}
    </Button>
  )
  const refused = error !== null && <p>{sentenceOf(w, error)}</p>
  if (status === 'unknown')
    return (
      <div className={styles.failure}>
        <Notice
          tone="warning"
          action={
            <>
              {again}
              <Button compact kind="quiet" isDisabled={isPending} onPress={() => mutate('leave')}>
                {w.decision.leave}
              </Button>
            </>
          }
        >
          <strong>{w.decision.unknown}</strong> {w.decision.unknownHint}
          {refused}
        </Notice>
      </div>
    )
  const reason = failure?.reason ?? 'other'
  const template = reason === 'window-closed' || reason === 'template-refused'
  return (
    <div className={styles.failure}>
      <Notice
        tone="danger"
        action={
          template && !settled ? (
            <Button compact onPress={onTemplate}>
              {w.composer.chooseTemplate}
            </Button>
          ) : failure?.retryable && !settled ? (
            again
          ) : undefined
        }
      >
        {w.failure[reason]}
        {failure !== null && <span className={styles.code}> {w.decision.code(failure.code)}</span>}
        {refused}
      </Notice>
    </div>
  )
}
