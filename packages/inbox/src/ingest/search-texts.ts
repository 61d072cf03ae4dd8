import type { Conversation } from './conversations.ts'
import type { Message } from './messages.ts'
import type { Contact } from './people.ts'

export type SearchText = {
  readonly conversationId: string
  readonly teamId: string
  /** Null: the contact's name. */
  readonly messageId: string | null
  readonly at: Date
  readonly text: string
}

/** What is to be found under which words; an empty text is found no more. */
export class SearchTexts {
  readonly #texts = new Map<string, SearchText>()

  message({ id, conversation, sentAt }: Message, text: string): void {
    const { id: conversationId, teamId } = conversation
    this.#texts.set(id, { conversationId, teamId, messageId: id, at: sentAt, text })
  }

  name({ profile }: Contact, { id, teamId, openedAt }: Conversation): void {
    const text = [profile.name, profile.username].filter((part) => part !== null).join(' ')
    this.#texts.set(`name:${id}`, { conversationId: id, teamId, messageId: null, at: openedAt, text })
  }

  values(): readonly SearchText[] {
    return [...this.#texts.values()]
  }
}
