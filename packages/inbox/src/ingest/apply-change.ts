import type { EchoEvent, EditEvent, IdentityChangeEvent, ReactionEvent, RevokeEvent } from '@buergerdraht/bsp'
import { newId, openJson, seal, sealJson } from '@buergerdraht/office'
import { additionalData, type StoredContent } from '../stored/additional-data.ts'
import {
  addAttachment,
  addMessage,
  credibleTime,
  indexMessage,
  isFrom,
  knownSender,
  openConversation,
  senderContact,
} from './apply-message.ts'
import {
  announceConversation,
  announceMessage,
  type Batch,
  type ChannelState,
  count,
  messageOf,
  providerMac,
  type ReactionState,
} from './batch.ts'
import { changeIdentities, identitiesOf, warn } from './contact-of.ts'
import { contentText } from './content-text.ts'

/** What is neither an advertisement's, nor a reply, nor forwarded, and opens no window. */
const bare = { referral: null, opensWindow: false, replyToProviderId: null, forwarded: 'no' } as const

/** A reaction belongs to its message: no bubble, not unread, no new window. The newest of a person counts. */
export function applyReaction(
  batch: Batch,
  channel: ChannelState,
  event: ReactionEvent,
  receivedAt: Date,
): void {
  const message = messageOf(batch, channel.id, event.targetProviderId)
  if (message === undefined) {
    batch.early.push({
      channelId: channel.id,
      targetMac: providerMac(batch, channel.id, event.targetProviderId),
      kind: 'reaction',
      event,
    })
    return
  }
  const key = batch.conversationKeys.get(message.keyId)
  if (key === undefined || !isFrom(batch, message, event.sender)) {
    count(batch, channel.id, 'reaction-of-stranger')
    return
  }
  const known = batch.reactions.get(message.id) ?? []
  const providerIdMac = providerMac(batch, channel.id, event.providerMessageId)
  if (known.some((reaction) => reaction.providerIdMac === providerIdMac)) return
  const at = credibleTime(event.sentAt, receivedAt)
  const current = known.find((reaction) => !reaction.replaced)
  const state: ReactionState = {
    id: newId(receivedAt),
    messageId: message.id,
    at,
    providerIdMac,
    replaced: current !== undefined && current.at > at,
  }
  if (current !== undefined && !state.replaced) {
    current.replaced = true
    batch.replacedReactions.push(current.id)
  }
  batch.reactions.set(message.id, [...known, state])
  batch.newReactions.push({
    state,
    emojiSealed: event.emoji === null ? null : seal(key, additionalData.emoji(state.id), event.emoji),
  })
  announceMessage(batch, message, false)
}

/** The new wording counts, the old one is kept. Files stay: only words can be edited. */
export function applyEdit(batch: Batch, channel: ChannelState, event: EditEvent, receivedAt: Date): void {
  const at = credibleTime(event.sentAt, receivedAt)
  const message = messageOf(batch, channel.id, event.originalProviderId)
  if (message === undefined) {
    const contact = senderContact(batch, channel.id, event.sender, receivedAt)
    const added = addMessage(batch, openConversation(batch, channel, contact, receivedAt), {
      // Under the id of what was edited: should that still come, it is the same message.
      providerMessageId: event.originalProviderId,
      direction: 'inbound',
      content: event.content,
      ...bare,
      sentAt: at,
      receivedAt,
    })
    added.editedAt = at
    return
  }
  const key = batch.conversationKeys.get(message.keyId)
  if (key === undefined || message.direction !== 'inbound' || !isFrom(batch, message, event.sender)) {
    count(batch, channel.id, 'edit-of-stranger')
    return
  }
  const content: StoredContent = { content: event.content, referral: null }
  const sealed = sealJson(key, additionalData.content(message.id), content)
  if (message.editedAt !== null && message.editedAt.getTime() === at.getTime()) return
  // An older edit that comes late is history at once.
  if (message.editedAt !== null && message.editedAt > at) {
    batch.versions.push({ messageId: message.id, contentSealed: sealed, at })
    return
  }
  if (message.contentSealed !== null && message.contentSealed.length > 0) {
    batch.versions.push({ messageId: message.id, contentSealed: message.contentSealed, at })
    const before = openJson<StoredContent>(key, additionalData.content(message.id), message.contentSealed)
    message.contentSealed = sealJson(key, additionalData.content(message.id), {
      ...content,
      referral: before.referral,
    })
  } else {
    message.contentSealed = sealed
  }
  message.editedAt = at
  message.changed = true
  if (message.kind === 'unsupported') {
    // What could not be shown at first has become something that can.
    message.kind = event.content.kind
    addAttachment(batch, { id: message.conversationId, key }, message, event.content)
  }
  if (message.revokedAt === null) indexMessage(batch, message, contentText(event.content))
  announceMessage(batch, message, false)
}

/** Hidden at once and found no more; kept until its deletion class says otherwise, because it may be a record. */
export function applyRevoke(batch: Batch, channel: ChannelState, event: RevokeEvent, receivedAt: Date): void {
  const at = credibleTime(event.sentAt, receivedAt)
  const message = messageOf(batch, channel.id, event.originalProviderId)
  if (message === undefined) {
    const contact = senderContact(batch, channel.id, event.sender, receivedAt)
    const added = addMessage(batch, openConversation(batch, channel, contact, receivedAt), {
      providerMessageId: event.originalProviderId,
      direction: 'inbound',
      content: { kind: 'text', text: '' },
      ...bare,
      sentAt: at,
      receivedAt,
    })
    added.revokedAt = at
    added.contentSealed = null
    indexMessage(batch, added, '')
    return
  }
  if (message.direction !== 'inbound' || !isFrom(batch, message, event.sender)) {
    count(batch, channel.id, 'revoke-of-stranger')
    return
  }
  if (message.revokedAt !== null) return
  message.revokedAt = at
  message.changed = true
  indexMessage(batch, message, '')
  announceMessage(batch, message, false)
}

/** Somebody we know has another number or id, or another security code. Of people we do not know nothing is kept. */
export function applyIdentityChange(
  batch: Batch,
  channel: ChannelState,
  event: IdentityChangeEvent,
  receivedAt: Date,
): void {
  if (messageOf(batch, channel.id, event.providerMessageId) !== undefined) return
  const lookup = batch.inbox.keys.lookup.identity
  const contact =
    event.code === 'identity-key-changed'
      ? knownSender(batch, channel.id, event.previous)
      : changeIdentities(
          batch,
          channel.id,
          identitiesOf(lookup, event.previous),
          identitiesOf(lookup, event.current),
          receivedAt,
        )
  if (contact === null) {
    count(batch, channel.id, 'identity-change-unknown-contact')
    return
  }
  if (contact.notice !== 'identity-conflict') warn(contact, event.code)
  if (contact.openConversation === null) return
  addMessage(batch, contact.openConversation, {
    providerMessageId: event.providerMessageId,
    direction: 'inbound',
    content: { kind: 'system', event: event.code },
    ...bare,
    sentAt: credibleTime(event.sentAt, receivedAt),
    receivedAt,
  })
  announceConversation(batch, contact.openConversation)
}

/** Our own words, typed into a phone app on the same number: shown where the citizen has an open case, else counted. */
export function applyEcho(batch: Batch, channel: ChannelState, event: EchoEvent, receivedAt: Date): void {
  if (messageOf(batch, channel.id, event.providerMessageId) !== undefined) return
  const contact = knownSender(batch, channel.id, event.recipient)
  if (!contact?.openConversation) {
    count(batch, channel.id, 'echo-without-conversation')
    return
  }
  contact.openConversation.waitingSince = null
  addMessage(batch, contact.openConversation, {
    providerMessageId: event.providerMessageId,
    direction: 'outbound',
    content: event.content,
    ...bare,
    sentAt: credibleTime(event.sentAt, receivedAt),
    receivedAt,
  })
}
