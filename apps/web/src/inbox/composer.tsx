import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactElement,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react'
import { ask, type ConversationRead, type Message, maxTextLength } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { remaining } from '../ui/moment.ts'
import { Notice } from '../ui/notice.tsx'
import { useNow } from '../ui/now.ts'
import { usePreferences } from '../ui/preferences.ts'
import { useWords } from '../ui/words.tsx'
import { asksForNumbers } from './asks-for-numbers.ts'
import styles from './composer.module.css'
import { windowMattersMs } from './conversation-row.tsx'
import { EmojiButton } from './emoji-button.tsx'
import { FileTray } from './file-tray.tsx'
import { canBeAnswered, NoReply } from './no-reply.tsx'
import type { Pending } from './outbox.ts'
import type { OutboxSender } from './outbox-sender.ts'
import { noteNotWriting, noteWriting } from './presence.ts'
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

const typingEveryMs = 20_000
const charactersMatter = maxTextLength - 300

export function Composer({
  ref,
  conversation,
  me,
  outbox,
  seenUpTo,
  onSent,
  onTemplate,
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
  const area = useRef<HTMLTextAreaElement>(null)
  const instead = useRef<HTMLElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const typedAt = useRef(0)

  /** Behind what has been written, where one goes on; where nothing can be written, to what can be done instead. */
  function toText(): void {
    const element = area.current
    if (element === null) instead.current?.focus()
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
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
      area.current?.focus()
    },
    restore: (refused) => {
      draft.restore(refused)
      area.current?.focus()
    },
  }))

  const writable = canBeAnswered(conversation, now)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = area.current
    if (element === null) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [draft.text, writable])

  const wasWritable = useRef(writable)
  useEffect(() => {
    // What had the focus has gone with it: the field once the window closes, the button once what was closed is open again.
    if (writable !== wasWritable.current && document.activeElement === document.body)
      (area.current ?? instead.current)?.focus()
    wasWritable.current = writable
  }, [writable])

  const left = windowClosesAt === null ? 0 : Date.parse(windowClosesAt) - now
  const tooLong = draft.text.length > maxTextLength
  const wasTooLong = useRef(false)
  useEffect(() => {
    if (tooLong !== wasTooLong.current)
      announce(tooLong ? w.composer.tooLong(draft.text.length - maxTextLength) : w.composer.fitsAgain)
    wasTooLong.current = tooLong
  })
  const { ready, held, send } = useSending(conversation, me, outbox, {
    draft,
    writable,
    seenUpTo,
    onSent: (onward) => {
      noteNotWriting()
      typedAt.current = 0
      area.current?.focus()
      onSent(onward)
    },
  })

  function insert(text: string): void {
    const element = area.current
    const [from, to] = [
      element?.selectionStart ?? draft.text.length,
      element?.selectionEnd ?? draft.text.length,
    ]
    draft.write(draft.text.slice(0, from) + text + draft.text.slice(to))
    requestAnimationFrame(() => {
      element?.focus()
      element?.setSelectionRange(from + text.length, from + text.length)
    })
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      const isCommand = event.ctrlKey || event.metaKey
      if (!isCommand && !(enterSends && !event.shiftKey && !event.altKey)) return
      event.preventDefault()
      send(isCommand && event.altKey ? 'close' : isCommand && event.shiftKey ? 'next' : 'stay')
    }
    if (event.key === 'Escape') {
      event.preventDefault()
      if (draft.replyTo === null) onLeave()
      else draft.quote(null)
    }
  }

  function onType(text: string): void {
    draft.write(text)
    if (text.trim() === '') noteNotWriting()
    else noteWriting(id)
    if (text.trim() === '' || Date.now() - typedAt.current < typingEveryMs) return
    typedAt.current = Date.now()
    ask('showTyping', { params: { id } }).catch(() => undefined)
  }

  function take(event: ClipboardEvent, from: FileList): void {
    if (from.length === 0) return
    event.preventDefault()
    tray.add([...from])
  }

  if (!writable)
    return (
      <NoReply ref={instead} conversation={conversation} me={me} draft={draft.text} onTemplate={onTemplate} />
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
                area.current?.focus()
              }}
            />
          </div>
        )}
        <FileTray files={tray} onRemoved={() => area.current?.focus()} />
        {held !== null && (
          <SendQuestion
            held={held}
            onCancel={() => {
              held.cancel()
              area.current?.focus()
            }}
          />
        )}
        <textarea
          ref={area}
          className={styles.area}
          rows={1}
          dir="auto"
          aria-label={w.composer.label}
          aria-describedby="composer-hint"
          aria-invalid={tooLong || undefined}
          placeholder={over ? w.composer.drop : w.composer.placeholder}
          value={draft.text}
          onChange={(event) => onType(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => take(event, event.clipboardData.files)}
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
              area.current?.focus()
            }}
          />
          <Button
            kind="quiet"
            icon="clip"
            aria-label={w.composer.attach}
            onPress={() => picker.current?.click()}
          />
          <EmojiButton onChoose={insert} />
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
