import { type ReactElement, type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { type ConversationRead, type Message, maxTextLength } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { remaining } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { usePreferences } from '../ui/preferences.ts'
import { useWords } from '../ui/words.tsx'
import { AnswerField, type FieldHandle } from './answer-field.tsx'
import { asksForNumbers } from './asks-for-numbers.ts'
import styles from './composer.module.css'
import { windowMattersMs } from './conversation-row.tsx'
import { EmojiButton } from './emoji-button.tsx'
import { FileTray } from './file-tray.tsx'
import { canBeAnswered, NoReply } from './no-reply.tsx'
import type { Pending } from './outbox.ts'
import type { OutboxSender } from './outbox-sender.ts'
import { QuoteBlock } from './quote-block.tsx'
import { SendQuestion } from './send-question.tsx'
import { useDraft } from './use-draft.ts'
import { type Onward, useSending } from './use-sending.ts'

export type ComposerHandle = {
  focus(): void
  quote(message: Message): void
  attach(files: readonly File[]): void
  /** Puts back what was refused, with its quote and files; a text that is already there stays in front of it. */
  restore(refused: Pending): void
  /** Lets somebody choose files to attach. */
  pick(): void
}

const charactersMatter = maxTextLength - 300

export function Composer({
  ref,
  conversation,
  me,
  outbox,
  seenUpTo,
  onSent,
  onTemplate,
  onElsewhere,
  onLeave,
  over,
}: {
  ref: Ref<ComposerHandle>
  conversation: ConversationRead
  me: string
  outbox: OutboxSender
  seenUpTo: string | null
  /** Something has been sent. */
  onSent: (onward: Onward) => void
  onTemplate: () => void
  onElsewhere: () => void
  onLeave: () => void
  /** Files are held above the conversation. */
  over: boolean
}): ReactElement {
  const w = useWords()
  const now = useNow()
  const { enterSends } = usePreferences()
  const { id, contact, windowClosesAt } = conversation
  const draft = useDraft(id)
  const { tray } = draft
  const field = useRef<FieldHandle>(null)
  const instead = useRef<HTMLElement>(null)
  const picker = useRef<HTMLInputElement>(null)

  /** To the field; where nothing can be written, to what can be done instead. */
  function toText(): void {
    if (field.current === null) instead.current?.focus()
    field.current?.toEnd()
  }

  useImperativeHandle(ref, () => ({
    focus: toText,
    quote: (message) => {
      draft.quote(message)
      toText()
    },
    pick: () => picker.current?.click(),
    attach: (added) => {
      tray.add(added)
      field.current?.focus()
    },
    restore: (refused) => {
      draft.restore(refused)
      field.current?.focus()
    },
  }))

  const writable = canBeAnswered(conversation, now)
  const possible = writable || conversation.answeredIn
  const before = useRef(possible)
  useEffect(() => {
    // What had the focus has gone with it: the field once the window closes, the button that opens again once it is open, or cannot be.
    if (possible !== before.current && document.activeElement === document.body)
      (field.current ?? instead.current)?.focus()
    before.current = possible
  }, [possible])

  const left = windowClosesAt === null ? 0 : Date.parse(windowClosesAt) - now
  const tooLong = draft.text.length > maxTextLength
  const { ready, held, send } = useSending(conversation, me, outbox, {
    draft,
    writable,
    seenUpTo,
    onSent: (onward) => {
      field.current?.noteSent()
      field.current?.focus()
      onSent(onward)
    },
  })

  if (!writable)
    return (
      <NoReply
        ref={instead}
        conversation={conversation}
        me={me}
        draft={draft.text}
        onTemplate={onTemplate}
        onElsewhere={onElsewhere}
      />
    )
  return (
    <footer className={styles.composer} data-over={over || undefined}>
      {left < windowMattersMs && (
        <p className={styles.countdown}>
          <Icon name="clock" size={16} /> {w.composer.windowCloses(remaining(w, left))}
        </p>
      )}
      {asksForNumbers(draft.text) && (
        <div className={styles.hint}>
          <Notice tone="warning">{w.composer.sensitive}</Notice>
        </div>
      )}
      <div className={styles.box}>
        {draft.replyTo !== null && (
          <div className={styles.quote}>
            <QuoteBlock quote={draft.replyTo} name={contact.displayName} />
            <Button
              kind="quiet"
              compact
              icon="close"
              aria-label={w.composer.noQuote}
              onPress={() => {
                draft.quote(null)
                field.current?.focus()
              }}
            />
          </div>
        )}
        <FileTray files={tray} onRemoved={() => field.current?.focus()} />
        {held !== null && (
          <SendQuestion
            held={held}
            onCancel={() => {
              held.cancel()
              field.current?.focus()
            }}
          />
        )}
        <AnswerField
          ref={field}
          conversationId={id}
          text={draft.text}
          placeholder={over ? w.composer.drop : w.composer.placeholder}
          onWrite={draft.write}
          onFiles={tray.add}
          onSend={send}
          onEscape={() => {
            if (draft.replyTo === null) onLeave()
            else draft.quote(null)
          }}
        />
        <div className={styles.tools}>
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              tray.add([...(event.target.files ?? [])])
              event.target.value = ''
              // What one writes next is the caption.
              field.current?.focus()
            }}
          />
          <Button
            kind="quiet"
            icon="clip"
            aria-label={w.composer.attach}
            onPress={() => picker.current?.click()}
          />
          <EmojiButton onChoose={(emoji) => field.current?.insert(emoji)} />
          <Button kind="quiet" icon="bubble" aria-label={w.composer.template} onPress={onTemplate} />
          <p id="composer-hint" className={styles.keys}>
            {draft.failing ? (
              <span className={styles.tooLong}>{w.composer.draftFailing}</span>
            ) : draft.text.length > charactersMatter ? (
              <span className={tooLong ? styles.tooLong : undefined}>
                {w.composer.remaining(maxTextLength - draft.text.length)}
              </span>
            ) : enterSends ? (
              w.composer.hintEnter
            ) : (
              w.composer.hintCtrl
            )}
          </p>
          <Button
            kind="quiet"
            icon="forward"
            aria-label={w.composer.sendAndGoOn}
            isDisabled={!ready}
            onPress={() => send('next')}
          />
          <Button kind="primary" icon="send" isDisabled={!ready} onPress={() => send('stay')}>
            {w.composer.send}
          </Button>
        </div>
      </div>
    </footer>
  )
}
