import { useEffect, useState } from 'react'
import { type Conversation, type Message, maxTextLength } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { useWords } from '../ui/words.tsx'
import type { OutboxSender } from './outbox-sender.ts'
import { useColleague } from './use-colleague.ts'
import type { useDraft } from './use-draft.ts'

/** What comes after sending: one stays, goes to the next who waits, or closes and then goes on. */
export type Onward = 'stay' | 'next' | 'close'

/** What was asked for and has to wait: for files, or for an answer to a question. */
export type Held = {
  readonly waits: boolean
  /** Names of files that did not get here. */
  readonly failed: readonly string[]
  readonly holder: string | null
  readonly answered: Message | null
  sendAnyway(): void
  cancel(): void
}

/**
 * Sends a draft: nothing attached is left behind, and nobody answers over a colleague, without a word.
 * @param onSent hears what is wanted next
 */
export function useSending(
  conversation: Conversation,
  me: string,
  outbox: OutboxSender,
  {
    draft,
    writable,
    seenUpTo,
    onSent,
  }: {
    readonly draft: ReturnType<typeof useDraft>
    readonly writable: boolean
    readonly seenUpTo: string | null
    readonly onSent: (onward: Onward) => void
  },
): { readonly ready: boolean; readonly held: Held | null; send(onward: Onward): void } {
  const w = useWords()
  const { text, files, replyTo, tray } = draft
  const tooLong = text.length > maxTextLength
  const empty = text.trim() === '' && files.length === 0
  const ready = writable && !tooLong && (!empty || tray.busy)
  const failed = tray.entries.filter(({ failure }) => failure !== null).map(({ name }) => name)
  const { holder, answered, ownAnswer } = useColleague(conversation, me, !empty)
  const doubtful = failed.length > 0 || holder !== null || answered !== null
  const [wish, setWish] = useState<Onward | null>(null)

  function send(onward: Onward, anyway = false): void {
    if (!ready) {
      announce(tooLong ? w.composer.tooLong(text.length - maxTextLength) : w.composer.nothingWritten)
      return
    }
    if (tray.busy || (doubtful && !anyway)) {
      setWish(onward)
      return
    }
    setWish(null)
    if (empty) return
    const seen = { seenUpTo, seenAssignee: holder?.id ?? null }
    outbox.send({ conversationId: conversation.id, text: text.trim(), replyTo, files, ...seen })
    draft.clear()
    onSent(onward)
  }

  useEffect(() => {
    // Two windows show one draft: what is sent in the other is not sent again from here.
    if (ownAnswer === null || text.trim() === '' || ownAnswer.text !== text.trim()) return
    draft.clear()
    setWish(null)
    announce(w.composer.sentElsewhere)
  })
  useEffect(() => {
    if (wish !== null && !tray.busy && !doubtful) send(wish)
  })
  return {
    ready,
    send,
    held:
      wish === null
        ? null
        : {
            waits: tray.busy,
            failed,
            holder: holder?.displayName ?? null,
            answered,
            sendAnyway: () => send(wish, true),
            cancel: () => setWish(null),
          },
  }
}
