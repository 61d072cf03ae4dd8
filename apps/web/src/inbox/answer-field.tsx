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
import { ask, maxTextLength } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { usePreferences } from '../ui/preferences.ts'
import { useWords } from '../ui/words.tsx'
import styles from './composer.module.css'
import { noteNotWriting, noteWriting } from './presence.ts'
import type { Onward } from './use-sending.ts'

export type FieldHandle = {
  /** The caret where it was. */
  focus(): void
  /** The caret behind what has been written, where one goes on. */
  toEnd(): void
  /** In the place of what is selected, with the caret behind it. */
  insert(text: string): void
  /** What stood here is sent: nobody writes any more. */
  noteSent(): void
}

const typingEveryMs = 20_000

/** The field in which one writes: it grows with its text, says when that is too long, tells that one writes, and knows the keys that send. */
export function AnswerField({
  ref,
  conversationId,
  text,
  placeholder,
  onWrite,
  onFiles,
  onSend,
  onEscape,
}: {
  ref: Ref<FieldHandle>
  conversationId: string
  text: string
  placeholder: string
  onWrite: (text: string) => void
  /** Pasted. */
  onFiles: (files: readonly File[]) => void
  onSend: (onward: Onward) => void
  onEscape: () => void
}): ReactElement {
  const w = useWords()
  const { enterSends } = usePreferences()
  const area = useRef<HTMLTextAreaElement>(null)
  const typedAt = useRef(0)

  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    toEnd: () => {
      area.current?.focus()
      area.current?.setSelectionRange(text.length, text.length)
    },
    insert: (added) => {
      const { selectionStart: from, selectionEnd: to } = area.current ?? {
        selectionStart: text.length,
        selectionEnd: text.length,
      }
      onWrite(text.slice(0, from) + added + text.slice(to))
      requestAnimationFrame(() => {
        area.current?.focus()
        area.current?.setSelectionRange(from + added.length, from + added.length)
      })
    },
    noteSent: () => {
      noteNotWriting()
      typedAt.current = 0
    },
  }))

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = area.current
    if (element === null) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight}px`
  }, [text])

  const tooLong = text.length > maxTextLength
  const wasTooLong = useRef(false)
  useEffect(() => {
    if (tooLong !== wasTooLong.current)
      announce(tooLong ? w.composer.tooLong(text.length - maxTextLength) : w.composer.fitsAgain)
    wasTooLong.current = tooLong
  })

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      const isCommand = event.ctrlKey || event.metaKey
      if (!isCommand && !(enterSends && !event.shiftKey && !event.altKey)) return
      event.preventDefault()
      onSend(isCommand && event.altKey ? 'close' : isCommand && event.shiftKey ? 'next' : 'stay')
    }
    if (event.key === 'Escape') {
      event.preventDefault()
      onEscape()
    }
  }

  function onType(typed: string): void {
    onWrite(typed)
    if (typed.trim() === '') noteNotWriting()
    else noteWriting(conversationId)
    if (typed.trim() === '' || Date.now() - typedAt.current < typingEveryMs) return
    typedAt.current = Date.now()
    ask('showTyping', { params: { id: conversationId } }).catch(() => undefined)
  }

  function onPaste(event: ClipboardEvent): void {
    const { files } = event.clipboardData
    if (files.length === 0) return
    event.preventDefault()
    onFiles([...files])
  }

  return (
    <textarea
      ref={area}
      className={styles.area}
      rows={1}
      dir="auto"
      aria-label={w.composer.label}
      aria-describedby="composer-hint"
      aria-invalid={tooLong || undefined}
      placeholder={placeholder}
      value={text}
      onChange={(event) => onType(event.target.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    />
  )
}
