import {
  type ClipboardEvent,
  type KeyboardEvent,
  lazy,
  type ReactElement,
  type Ref,
  Suspense,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { ask, type Conversation, type Message, maxTextLength } from '../api.ts'
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
import { type Draft, draftOf, keepDraft } from './drafts.ts'
import { FileTray } from './file-tray.tsx'
import type { OutboxSender } from './outbox-sender.ts'
import { QuoteBlock } from './quote-block.tsx'
import { useFiles } from './use-files.ts'

const EmojiPopover = lazy(() => import('./emoji-popover.tsx'))

export interface ComposerHandle {
  focus(): void
  quote(message: Message): void
  attach(files: readonly File[]): void
  /** Puts a text back that was refused; what is already there stays in front of it. */
  write(text: string): void
}

/** Whether free text and files may be sent now; after that there are templates, or nothing. */
export const canBeAnswered = ({ status, channel, windowClosesAt }: Conversation, now: number): boolean =>
  status === 'open' && channel.canSend && windowClosesAt !== null && Date.parse(windowClosesAt) > now

const typingEveryMs = 20_000
const charactersMatter = maxTextLength - 300

/** What stands in the place of the composer when nothing can be written. */
const Closed = ({
  conversation,
  now,
  onTemplate,
}: {
  conversation: Conversation
  now: number
  onTemplate: () => void
}): ReactElement | null => {
  const w = useWords()
  const { status, channel, windowClosesAt } = conversation
  if (status === 'closed') return <Notice tone="info">{w.case.closedNote}</Notice>
  if (!channel.canSend) return <Notice tone="warning">{w.composer.stopped}</Notice>
  if (windowClosesAt !== null && Date.parse(windowClosesAt) > now) return null
  return (
    <Notice
      tone="info"
      action={
        <Button kind="primary" compact onPress={onTemplate}>
          {w.composer.chooseTemplate}
        </Button>
      }
    >
      {windowClosesAt === null ? w.composer.windowNever : w.composer.windowClosed}
    </Notice>
  )
}

export const Composer = ({
  ref,
  conversation,
  outbox,
  onTemplate,
  onLeave,
  over,
}: {
  ref: Ref<ComposerHandle>
  conversation: Conversation
  outbox: OutboxSender
  onTemplate: () => void
  onLeave: () => void
  /** Files are held above the conversation. */
  over: boolean
}): ReactElement => {
  const w = useWords()
  const now = useNow()
  const { enterSends } = usePreferences()
  const { id, contact, windowClosesAt } = conversation
  const [draft, setDraft] = useState(() => draftOf(id))
  const [choosing, setChoosing] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const emoji = useRef<HTMLSpanElement>(null)
  const typedAt = useRef(0)

  const change = (to: Partial<Draft>): void =>
    setDraft((before) => {
      const after = { ...before, ...to }
      keepDraft(id, after)
      return after
    })
  const files = useFiles(id, draft.files, (ready) => change({ files: ready }))

  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    quote: ({ id: quoted, direction, kind, text }) => {
      change({ replyTo: { id: quoted, direction, kind, text } })
      area.current?.focus()
    },
    attach: (added) => {
      files.add(added)
      area.current?.focus()
    },
    write: (text) => {
      setDraft((before) => {
        const after = { ...before, text: before.text === '' ? text : `${before.text}\n${text}` }
        keepDraft(id, after)
        return after
      })
      area.current?.focus()
    },
  }))

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = area.current
    if (element === null) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [draft.text])

  const left = windowClosesAt === null ? 0 : Date.parse(windowClosesAt) - now
  const writable = canBeAnswered(conversation, now)
  const tooLong = draft.text.length > maxTextLength
  const empty = draft.text.trim() === '' && draft.files.length === 0
  const ready = writable && !empty && !tooLong && !files.busy

  const send = (): void => {
    if (!ready) return
    outbox.send({ conversationId: id, text: draft.text.trim(), replyTo: draft.replyTo, files: draft.files })
    change({ text: '', replyTo: null, files: [] })
    files.clear()
    typedAt.current = 0
    area.current?.focus()
  }

  const insert = (text: string): void => {
    const element = area.current
    const [from, to] = [
      element?.selectionStart ?? draft.text.length,
      element?.selectionEnd ?? draft.text.length,
    ]
    change({ text: draft.text.slice(0, from) + text + draft.text.slice(to) })
    requestAnimationFrame(() => {
      element?.focus()
      element?.setSelectionRange(from + text.length, from + text.length)
    })
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      const sends = event.ctrlKey || event.metaKey || (enterSends && !event.shiftKey && !event.altKey)
      if (!sends) return
      event.preventDefault()
      send()
    }
    if (event.key === 'Escape') {
      event.preventDefault()
      if (draft.replyTo === null) onLeave()
      else change({ replyTo: null })
    }
  }

  const onType = (text: string): void => {
    change({ text })
    if (text.trim() === '' || Date.now() - typedAt.current < typingEveryMs) return
    typedAt.current = Date.now()
    ask('showTyping', { params: { id } }).catch(() => undefined)
  }

  const take = (event: ClipboardEvent, from: FileList): void => {
    if (from.length === 0) return
    event.preventDefault()
    files.add([...from])
  }

  // Without it a clerk who was writing would be nowhere once the window closes or the channel stops.
  const instead = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!writable && document.activeElement === document.body) instead.current?.focus()
  }, [writable])

  const closed = <Closed conversation={conversation} now={now} onTemplate={onTemplate} />
  if (!writable)
    return (
      <footer ref={instead} className={styles.closed} tabIndex={-1}>
        {closed}
      </footer>
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
                change({ replyTo: null })
                area.current?.focus()
              }}
            />
          </div>
        )}
        <FileTray files={files} />
        <textarea
          ref={area}
          className={styles.area}
          rows={1}
          dir="auto"
          aria-label={w.composer.label}
          aria-describedby="composer-hint"
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
              files.add([...(event.target.files ?? [])])
              event.target.value = ''
            }}
          />
          <Button
            kind="quiet"
            icon="clip"
            aria-label={w.composer.attach}
            onPress={() => picker.current?.click()}
          />
          <span ref={emoji}>
            <Button
              kind="quiet"
              icon="smile"
              aria-label={w.composer.emoji}
              aria-haspopup="dialog"
              aria-expanded={choosing}
              onPress={() => setChoosing(true)}
            />
          </span>
          <Button kind="quiet" icon="bubble" aria-label={w.composer.template} onPress={onTemplate} />
          <p id="composer-hint" className={styles.keys}>
            {draft.text.length > charactersMatter ? (
              <span className={tooLong ? styles.tooLong : undefined}>
                {w.composer.remaining(maxTextLength - draft.text.length)}
              </span>
            ) : enterSends ? (
              w.composer.hintEnter
            ) : (
              w.composer.hintCtrl
            )}
          </p>
          <Button kind="primary" icon="send" isDisabled={!ready} onPress={send}>
            {w.composer.send}
          </Button>
        </div>
      </div>
      <Suspense>
        {choosing && (
          <EmojiPopover
            anchor={emoji}
            onClose={() => setChoosing(false)}
            onChoose={(chosen) => {
              setChoosing(false)
              insert(chosen)
            }}
          />
        )}
      </Suspense>
    </footer>
  )
}
