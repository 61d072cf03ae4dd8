import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactElement, Suspense, useRef, useState } from 'react'
import { ask, type Message } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Icon } from '../ui/icon.tsx'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import { keepMessage } from './conversation-cache.ts'
import { correctionWords } from './correction-words.ts'
import { erasureWords } from './erasure-words.ts'
import styles from './message-actions.module.css'

const ReactionPicker = lazy(() => import('./reaction-picker.tsx'))
const CorrectionQuestion = lazy(() => import('./correction-question.tsx'))
const ErasureQuestion = lazy(() => import('./erasure-question.tsx'))

/** Can be quoted or reacted to: the provider knows it, and it has not been taken back. */
export function canBeQuoted({ revokedAt, status }: Message): boolean {
  return revokedAt === null && !['queued', 'sending', 'failed', 'unknown', 'elsewhere'].includes(status)
}

export function MessageActions({
  message,
  answerable,
  mayPlan,
  reachable,
  onQuote,
}: {
  message: Message
  answerable: boolean
  /** Whoever looks may plan deletion runs. */
  mayPlan: boolean
  reachable: boolean
  onQuote: (message: Message) => void
}): ReactElement {
  const w = useWords()
  const client = useQueryClient()
  const [choosing, setChoosing] = useState(false)
  const [correcting, setCorrecting] = useState(false)
  const [erasing, setErasing] = useState(false)
  const anchor = useRef<HTMLButtonElement>(null)
  const mine = message.reactions.find(({ from }) => from === 'office')?.emoji ?? null
  const { mutate } = useMutation({
    mutationFn: (emoji: string | null) =>
      ask('react', { params: { id: message.conversationId, messageId: message.id }, body: { emoji } }),
    onSuccess: (changed) => keepMessage(client, changed),
    onError: (error) => announce(sentenceOf(w, error)),
  })
  const can = answerable && canBeQuoted(message)
  const { text } = message
  const tabIndex = reachable ? 0 : -1
  return (
    <div className={styles.actions} data-open={choosing || correcting || erasing || undefined}>
      {can && (
        <>
          <button
            type="button"
            tabIndex={tabIndex}
            aria-label={w.thread.quote}
            title={w.thread.quote}
            onClick={() => onQuote(message)}
          >
            <Icon name="reply" size={18} />
          </button>
          <button
            ref={anchor}
            type="button"
            tabIndex={tabIndex}
            aria-label={w.thread.react}
            title={w.thread.react}
            aria-haspopup="dialog"
            aria-expanded={choosing}
            onClick={() => setChoosing(true)}
          >
            <Icon name="smile" size={18} />
          </button>
        </>
      )}
      {text !== null && text !== '' && (
        <button
          type="button"
          tabIndex={tabIndex}
          aria-label={w.thread.copy}
          title={w.thread.copy}
          onClick={() => void navigator.clipboard.writeText(text).then(() => announce(w.thread.copied))}
        >
          <Icon name="copy" size={18} />
        </button>
      )}
      {message.revokedAt === null && (
        <button
          type="button"
          tabIndex={tabIndex}
          aria-label={correctionWords[w.language].mark}
          title={correctionWords[w.language].mark}
          aria-haspopup="dialog"
          onClick={() => setCorrecting(true)}
        >
          <Icon name="flag" size={18} />
        </button>
      )}
      <button
        type="button"
        tabIndex={tabIndex}
        aria-label={erasureWords[w.language].erase}
        title={erasureWords[w.language].erase}
        aria-haspopup="dialog"
        onClick={() => setErasing(true)}
      >
        <Icon name="erase" size={18} />
      </button>
      <Suspense>
        {correcting && <CorrectionQuestion message={message} onDone={() => setCorrecting(false)} />}
        {erasing && (
          <ErasureQuestion messageId={message.id} mayPlan={mayPlan} onDone={() => setErasing(false)} />
        )}
        {choosing && (
          <ReactionPicker
            anchor={anchor}
            current={mine}
            onClose={() => setChoosing(false)}
            onChoose={(emoji) => {
              setChoosing(false)
              mutate(emoji)
            }}
          />
        )}
      </Suspense>
    </div>
  )
}
