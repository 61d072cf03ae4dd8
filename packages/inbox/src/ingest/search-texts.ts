import type { FindableMessage } from '../search/search-index.ts'
import type { Message } from './messages.ts'

/** What messages are to be found by; one whose text is empty is found no more. */
export class SearchTexts {
  readonly #texts = new Map<string, FindableMessage>()

  message({ id, conversation, sentAt }: Message, text: string): void {
    const { id: conversationId, teamId } = conversation
    this.#texts.set(id, { id, conversationId, teamId, at: sentAt, text })
  }

  values(): readonly FindableMessage[] {
    return [...this.#texts.values()]
  }
}
