import type { MessageContent, Referral, Sender } from '@buergerdraht/bsp'
import { newId, sealJson } from '@buergerdraht/office'
import { requestIn } from '@buergerdraht/records'
import { asksForEasyLanguage } from '../privacy-notice/owe-notices.ts'
import { contentText } from '../search/findable-text.ts'
import { additionalData, type ElsewhereContent, type StoredContent } from '../stored/additional-data.ts'
import type { Batch } from './batch.ts'
import type { ReadableConversation } from './conversations.ts'
import { credibleTime, type OwnChannel } from './item.ts'
import type { Message } from './messages.ts'
import { newAttachments } from './new-attachment.ts'
import type { Contact } from './people.ts'

type Naming = Pick<Batch, 'people' | 'conversations' | 'liveEvents'>
type Adding = Pick<
  Batch,
  'at' | 'inbox' | 'conversations' | 'messages' | 'attachments' | 'searchTexts' | 'liveEvents'
>

/** The contact a sender is, under the name that they give themselves now. */
export function senderContact(
  { people, conversations, liveEvents }: Naming,
  channelId: string,
  sender: Sender,
  sentAt: Date,
  receivedAt: Date,
): Contact {
  const contact = people.contactOf(channelId, sender, sentAt, receivedAt)
  const profile = {
    name: sender.profileName ?? contact.profile.name,
    username: sender.username ?? contact.profile.username,
  }
  if (profile.name !== contact.profile.name || profile.username !== contact.profile.username) {
    people.rename(contact, profile)
    const open = conversations.openOf(contact)
    if (open !== null) liveEvents.conversation(open)
  }
  return contact
}

/** The contact's open conversation; a new matter is a new conversation. */
export function openConversation(
  { conversations }: Pick<Batch, 'conversations'>,
  channel: OwnChannel,
  contact: Contact,
  at: Date,
): ReadableConversation {
  return conversations.openOf(contact) ?? conversations.open(channel, contact, at)
}

export type Arrival = {
  /** Null: a line of our own. */
  readonly providerMessageId: string | null
  readonly direction: 'inbound' | 'outbound'
  /** Null: revoked before it came. */
  readonly content: Exclude<StoredContent['content'], ElsewhereContent> | null
  readonly referral: Referral | null
  readonly sentAt: Date
  readonly receivedAt: Date
  readonly editedAt: Date | null
  readonly revokedAt: Date | null
  readonly opensWindow: boolean
  readonly replyToProviderId: string | null
  readonly forwarded: string
  /** What a line of our own says besides its event; one that names another matter counts as said in this one. */
  readonly line?: Pick<StoredContent, 'cause' | 'earlier'>
}

/** What is neither an advertisement's, nor a reply, forwarded, edited or revoked, and opens no window. */
export const bare = {
  referral: null,
  editedAt: null,
  revokedAt: null,
  opensWindow: false,
  replyToProviderId: null,
  forwarded: 'no',
} as const

/** Puts a message into a conversation: row, files, search, unread, window, order, live event. */
export function addMessage(batch: Adding, conversation: ReadableConversation, arrival: Arrival): Message {
  const { conversations, messages, attachments, searchTexts, liveEvents } = batch
  const { content, referral, sentAt, receivedAt, replyToProviderId, providerMessageId, line } = arrival
  const { channelId } = conversation
  const id = newId(receivedAt)
  const stored = content === null ? null : ({ content, referral, ...line } satisfies StoredContent)
  const quoted = replyToProviderId === null ? undefined : messages.known(channelId, replyToProviderId)
  const isOurs = arrival.direction === 'outbound'
  const isChanged = arrival.editedAt !== null || arrival.revokedAt !== null
  // Whoever tries to call wants something, and hears nothing: that is said like a message.
  const isCall = content?.kind === 'system' && content.event === 'call-attempted'
  const message = messages.add(
    {
      id,
      channelId,
      conversation,
      direction: arrival.direction,
      kind: content?.kind ?? 'text',
      providerIdMac: providerMessageId === null ? null : messages.macOf(channelId, providerMessageId),
      providerId: providerMessageId,
      content: stored === null ? null : sealJson(conversation.key, additionalData.content(id), stored),
      sentAt,
      editedAt: arrival.editedAt,
      revokedAt: arrival.revokedAt,
      statementId: isChanged ? newId(receivedAt) : isCall || line?.earlier !== undefined ? id : null,
      sendState: isOurs ? 'accepted' : null,
      statusSentAt: null,
      deliveredAt: null,
      readAt: null,
      playedAt: null,
      failedAt: null,
      errorCode: null,
      priceCategory: null,
      settledAt: null,
    },
    {
      receivedAt,
      // Only what was said with the same person: a quoted text must never cross to somebody else.
      replyToId: quoted?.conversation.contactId === conversation.contactId ? quoted.id : null,
      replyToMac: replyToProviderId === null ? null : messages.macOf(channelId, replyToProviderId),
      forwarded: arrival.forwarded,
      fromApp: isOurs,
    },
  )
  if (content !== null && content.kind !== 'system') {
    attachments.push(...newAttachments(batch.inbox.keys, conversation, message, content, batch.at))
    searchTexts.message(message, contentText(content))
  }
  if (line === undefined) conversations.received(conversation, message)
  if (arrival.opensWindow) conversations.openWindow(conversation, sentAt)
  liveEvents.message(message, 'stored')
  return message
}

/** Whether a message belongs to the person that a sender is known as. Nobody else may change it. */
export function isFrom(
  { people }: Pick<Batch, 'people'>,
  message: Message,
  sender: Sender,
  sentAt: Date,
): boolean {
  return people.isFrom(message.conversation.contactId, message.channelId, sender, sentAt)
}

/**
 * Fills in a message whose revocation or edit came before it: the first wording is kept for the record, and it takes its place in time.
 */
function complete(
  { conversations, messages, liveEvents }: Pick<Batch, 'conversations' | 'messages' | 'liveEvents'>,
  message: Message,
  content: MessageContent,
  sentAt: Date,
): void {
  const { key } = message.conversation
  if (key === null) return
  const isRevoked = message.revokedAt !== null && message.content === null
  const isEdited = message.editedAt !== null && sentAt < message.sentAt
  if (!isRevoked && !isEdited) return
  const sealed = sealJson(key, additionalData.content(message.id), { content, referral: null })
  if (isRevoked) {
    messages.change(message, { content: sealed, kind: content.kind, sentAt })
  } else {
    messages.keepVersion(message, sealed, sentAt, { late: true })
    messages.change(message, { sentAt })
  }
  conversations.unsettle(message.conversation)
  liveEvents.message(message, 'changed')
}

/** A citizen's message. The first one with an id wins; the same id from somebody else is a conflict and changes nothing. */
export function applyMessage(
  batch: Batch,
  channel: OwnChannel,
  event: {
    readonly providerMessageId: string
    readonly sender: Sender
    readonly sentAt: Date | null
    readonly content: MessageContent
    readonly referral: Referral | null
    readonly opensWindow: boolean
    readonly context: { readonly replyToProviderId: string | null; readonly forwarded: string }
  },
  receivedAt: Date,
): void {
  const { people, conversations, messages, news, requests } = batch
  const { sender, content } = event
  const sentAt = credibleTime(event.sentAt, receivedAt)
  const known = messages.known(channel.id, event.providerMessageId)
  if (known !== undefined) {
    if (!isFrom(batch, known, sender, sentAt)) news.count(channel.id, 'provider-id-conflict')
    else if (known.direction === 'inbound' && content.kind !== 'system') {
      complete(batch, known, content, sentAt)
      if (event.opensWindow) conversations.openWindow(known.conversation, sentAt)
    }
    return
  }
  if (content.kind === 'system' && content.event === 'other') {
    // The provider's own line says nothing a case could be opened for.
    const contact = people.known(channel.id, sender, sentAt)
    if (contact === null || conversations.openOf(contact) === null) {
      news.count(channel.id, 'system-without-conversation')
      return
    }
  }
  const contact = senderContact(batch, channel.id, sender, sentAt, receivedAt)
  const message = addMessage(batch, openConversation(batch, channel, contact, receivedAt), {
    ...bare,
    providerMessageId: event.providerMessageId,
    direction: 'inbound',
    content,
    referral: event.referral,
    sentAt,
    receivedAt,
    opensWindow: event.opensWindow,
    replyToProviderId: event.context.replyToProviderId,
    forwarded: event.context.forwarded,
  })
  // Whoever can be answered can be told.
  if (event.opensWindow) batch.owed.push({ message, variant: 'plain' })
  // What somebody forwards is not said by them.
  if (content.kind !== 'text' || event.context.forwarded !== 'no') return
  if (event.opensWindow && asksForEasyLanguage(content.text)) batch.owed.push({ message, variant: 'easy' })
  const kind = requestIn(content.text)
  if (kind !== null) requests.push({ kind, message, receivedAt })
}
