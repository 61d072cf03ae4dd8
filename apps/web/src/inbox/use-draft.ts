import { useEffect, useSyncExternalStore } from 'react'
import type { Attachment, Message } from '../api.ts'
import { type Draft, drafts } from './drafts.ts'
import { trays } from './trays.ts'
import { type Files, useFiles } from './use-files.ts'

export type DraftInHand = Draft & {
  /** The files with those that are still on their way; `draft.files` are the ones that may be sent. */
  readonly tray: Files
  /** It could not be kept so far; that is tried on. */
  readonly failing: boolean
  write(text: string): void
  /** Puts back what could not be sent: a text below what is already there, the quote where there is none, the files. */
  restore(unsent: Draft): void
  quote(message: Message | null): void
  clear(): void
}

/** Whether something has been begun there. */
export function useHasDraft(conversationId: string): boolean {
  const hasDraft = useSyncExternalStore(drafts.subscribe, () => drafts.has(conversationId))
  const hasFiles = useSyncExternalStore(trays.subscribe, () => trays.isUnsettled(conversationId))
  return hasDraft || hasFiles
}

/** What is being written in a conversation. It is kept with every change; see `drafts.ts`. */
export function useDraft(conversationId: string): DraftInHand {
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.of(conversationId))
  const loaded = useSyncExternalStore(drafts.subscribe, () => drafts.isLoaded(conversationId))
  const failing = useSyncExternalStore(drafts.subscribe, () => drafts.isFailing(conversationId))
  useEffect(() => drafts.open(conversationId), [conversationId])
  function change(next: (before: Draft) => Partial<Draft>): void {
    drafts.change(conversationId, next)
  }
  const tray = useFiles(conversationId, draft.files, loaded, (files: readonly Attachment[]) =>
    change(() => ({ files })),
  )
  return {
    ...draft,
    tray,
    failing,
    write: (text) => change(() => ({ text })),
    restore: ({ text, replyTo, files }) => {
      change((before) => ({
        text: [before.text, text].filter((one) => one !== '').join('\n'),
        replyTo: before.replyTo ?? replyTo,
      }))
      tray.putBack(files)
    },
    quote: (message) =>
      change(() => {
        if (message === null) return { replyTo: null }
        const { id, direction, kind, text } = message
        return { replyTo: { id, direction, kind, text, outdated: false } }
      }),
    clear: () => {
      change(() => ({ text: '', replyTo: null, files: [] }))
      tray.clear()
    },
  }
}
