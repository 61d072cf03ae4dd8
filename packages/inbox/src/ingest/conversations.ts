import { type Keys, type NewDataKey, newId } from '@buergerdraht/office'
import type { OwnChannel } from './item.ts'
import type { Contact, People } from './people.ts'

type StoredConversation = {
  readonly id: string
  readonly channelId: string
  readonly teamId: string
  readonly keyId: string
  /** Null: destroyed; nothing of this conversation can be read or added to. */
  readonly key: Buffer | null
  readonly contactId: string
  readonly openedAt: Date
  lastInboundAt: Date | null
  windowShutAt: Date | null
  waitingSince: Date | null
  lastMessageId: string | null
  lastMessageAt: Date
  isOpen: boolean
  readonly isRestricted: boolean
}

/** Whose a conversation is, is asked of {@link People} each time: two contacts may have become one since. */
class ConversationState implements StoredConversation {
  readonly id: string
  readonly channelId: string
  readonly teamId: string
  readonly keyId: string
  readonly key: Buffer | null
  readonly openedAt: Date
  readonly isNew: boolean
  /** Nothing opens it again. */
  readonly isRestricted: boolean
  lastInboundAt: Date | null
  windowShutAt: Date | null
  waitingSince: Date | null
  lastMessageId: string | null
  lastMessageAt: Date
  isOpen: boolean
  unread = 0
  reopened = false
  changed: boolean
  readonly #contactId: string
  readonly #people: People

  constructor(people: People, stored: StoredConversation, isNew: boolean) {
    this.#people = people
    this.#contactId = stored.contactId
    this.id = stored.id
    this.channelId = stored.channelId
    this.teamId = stored.teamId
    this.keyId = stored.keyId
    this.key = stored.key
    this.openedAt = stored.openedAt
    this.lastInboundAt = stored.lastInboundAt
    this.windowShutAt = stored.windowShutAt
    this.waitingSince = stored.waitingSince
    this.lastMessageId = stored.lastMessageId
    this.lastMessageAt = stored.lastMessageAt
    this.isOpen = stored.isOpen
    this.isRestricted = stored.isRestricted
    this.isNew = isNew
    this.changed = isNew
  }

  get contactId(): string {
    return this.#people.current(this.#contactId)
  }
}

/** A conversation, to be read. Only {@link Conversations} changes one. */
export type Conversation = Readonly<ConversationState>
/** One whose key is there. */
export type ReadableConversation = Conversation & { readonly key: Buffer }

/** What a message changes about its conversation. */
type Arrived = {
  readonly id: string
  readonly direction: 'inbound' | 'outbound'
  readonly kind: string
  readonly statementId: string | null
  readonly sentAt: Date
}

/** The conversations of a batch, all of them locked: those that are open with its people, and those of messages it speaks of. */
export class Conversations {
  readonly #people: People
  readonly #keys: Pick<Keys, 'make'>
  readonly #states = new Map<string, ConversationState>()
  readonly #newKeys: NewDataKey[] = []
  readonly #unsettled = new Set<string>()

  constructor(people: People, keys: Pick<Keys, 'make'>) {
    this.#people = people
    this.#keys = keys
  }

  addStored(stored: StoredConversation): void {
    this.#states.set(stored.id, new ConversationState(this.#people, stored, false))
    const contact = this.#people.get(stored.contactId)
    if (stored.isOpen && stored.key !== null && contact !== undefined)
      this.#people.setOpenConversation(contact, stored.id)
  }

  get(id: string): Conversation | undefined {
    return this.#states.get(id)
  }

  openOf({ openConversationId }: Contact): ReadableConversation | null {
    const open = openConversationId === null ? undefined : this.#states.get(openConversationId)
    return open !== undefined && isReadable(open) ? open : null
  }

  /** A new matter is a new conversation. The contact MUST NOT have an open one. */
  open(channel: OwnChannel, contact: Contact, at: Date): ReadableConversation {
    const key = this.#keys.make('conversation')
    this.#newKeys.push(key)
    const id = newId(at)
    const made = new ConversationState(
      this.#people,
      {
        id,
        channelId: channel.id,
        teamId: channel.teamId,
        keyId: key.id,
        key: key.bytes,
        contactId: contact.id,
        openedAt: at,
        lastInboundAt: null,
        windowShutAt: null,
        waitingSince: null,
        lastMessageId: null,
        lastMessageAt: at,
        isOpen: true,
        isRestricted: false,
      },
      true,
    )
    this.#states.set(id, made)
    this.#people.setOpenConversation(contact, id)
    if (!isReadable(made)) throw new Error('A new conversation has its key.')
    return made
  }

  /** A closed matter is open again. Its contact MUST NOT have another open one. */
  reopen({ id }: ReadableConversation, contact: Contact): void {
    const conversation = this.#own(id)
    conversation.isOpen = true
    conversation.reopened = true
    conversation.changed = true
    this.#people.setOpenConversation(contact, id)
    this.#unsettled.add(id)
  }

  /** Order, unread and waiting after a message has come. */
  received({ id }: Conversation, message: Arrived): void {
    const conversation = this.#own(id)
    conversation.changed = true
    if (message.direction === 'outbound') this.#unsettled.add(id)
    else if (message.kind !== 'system' || message.statementId !== null) {
      conversation.unread += 1
      this.#waits(conversation, message.sentAt)
    }
    if (conversation.lastMessageId === null || message.sentAt >= conversation.lastMessageAt) {
      conversation.lastMessageId = message.id
      conversation.lastMessageAt = message.sentAt
    }
  }

  /** Something has changed what was said or answered: who waits since when is to be settled anew when the batch is written. */
  unsettle({ id }: Conversation): void {
    this.#unsettled.add(id)
  }

  /** The window opens with what the citizen wrote, whatever became of it since. Told again, it opens nothing again. */
  openWindow({ id }: Conversation, sentAt: Date): void {
    const conversation = this.#own(id)
    if (conversation.lastInboundAt !== null && sentAt <= conversation.lastInboundAt) return
    conversation.changed = true
    conversation.lastInboundAt = sentAt
    if (conversation.windowShutAt !== null && sentAt > conversation.windowShutAt)
      conversation.windowShutAt = null
  }

  /** By the provider's clock, like the window itself: the citizen may have written again since. */
  shutWindow({ id }: Conversation, at: Date): void {
    const conversation = this.#own(id)
    if (conversation.windowShutAt !== null && at <= conversation.windowShutAt) return
    conversation.windowShutAt = at
    conversation.changed = true
  }

  changes(): {
    readonly newKeys: readonly NewDataKey[]
    readonly conversations: readonly Conversation[]
    readonly unsettled: readonly string[]
  } {
    return {
      newKeys: this.#newKeys,
      unsettled: [...this.#unsettled],
      conversations: [...this.#states.values()].filter(({ changed }) => changed),
    }
  }

  /**
   * What is new has no answer but one from the app on a phone that was sent after it. Where none can have been, this is what
   * `waiting.ts` defines, without a look at all messages; otherwise that settles it.
   */
  #waits(conversation: ConversationState, sentAt: Date): void {
    const { waitingSince, lastMessageId, lastMessageAt } = conversation
    if (waitingSince !== null && sentAt >= waitingSince) return
    if (waitingSince === null && (lastMessageId === null || sentAt > lastMessageAt))
      conversation.waitingSince = sentAt
    else this.#unsettled.add(conversation.id)
  }

  #own(id: string): ConversationState {
    const conversation = this.#states.get(id)
    if (conversation === undefined) throw new Error('This conversation is not part of the batch.')
    return conversation
  }
}

export function isReadable(conversation: Conversation): conversation is ReadableConversation {
  return conversation.key !== null
}
