import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type Conversation, Failure, type Message } from '../api.ts'
import { announce } from '../ui/announcer.tsx'
import { noticeOnDesktop } from '../ui/desktop-notice.ts'
import { sentenceOf } from '../ui/state.tsx'
import { useWords } from '../ui/words.tsx'
import type { LiveFeed } from '../use-live-connection.ts'
import { conversationQuery, heldConversation, refreshAll } from './conversation-cache.ts'
import { followLiveEvents } from './live-updates.ts'
import type { OutboxSender } from './outbox-sender.ts'
import { previewOf } from './preview.ts'

/** Keeps the inbox as the server has it, and says what happens: what citizens say, and what becomes of what one has written. */
export function useAnnouncements(me: string, feed: LiveFeed, outbox: OutboxSender): void {
  const w = useWords()
  const client = useQueryClient()
  const told = useRef(w)
  told.current = w
  useEffect(() => {
    function say(conversation: Conversation, message: Message | null): void {
      const words = told.current
      const { displayName } = conversation.contact
      const text = previewOf(words, message ?? conversation.lastMessage)
      if (message !== null && message.revokedAt !== null) announce(words.thread.revokedBy(displayName))
      else if (message !== null && message.editedAt !== null)
        announce(words.thread.editedBy(displayName, text))
      else announce(words.thread.newMessageFrom(displayName, text))
      noticeOnDesktop(words.desktop.news)
    }
    function nameOf(conversationId: string): string {
      return heldConversation(client, conversationId)?.contact.displayName ?? ''
    }
    const updates = followLiveEvents(client, me, {
      onSaid: say,
      onFlood: (count) => {
        announce(told.current.thread.newMessages(count))
        noticeOnDesktop(told.current.desktop.news)
      },
      onReaction: (id, emoji) => announce(told.current.thread.reactedBy(nameOf(id), emoji)),
      onTakenOver: ({ assignee, contact }) =>
        announce(told.current.case.takenOver(assignee?.displayName ?? '', contact.displayName)),
    })
    const unhear = outbox.listen(({ conversationId }, became) => {
      const words = told.current
      const name = nameOf(conversationId)
      if (became === 'stored') announce(words.composer.sent(name))
      else {
        const why = [sentenceOf(words, new Failure(became.code)), ...became.sentences]
        // Whose it is now is what the question names.
        if (became.code === 'assigned-meanwhile')
          void client.invalidateQueries({ queryKey: conversationQuery(conversationId).queryKey })
        announce([words.composer.notSentTo(name), ...why].join(' '))
      }
    })
    const stop = feed.listen({
      onEvent: updates.receive,
      onGap: () => refreshAll(client),
      onBack: outbox.wake,
    })
    return () => {
      stop()
      unhear()
      updates.stop()
    }
  }, [client, me, feed, outbox])
}
