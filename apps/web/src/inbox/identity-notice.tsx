import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { ask, type Conversation } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { keepConversation } from './conversation-cache.ts'
import styles from './identity-notice.module.css'

export function IdentityNotice({
  conversation,
  me,
}: {
  conversation: Conversation
  me: string
}): ReactElement | null {
  const w = useWords()
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => ask('acknowledgeIdentity', { params: { id: conversation.id } }),
    onSuccess: (changed) => keepConversation(client, changed, me),
  })
  if (conversation.identityNotice === null) return null
  return (
    <section className={styles.notice} aria-label={w.identity.title}>
      <Notice
        tone="warning"
        action={
          <Button compact isDisabled={isPending} onPress={() => mutate()}>
            {w.identity.acknowledge}
          </Button>
        }
      >
        <strong>{w.identity.title}</strong> {w.identity[conversation.identityNotice]}
        {error !== null && ` ${sentenceOf(w, error)}`}
      </Notice>
    </section>
  )
}
