import type { MessageContent, Referral, Sender } from '@buergerdraht/bsp'
import { newId, seal, sealJson } from '@buergerdraht/office'
import { additionalData, type StoredContent, type StoredMediaSource } from '../stored/additional-data.ts'
import {
  announceConversation,
  announceMessage,
  type Batch,
  type ChannelState,
  type ContactState,
  type ConversationState,
  count,
  type MessageState,
  messageOf,
  providerMac,
} from './batch.ts'
import { contactOf, identitiesOf, knownContact } from './contact-of.ts'
import { contentText } from './content-text.ts'

const day = 24 * 60 * 60 * 1000
/** Files lie at the BSP for seven days after the message. */
const mediaLife = 7 * day

/** The sender's clock where it is credible: nothing has been sent after it arrived. */
export function credibleTime(sentAt: Date | null, receivedAt: Date): Date {
  return sentAt === null || sentAt > receivedAt ? receivedAt : sentAt
}

export function senderContact(batch: Batch, channelId: string, sender: Sender, at: Date): ContactState {
  const contact = contactOf(batch, channelId, identitiesOf(batch.inbox.keys.lookup.identity, sender), at)
  const profile = {
    name: sender.profileName ?? contact.profile.name,
    username: sender.username ?? contact.profile.username,
  }
  if (profile.name !== contact.profile.name || profile.username !== contact.profile.username) {
    contact.profile = profile
    contact.changed = true
    if (contact.openConversation !== null) {
      indexName(batch, contact, contact.openConversation)
      announceConversation(batch, contact.openConversation)
    }
  }
  return contact
}

function indexName(batch: Batch, { profile }: ContactState, conversation: ConversationState): void {
  const text = [profile.name, profile.username].filter((part) => part !== null).join(' ')
  batch.searchTexts.set(`name:${conversation.id}`, {
    conversationId: conversation.id,
    teamId: conversation.teamId,
    messageId: null,
    at: conversation.openedAt,
    text,
  })
}

/** The contact's open conversation; a new matter is a new conversation. */
export function openConversation(
  batch: Batch,
  channel: ChannelState,
  contact: ContactState,
  at: Date,
): ConversationState {
  if (contact.openConversation !== null) return contact.openConversation
  const key = batch.inbox.keys.make('conversation')
  batch.newKeys.push(key)
  batch.conversationKeys.set(key.id, key.bytes)
  const conversation: ConversationState = {
    id: newId(at),
    channelId: channel.id,
    teamId: channel.teamId,
    keyId: key.id,
    key: key.bytes,
    contactId: contact.id,
    lastInboundAt: null,
    windowShutAt: null,
    waitingSince: null,
    unread: 0,
    lastMessageId: null,
    lastMessageAt: at,
    openedAt: at,
    isNew: true,
    changed: true,
  }
  contact.openConversation = conversation
  batch.conversations.set(conversation.id, conversation)
  indexName(batch, contact, conversation)
  return conversation
}

/** Notes the file of a message, to be fetched. Content without one changes nothing. */
export function addAttachment(
  batch: Batch,
  conversation: Pick<ConversationState, 'id' | 'key'>,
  message: MessageState,
  content: MessageContent,
): void {
  if (!('media' in content)) return
  const { media } = content
  const id = newId(batch.at)
  const source: StoredMediaSource = { id: media.id, url: media.url }
  batch.attachments.push({
    id,
    messageId: message.id,
    conversationId: conversation.id,
    kind: media.kind,
    state: media.id === null ? 'failed' : 'pending',
    mediaType: media.mediaType,
    fileNameSealed:
      media.fileName === null ? null : seal(conversation.key, additionalData.fileName(id), media.fileName),
    sourceSealed: sealJson(conversation.key, additionalData.mediaSource(id), source),
    claimedSha256: media.sha256 === null ? null : Buffer.from(media.sha256, 'hex'),
    deadlineAt: new Date(message.sentAt.getTime() + mediaLife),
    createdAt: batch.at,
  })
}

export function indexMessage(batch: Batch, message: MessageState, text: string): void {
  batch.searchTexts.set(message.id, {
    conversationId: message.conversationId,
    teamId: message.teamId,
    messageId: message.id,
    at: message.sentAt,
    text,
  })
}

export type Arrival = {
  readonly providerMessageId: string | null
  readonly direction: 'inbound' | 'outbound'
  readonly content: StoredContent['content']
  readonly referral: Referral | null
  readonly sentAt: Date
  readonly receivedAt: Date
  readonly opensWindow: boolean
  readonly replyToProviderId: string | null
  readonly forwarded: string
}

/** Puts a message into a conversation: row, files, search, unread, window, order, announcement. */
export function addMessage(batch: Batch, conversation: ConversationState, arrival: Arrival): MessageState {
  const { content, referral, sentAt, receivedAt } = arrival
  const id = newId(receivedAt)
  const stored: StoredContent = { content, referral }
  function macOf(providerId: string | null): string | null {
    return providerId === null ? null : providerMac(batch, conversation.channelId, providerId)
  }
  const providerIdMac = macOf(arrival.providerMessageId)
  const message: MessageState = {
    id,
    channelId: conversation.channelId,
    conversationId: conversation.id,
    contactId: conversation.contactId,
    teamId: conversation.teamId,
    keyId: conversation.keyId,
    direction: arrival.direction,
    kind: content.kind,
    providerIdMac,
    providerId: arrival.providerMessageId,
    contentSealed: sealJson(conversation.key, additionalData.content(id), stored),
    sentAt,
    editedAt: null,
    revokedAt: null,
    sendState: arrival.direction === 'outbound' ? 'accepted' : null,
    statusSentAt: null,
    deliveredAt: null,
    readAt: null,
    playedAt: null,
    failedAt: null,
    errorCode: null,
    priceCategory: null,
    isNew: true,
    changed: false,
  }
  const quoted =
    arrival.replyToProviderId === null
      ? null
      : (messageOf(batch, conversation.channelId, arrival.replyToProviderId) ?? null)
  batch.newMessages.push({
    state: message,
    receivedAt,
    // Only what was said with the same person: a quoted text must never cross to somebody else.
    replyToId: quoted !== null && quoted.contactId === conversation.contactId ? quoted.id : null,
    replyToMac: macOf(arrival.replyToProviderId),
    forwarded: arrival.forwarded,
    fromApp: arrival.direction === 'outbound',
  })
  batch.messagesById.set(id, message)
  if (providerIdMac !== null) batch.messages.set(providerIdMac, message)
  if (content.kind !== 'system') {
    addAttachment(batch, conversation, message, content)
    indexMessage(batch, message, contentText(content))
  }
  touch(conversation, message, arrival)
  announceMessage(batch, message, true)
  return message
}

function touch(conversation: ConversationState, message: MessageState, arrival: Arrival): void {
  conversation.changed = true
  if (arrival.direction === 'inbound' && message.kind !== 'system') {
    conversation.unread += 1
    if (conversation.waitingSince === null || message.sentAt < conversation.waitingSince)
      conversation.waitingSince = message.sentAt
  }
  if (arrival.opensWindow) openWindow(conversation, message.sentAt)
  if (conversation.lastMessageId === null || message.sentAt >= conversation.lastMessageAt) {
    conversation.lastMessageId = message.id
    conversation.lastMessageAt = message.sentAt
  }
}

/** The contact that a sender is known as, by the most trustworthy of their identities. */
export function knownSender(batch: Batch, channelId: string, sender: Sender): ContactState | null {
  return (
    identitiesOf(batch.inbox.keys.lookup.identity, sender)
      .map((identity) => knownContact(batch, channelId, identity))
      .find((known) => known !== null) ?? null
  )
}

/** Whether a message belongs to the person that a sender is known as. Nobody else may change it. */
export function isFrom(batch: Batch, message: MessageState, sender: Sender): boolean {
  return identitiesOf(batch.inbox.keys.lookup.identity, sender).some(
    (identity) => knownContact(batch, message.channelId, identity)?.id === message.contactId,
  )
}

/**
 * Fills in a message whose revocation or edit came before it: the first wording is kept for the record, and it takes its place in time.
 */
function complete(batch: Batch, message: MessageState, content: MessageContent, sentAt: Date): void {
  const key = batch.conversationKeys.get(message.keyId)
  if (key === undefined) return
  const sealed = sealJson(key, additionalData.content(message.id), { content, referral: null })
  const isRevoked = message.revokedAt !== null && message.contentSealed === null
  const isEdited = message.editedAt?.getTime() === message.sentAt.getTime() && sentAt < message.sentAt
  if (!isRevoked && !isEdited) return
  if (isRevoked) {
    message.contentSealed = sealed
    message.kind = content.kind
  } else {
    batch.versions.push({ messageId: message.id, contentSealed: sealed, at: message.sentAt })
  }
  message.sentAt = sentAt
  message.changed = true
  announceMessage(batch, message, false)
}

/** The window opens with what the citizen wrote, whatever became of it since. Told again, it opens nothing again. */
function openWindow(conversation: ConversationState, sentAt: Date): void {
  if (conversation.lastInboundAt !== null && sentAt <= conversation.lastInboundAt) return
  conversation.changed = true
  conversation.lastInboundAt = sentAt
  if (conversation.windowShutAt !== null && sentAt > conversation.windowShutAt)
    conversation.windowShutAt = null
}

/** A citizen's message. The first one with an id wins; the same id from somebody else is a conflict and changes nothing. */
export function applyMessage(
  batch: Batch,
  channel: ChannelState,
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
  const known = messageOf(batch, channel.id, event.providerMessageId)
  if (known !== undefined) {
    if (!isFrom(batch, known, event.sender)) count(batch, channel.id, 'provider-id-conflict')
    else if (known.direction === 'inbound' && event.content.kind !== 'system') {
      const sentAt = credibleTime(event.sentAt, receivedAt)
      complete(batch, known, event.content, sentAt)
      const conversation = batch.conversations.get(known.conversationId)
      if (event.opensWindow && conversation !== undefined) openWindow(conversation, sentAt)
    }
    return
  }
  if (event.content.kind === 'system' && event.content.event === 'other') {
    // The provider's own line says nothing a case could be opened for.
    if (!knownSender(batch, channel.id, event.sender)?.openConversation) {
      count(batch, channel.id, 'system-without-conversation')
      return
    }
  }
  const contact = senderContact(batch, channel.id, event.sender, receivedAt)
  addMessage(batch, openConversation(batch, channel, contact, receivedAt), {
    providerMessageId: event.providerMessageId,
    direction: 'inbound',
    content: event.content,
    referral: event.referral,
    sentAt: credibleTime(event.sentAt, receivedAt),
    receivedAt,
    opensWindow: event.opensWindow,
    replyToProviderId: event.context.replyToProviderId,
    forwarded: event.context.forwarded,
  })
}
