import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef } from 'react'
import { Link } from 'wouter'
import { ask, Failure } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import styles from './closed-notice.module.css'
import { conversationQuery, countsQuery, keepConversation } from './conversation-cache.ts'

const undoMs = 10_000

/** Opens a closed conversation again. */
export function useReopen(id: string, me: string, onDone?: () => void) {
  const w = useWords()
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => ask('reopenConversation', { params: { id }, body: {} }),
    onSuccess: (conversation) => {
      keepConversation(client, conversation, me)
      void client.invalidateQueries({ queryKey: countsQuery.queryKey })
      announce(w.case.reopened(conversation.contact.displayName))
      onDone?.()
    },
    onError: (error) => {
      // Where it is shown depends on what was pressed; heard it is in any case.
      announce(sentenceOf(w, error))
      if (error instanceof Failure && error.code === 'other-conversation-open')
        void client.invalidateQueries({ queryKey: conversationQuery(id).queryKey })
    },
  })
}

/** From a closed conversation to the open one of the same person; nothing where there is none that one may see. */
export function WayToOpenOne({ from }: { from: string }): ReactElement | null {
  const w = useWords()
  const { data } = useQuery(conversationQuery(from))
  if (data === undefined || data.answeredIn === null) return null
  return <Link href={`/posteingang/${data.answeredIn}`}>{w.case.toOpenOne}</Link>
}

/** For some seconds after closing: what was closed, and the way back, wherever one has gone meanwhile. */
export function ClosedNotice({
  id,
  name,
  me,
  onUndone,
  onGone,
}: {
  id: string
  name: string
  me: string
  onUndone: () => void
  onGone: () => void
}): ReactElement {
  const w = useWords()
  const { mutate, isPending, error } = useReopen(id, me, () => {
    onUndone()
    onGone()
  })
  const place = useRef<HTMLDivElement>(null)
  const isElsewhere = error instanceof Failure && error.code === 'other-conversation-open'
  useEffect(() => {
    // The button that was pressed has gone.
    if (isElsewhere && document.activeElement === document.body) place.current?.focus()
  }, [isElsewhere])
  useEffect(() => {
    let timer = setTimeout(leave, undoMs)
    function leave(): void {
      // It does not go under a hand that is about to use it.
      if (place.current?.matches(':hover, :focus-within')) timer = setTimeout(leave, undoMs)
      else onGone()
    }
    return () => clearTimeout(timer)
  }, [onGone])
  return (
    <div ref={place} className={styles.closed} tabIndex={-1}>
      <Notice
        tone={error === null ? 'info' : 'danger'}
        action={
          isElsewhere ? (
            <WayToOpenOne from={id} />
          ) : (
            <Button compact isDisabled={isPending} onPress={() => mutate()}>
              {w.case.undoClose}
            </Button>
          )
        }
      >
        {error === null ? w.case.closedDone(name) : sentenceOf(w, error)}
      </Notice>
    </div>
  )
}
