import type { EchoEvent, EditEvent, IdentityChangeEvent, ReactionEvent, RevokeEvent } from '@buergerdraht/bsp'
import { newId, openJson, seal, sealJson } from '@buergerdraht/office'
import { contentText } from '../search/findable-text.ts'
import { additionalData, type StoredContent } from '../stored/additional-data.ts'
import { addMessage, bare, isFrom, openConversation, senderContact } from './apply-message.ts'
import type { Batch } from './batch.ts'
import { bringBack } from './bring-back.ts'
import { isReadable } from './conversations.ts'
import { credibleTime, type OwnChannel } from './item.ts'
import { newAttachments } from './new-attachment.ts'

/** A reaction belongs to its message: no bubble, not unread, no new window. The newest of a person counts. */
export function applyReaction(
  batch: Pick<Batch, 'people' | 'messages' | 'reactions' | 'early' | 'news' | 'liveEvents'>,
  channel: OwnChannel,
  event: ReactionEvent,
  receivedAt: Date,
): void {
  const { messages, reactions, early, news, liveEvents } = batch
  const message = messages.known(channel.id, event.targetProviderId)
  if (message === undefined) {
    const targetMac = messages.macOf(channel.id, event.targetProviderId)
    early.wait({ channelId: channel.id, event, receivedAt, kind: 'reaction', targetMac })
    return
  }
  const { key } = message.conversation
  const at = credibleTime(event.sentAt, receivedAt)
  if (key === null || !isFrom(batch, message, event.sender, at)) {
    news.count(channel.id, 'reaction-of-stranger')
    return
  }
  const providerIdMac = messages.macOf(channel.id, event.providerMessageId)
  if (reactions.isKnown(message.id, providerIdMac)) return
  const id = newId(receivedAt)
  reactions.add(
    { id, messageId: message.id, at, providerIdMac },
    event.emoji === null ? null : seal(key, additionalData.emoji(id), event.emoji),
  )
  liveEvents.message(message, 'changed')
}

/** The new wording counts, the old one is kept. Files stay: only words can be edited. */
export function applyEdit(batch: Batch, channel: OwnChannel, event: EditEvent, receivedAt: Date): void {
  const { conversations, messages, attachments, searchTexts, news, liveEvents } = batch
  const at = credibleTime(event.sentAt, receivedAt)
  const message = messages.known(channel.id, event.originalProviderId)
  if (message === undefined) {
    const contact = senderContact(batch, channel.id, event.sender, at, receivedAt)
    addMessage(batch, openConversation(batch, channel, contact, receivedAt), {
      ...bare,
      // Under the id of what was edited: should that still come, it is the same message.
      providerMessageId: event.originalProviderId,
      direction: 'inbound',
      content: event.content,
      sentAt: at,
      receivedAt,
      editedAt: at,
    })
    return
  }
  const { conversation, content } = message
  if (
    !isReadable(conversation) ||
    message.direction !== 'inbound' ||
    !isFrom(batch, message, event.sender, at)
  ) {
    news.count(channel.id, 'edit-of-stranger')
    return
  }
  const { key } = conversation
  const place = additionalData.content(message.id)
  const edited: StoredContent = { content: event.content, referral: null }
  if (message.editedAt?.getTime() === at.getTime()) return
  // An older edit that comes late is history at once.
  if (message.editedAt !== null && message.editedAt > at) {
    messages.keepVersion(message, sealJson(key, place, edited), at, { late: true })
    // Older than the message itself: that came as a later edit, and what was said first is still to come.
    if (at < message.sentAt) {
      messages.change(message, { sentAt: at })
      conversations.unsettle(conversation)
    }
    return
  }
  if (content === 'unread') throw new Error('What is edited is loaded with its content.')
  const referral = content === null ? null : openJson<StoredContent>(key, place, content).referral
  if (content !== null) messages.keepVersion(message, content, message.editedAt ?? message.sentAt)
  const wording = sealJson(key, place, { ...edited, referral })
  messages.change(message, { content: wording, editedAt: at, statementId: newId(receivedAt) })
  conversations.unsettle(conversation)
  if (message.kind === 'unsupported') {
    // What could not be shown at first has become something that can.
    messages.change(message, { kind: event.content.kind })
    attachments.push(...newAttachments(batch.inbox.keys, conversation, message, event.content, batch.at))
  }
  if (message.revokedAt === null) searchTexts.message(message, contentText(event.content))
  liveEvents.message(message, 'said')
  liveEvents.conversation(conversation)
  bringBack(batch, message, 'edited', at, receivedAt)
}

/** Hidden at once and found no more; kept until its deletion class says otherwise, because it may be a record. */
export function applyRevoke(batch: Batch, channel: OwnChannel, event: RevokeEvent, receivedAt: Date): void {
  const { conversations, messages, searchTexts, news, liveEvents } = batch
  const at = credibleTime(event.sentAt, receivedAt)
  const message = messages.known(channel.id, event.originalProviderId)
  if (message === undefined) {
    const contact = senderContact(batch, channel.id, event.sender, at, receivedAt)
    addMessage(batch, openConversation(batch, channel, contact, receivedAt), {
      ...bare,
      providerMessageId: event.originalProviderId,
      direction: 'inbound',
      content: null,
      sentAt: at,
      receivedAt,
      revokedAt: at,
    })
    return
  }
  if (message.direction !== 'inbound' || !isFrom(batch, message, event.sender, at)) {
    news.count(channel.id, 'revoke-of-stranger')
    return
  }
  if (message.revokedAt !== null) return
  messages.change(message, { revokedAt: at, statementId: newId(receivedAt) })
  conversations.unsettle(message.conversation)
  searchTexts.message(message, '')
  liveEvents.message(message, 'said')
  liveEvents.conversation(message.conversation)
  bringBack(batch, message, 'revoked', at, receivedAt)
}

/** Somebody we know has another number or id, or another security code. Of people we do not know nothing is kept. */
export function applyIdentityChange(
  batch: Batch,
  channel: OwnChannel,
  event: IdentityChangeEvent,
  receivedAt: Date,
): void {
  const { people, conversations, messages, news, liveEvents } = batch
  if (messages.known(channel.id, event.providerMessageId) !== undefined) return
  const at = credibleTime(event.sentAt, receivedAt)
  const contact =
    event.code === 'identity-key-changed'
      ? people.known(channel.id, event.previous, at)
      : people.change(channel.id, event.previous, event.current, at, receivedAt)
  if (contact === null) {
    news.count(channel.id, 'identity-change-unknown-contact')
    return
  }
  if (contact.notice !== 'identity-conflict') people.warn(contact, event.code)
  const open = conversations.openOf(contact)
  if (open === null) return
  addMessage(batch, open, {
    ...bare,
    providerMessageId: event.providerMessageId,
    direction: 'inbound',
    content: { kind: 'system', event: event.code },
    sentAt: at,
    receivedAt,
  })
  liveEvents.conversation(open)
}

/** Our own words, typed into a phone app on the same number: shown where the citizen has an open case, else counted. */
export function applyEcho(batch: Batch, channel: OwnChannel, event: EchoEvent, receivedAt: Date): void {
  const { people, conversations, messages, news } = batch
  if (messages.known(channel.id, event.providerMessageId) !== undefined) return
  const sentAt = credibleTime(event.sentAt, receivedAt)
  const contact = people.known(channel.id, event.recipient, sentAt)
  const open = contact === null ? null : conversations.openOf(contact)
  if (open === null) {
    news.count(channel.id, 'echo-without-conversation')
    return
  }
  addMessage(batch, open, {
    ...bare,
    providerMessageId: event.providerMessageId,
    direction: 'outbound',
    content: event.content,
    sentAt,
    receivedAt,
  })
}
