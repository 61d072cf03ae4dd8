import type { BspEvent, MessageContent, MessageContext, Referral } from '../event.ts'
import { identityChangeOf } from './identity-change.ts'
import { contentOf } from './message-content.ts'
import { type Contacts, hasIdentity, senderOf } from './sender.ts'
import {
  codeWordOf,
  instantOf,
  messageIdOf,
  nonEmptyTextOf,
  objectOf,
  textOf,
  type Untrusted,
} from './untrusted.ts'
import type { WireContext, WireMessage, WireMessageBody, WireReferral } from './wire-format.ts'

const maxEmojiLength = 64

/** What all items of one `value` have in common. */
export type Surroundings = {
  readonly phoneNumberId: string | null
  readonly contacts: Contacts
  /** Code of the value's own error: explains a message whose payload is missing. */
  readonly errorCode: string | null
  /** The item is the only one of its value. */
  readonly alone: boolean
}

/** One element of `value.messages` as an event. */
export function messageEventOf(element: unknown, path: string, around: Surroundings): BspEvent {
  const place = { path, phoneNumberId: around.phoneNumberId }
  const message = objectOf<WireMessage>(element)
  if (!message) return { type: 'unreadable', code: 'wrong-shape', ...place }
  // A group is nobody's office hours: counted, never filed under the member who wrote.
  if ((message.group_id ?? '') !== '') {
    return { type: 'ignored', reason: 'group-message', ...place }
  }
  if (message.type === 'request_welcome') return { type: 'ignored', reason: 'request-welcome', ...place }
  const providerMessageId = messageIdOf(message.id)
  if (providerMessageId === null) return { type: 'unreadable', code: 'no-message-id', ...place }
  const sender = senderOf(message, around.contacts, around.alone)
  const head = { ...place, providerMessageId, sentAt: instantOf(message.timestamp) }
  if (message.type === 'system') {
    const change = identityChangeOf(message, sender)
    if (change) return { type: 'identity-change', ...head, ...change }
  }
  if (!hasIdentity(sender)) return { type: 'unreadable', code: 'no-identity', ...place }
  switch (message.type) {
    case 'reaction': {
      const reaction = reactionOf(message.reaction)
      return reaction
        ? { type: 'reaction', ...head, sender, ...reaction }
        : { type: 'unreadable', code: 'wrong-shape', ...place }
    }
    case 'edit': {
      const edit = objectOf<NonNullable<WireMessage['edit']>>(message.edit)
      const originalProviderId = messageIdOf(edit?.original_message_id)
      const edited = objectOf<WireMessageBody>(edit?.message)
      const content = edited && contentOf(edited)
      // A placeholder must not take the place of words that we have.
      return originalProviderId !== null && content && content.kind !== 'unsupported'
        ? { type: 'edit', ...head, sender, originalProviderId, content }
        : { type: 'unreadable', code: 'wrong-shape', ...place }
    }
    case 'revoke': {
      const originalProviderId = messageIdOf(
        objectOf<NonNullable<WireMessage['revoke']>>(message.revoke)?.original_message_id,
      )
      return originalProviderId !== null
        ? { type: 'revoke', ...head, sender, originalProviderId }
        : { type: 'unreadable', code: 'wrong-shape', ...place }
    }
    default: {
      const content = explainedContentOf(message, around.errorCode)
      return {
        type: 'message',
        ...head,
        sender,
        content,
        context: contextOf(message.context, providerMessageId),
        referral: referralOf(message.referral),
        opensWindow: content.kind !== 'system' && content.kind !== 'unsupported',
      }
    }
  }
}

function explainedContentOf(message: Untrusted<WireMessage>, valueErrorCode: string | null): MessageContent {
  if (message.type === 'system') return { kind: 'system', event: 'other' }
  const content = contentOf(message)
  return content.kind === 'unsupported' && content.errorCode === null
    ? { ...content, errorCode: valueErrorCode }
    : content
}

/** A missing or empty emoji removes the reaction; both spellings are seen. */
function reactionOf(value: unknown): { targetProviderId: string; emoji: string | null } | null {
  const reaction = objectOf<NonNullable<WireMessage['reaction']>>(value)
  const targetProviderId = messageIdOf(reaction?.message_id)
  if (targetProviderId === null) return null
  const given = reaction?.emoji ?? ''
  const emoji = textOf(given)
  return emoji === null || emoji.length > maxEmojiLength ? null : { targetProviderId, emoji: emoji || null }
}

function contextOf(value: unknown, ownId: string): MessageContext {
  const context = objectOf<WireContext>(value)
  const quoted = messageIdOf(context?.id)
  return {
    replyToProviderId: quoted === ownId ? null : quoted,
    forwarded: context?.frequently_forwarded === true ? 'many' : context?.forwarded === true ? 'once' : 'no',
  }
}

/** Only where the citizen came from; click ids and remote pictures are tracking and dropped here. */
function referralOf(value: unknown): Referral | null {
  const referral = objectOf<WireReferral>(value)
  return (
    referral && {
      sourceType: codeWordOf(referral.source_type) ?? 'unknown',
      headline: nonEmptyTextOf(referral.headline),
    }
  )
}
