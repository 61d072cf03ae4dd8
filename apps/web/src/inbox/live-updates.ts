import type { QueryClient } from '@tanstack/react-query'
import { ask, type Conversation, Failure, type FailureReason, type LiveEvent, type Message } from '../api.ts'
import {
  askAgainForWhatIsUnderway,
  conversationQuery,
  countsQuery,
  forgetConversation,
  heldMessage,
  keepConversation,
  keepMessage,
  threadIsHeld,
} from './conversation-cache.ts'

/** Events that arrive close together are fetched as one batch; above the limit the lists are loaded anew instead. */
const breathMs = 60
const floodSize = 25

export type LiveUpdates = {
  receive(event: LiveEvent): void
  stop(): void
}

/**
 * Brings what events announce into what is shown. `onInbound` is told of new messages of citizens, once each, with the
 * text where the thread is held; `onFailed` of one's own answers that did not arrive.
 */
export function followLiveEvents(
  client: QueryClient,
  me: string,
  onInbound: (conversation: Conversation, message: Message | null) => void,
  onFlood: (count: number) => void,
  onFailed: (reason: FailureReason) => void,
): LiveUpdates {
  let conversations = new Map<string, { inbound: string | null }>()
  let messages = new Map<string, string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0
  const shown = new Map<string, number>()
  /** An answer that was overtaken by one asked for later would bring back an older state. */
  function isNewest(id: string, turn: number): boolean {
    if (turn < (shown.get(id) ?? 0)) return false
    shown.set(id, turn)
    return true
  }

  async function fetchMessage(conversationId: string, messageId: string): Promise<Message | null> {
    if (!threadIsHeld(client, conversationId)) return null
    const turn = ++asked
    try {
      const message = await ask('readMessage', { params: { id: conversationId, messageId } })
      if (!isNewest(messageId, turn)) return message
      const failure = message.author?.id === me ? message.failure : null
      if (failure !== null && heldMessage(client, message)?.status !== message.status)
        onFailed(failure.reason)
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
      if (isNewest(id, turn)) keepConversation(client, conversation, me)
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
      const inbound = [...touched.values()].filter((what) => what.inbound !== null).length
      if (inbound > 0) onFlood(inbound)
      return
    }
    for (const id of touched.keys()) askAgainForWhatIsUnderway(client, id)
    const fetched = new Map(
      await Promise.all(
        [...changed].map(
          async ([id, conversationId]) => [id, await fetchMessage(conversationId, id)] as const,
        ),
      ),
    )
    for (const [id, { inbound }] of touched) {
      const conversation = await fetchConversation(id)
      if (conversation !== null && inbound !== null) onInbound(conversation, fetched.get(inbound) ?? null)
    }
  }

  return {
    receive: ({ type, conversationId, messageId, inbound }) => {
      if (conversationId === null) return
      const known = conversations.get(conversationId)
      const isNew = type === 'message.stored' && inbound && messageId !== null
      conversations.set(conversationId, { inbound: isNew ? messageId : (known?.inbound ?? null) })
      if (messageId !== null) messages.set(messageId, conversationId)
      timer ??= setTimeout(() => void flush(), breathMs)
    },
    stop: () => clearTimeout(timer),
  }
}
