import type { QueryClient } from '@tanstack/react-query'
import { ask, type Conversation, Failure, type LiveEvent, type Message } from '../api.ts'
import {
  askAgainForWhatIsUnderway,
  conversationQuery,
  countsQuery,
  forgetConversation,
  heldConversation,
  heldMessage,
  keepConversation,
  keepMessage,
  messagesQuery,
  threadIsHeld,
} from './conversation-cache.ts'

/** Events that arrive close together are fetched as one batch; above the limit the lists are loaded anew instead. */
const breathMs = 60
const floodSize = 25

/** How soon answers that did not arrive are looked for: each tick of each answer is an event. */
const lostAfterMs = 1_000

export type LiveUpdates = {
  receive(event: LiveEvent): void
  stop(): void
}

/** Who hears of what live events bring. */
export type Heard = {
  /** A citizen has said something: a new message, or (`message.editedAt`, `revokedAt`) a change of one. Once each. */
  onSaid(conversation: Conversation, message: Message | null): void
  /** So many at once that they are counted only. */
  onFlood(count: number): void
  /** A citizen has put a sign to a message that is shown. */
  onReaction(conversationId: string, emoji: string): void
  /** A colleague has taken what one held. */
  onTakenOver(conversation: Conversation): void
}

function citizensReaction(message: Message | undefined): string | null {
  return message?.reactions?.find(({ from }) => from === 'citizen')?.emoji ?? null
}

/** Brings what events announce into what is shown, and tells what somebody should hear of. */
export function followLiveEvents(client: QueryClient, me: string, heard: Heard): LiveUpdates {
  let conversations = new Map<string, readonly string[]>()
  let messages = new Map<string, string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let lost: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  const shown = new Map<string, number>()
  /** An answer that was overtaken by one asked for later would bring back an older state. */
  function isNewest(id: string, turn: number): boolean {
    if (turn < (shown.get(id) ?? 0)) return false
    shown.set(id, turn)
    return true
  }

  /** @param wanted also where the thread is not shown */
  async function fetchMessage(
    conversationId: string,
    messageId: string,
    wanted: boolean,
  ): Promise<Message | null> {
    if (!wanted && !threadIsHeld(client, conversationId)) return null
    const turn = ++asked
    try {
      const message = await ask('readMessage', { params: { id: conversationId, messageId } })
      if (!isNewest(messageId, turn)) return message
      const before = heldMessage(client, message)
      const emoji = citizensReaction(message)
      if (before !== undefined && emoji !== null && emoji !== citizensReaction(before))
        heard.onReaction(conversationId, emoji)
      keepMessage(client, message)
      return message
    } catch {
      return null
    }
  }

  async function fetchConversation(id: string): Promise<Conversation | null> {
    const turn = ++asked
    try {
      const conversation = await ask('readConversation', { params: { id } })
      if (!isNewest(id, turn)) return conversation
      const wasMine = heldConversation(client, id)?.assignee?.id === me
      keepConversation(client, conversation, me)
      if (wasMine && conversation.assignee !== null && conversation.assignee.id !== me)
        heard.onTakenOver(conversation)
      return conversation
    } catch (error) {
      if (error instanceof Failure && error.code === 'not-found') forgetConversation(client, id)
      return null
    }
  }

  async function flush(): Promise<void> {
    timer = undefined
    const [touched, changed] = [conversations, messages]
    conversations = new Map()
    messages = new Map()
    void client.invalidateQueries({ queryKey: countsQuery.queryKey })
    if (touched.size > floodSize) {
      void client.invalidateQueries({ queryKey: ['conversations'] })
      for (const id of touched.keys()) {
        if (
          client
            .getQueryCache()
            .find({ queryKey: conversationQuery(id).queryKey })
            ?.isActive()
        ) {
          void client.invalidateQueries({ queryKey: conversationQuery(id).queryKey })
          void client.invalidateQueries({ queryKey: ['messages', id] })
        } else client.removeQueries({ queryKey: ['messages', id] })
      }
      const said = [...touched.values()].flat().length
      if (said > 0) heard.onFlood(said)
      return
    }
    for (const id of touched.keys()) askAgainForWhatIsUnderway(client, id)
    const said = new Set([...touched.values()].flat())
    const fetched = new Map(
      await Promise.all(
        [...changed].map(
          async ([id, conversationId]) => [id, await fetchMessage(conversationId, id, said.has(id))] as const,
        ),
      ),
    )
    for (const [id, ids] of touched) {
      const conversation = await fetchConversation(id)
      if (conversation === null) continue
      for (const one of ids) heard.onSaid(conversation, fetched.get(one) ?? null)
    }
  }

  function lookForLost(): void {
    lost ??= setTimeout(() => {
      lost = undefined
      void client.invalidateQueries({ queryKey: ['lost-answers'] })
    }, lostAfterMs)
  }

  return {
    receive: ({ type, conversationId, messageId, inbound }) => {
      if (conversationId === null) return
      if (type === 'presence.changed') {
        void client.invalidateQueries({ queryKey: ['presences'] })
        return
      }
      // Neither it nor what quotes it is shown from memory any longer.
      if (type === 'message.erased')
        void client.invalidateQueries({ queryKey: messagesQuery(conversationId).queryKey })
      const said = conversations.get(conversationId) ?? []
      const isNew = inbound && messageId !== null && !said.includes(messageId)
      conversations.set(conversationId, isNew ? [...said, messageId] : said)
      if (messageId !== null) messages.set(messageId, conversationId)
      if (!inbound) lookForLost()
      timer ??= setTimeout(() => void flush(), breathMs)
    },
    stop: () => {
      clearTimeout(timer)
      clearTimeout(lost)
    },
  }
}
