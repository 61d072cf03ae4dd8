import type { NewLiveEvent } from '@buergerdraht/office'
import type { Conversation } from './conversations.ts'
import type { Message } from './messages.ts'

/** What the browsers hear of a batch, once a message, conversation or channel; nothing of matters that are hidden. */
export class NewLiveEvents {
  readonly #all = new Map<string, NewLiveEvent>()

  /** That it is new outweighs that it changed, and that something was said outweighs what became of it. */
  message(message: Message, what: 'stored' | 'said' | 'changed'): void {
    if (message.conversation.isRestricted) return
    const known = this.#all.get(message.id)
    const isStored = what === 'stored' || known?.type === 'message.stored'
    const isLine = message.kind === 'system' && message.statementId === null
    this.#all.set(message.id, {
      type: isStored ? 'message.stored' : 'message.changed',
      teamId: message.conversation.teamId,
      conversationId: message.conversation.id,
      messageId: message.id,
      inbound: known?.inbound === true || (what !== 'changed' && message.direction === 'inbound' && !isLine),
    })
  }

  conversation({ id, teamId, isRestricted }: Conversation): void {
    if (isRestricted) return
    this.#all.set(id, {
      type: 'conversation.changed',
      teamId,
      conversationId: id,
      messageId: null,
      inbound: false,
    })
  }

  channel(channelId: string): void {
    this.#all.set(channelId, {
      type: 'channel.changed',
      teamId: null,
      conversationId: null,
      messageId: null,
      inbound: false,
    })
  }

  all(): readonly NewLiveEvent[] {
    return [...this.#all.values()]
  }
}
