import { useState } from 'react'
import type { Attachment, Message } from '../api.ts'
import { type Draft, draftOf, keepDraft } from './drafts.ts'
import { type Files, useFiles } from './use-files.ts'

export type DraftInHand = Draft & {
  /** The files with those that are still on their way; `draft.files` are the ones that may be sent. */
  readonly tray: Files
  write(text: string): void
  /** Puts a text below what is already there. */
  append(text: string): void
  quote(message: Message | null): void
  clear(): void
}

/** What is being written in a conversation. It is kept with every change; see `drafts.ts`. */
export function useDraft(conversationId: string): DraftInHand {
  const [draft, setDraft] = useState(() => draftOf(conversationId))
  function change(next: (before: Draft) => Partial<Draft>): void {
    setDraft((before) => {
      const after = { ...before, ...next(before) }
      keepDraft(conversationId, after)
      return after
    })
  }
  const tray = useFiles(conversationId, draft.files, (files: readonly Attachment[]) =>
    change(() => ({ files })),
  )
  return {
    ...draft,
    tray,
    write: (text) => change(() => ({ text })),
    append: (text) => change((before) => ({ text: before.text === '' ? text : `${before.text}\n${text}` })),
    quote: (message) =>
      change(() => {
        if (message === null) return { replyTo: null }
        const { id, direction, kind, text } = message
        return { replyTo: { id, direction, kind, text } }
      }),
    clear: () => {
      change(() => ({ text: '', replyTo: null, files: [] }))
      tray.clear()
    },
  }
}
