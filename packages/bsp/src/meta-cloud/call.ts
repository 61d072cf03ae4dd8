import type { BspEvent } from '../event.ts'
import type { Surroundings } from './message.ts'
import { hasIdentity, senderOf } from './sender.ts'
import { instantOf, messageIdOf, objectOf } from './untrusted.ts'
import type { WireCall } from './wire-format.ts'

/** One element of `value.calls`. Only the citizen's attempt counts; its session data is never kept. */
export function callEventOf(element: unknown, path: string, around: Surroundings): BspEvent {
  const place = { path, phoneNumberId: around.phoneNumberId }
  const call = objectOf<WireCall>(element)
  if (!call) return { type: 'unreadable', code: 'wrong-shape', ...place }
  if (call.event !== 'connect' || call.direction === 'BUSINESS_INITIATED') {
    return { type: 'ignored', reason: 'other-field', ...place }
  }
  const providerMessageId = messageIdOf(call.id)
  if (providerMessageId === null) return { type: 'unreadable', code: 'no-message-id', ...place }
  const sender = senderOf(call, around.contacts, around.alone)
  if (!hasIdentity(sender)) return { type: 'unreadable', code: 'no-identity', ...place }
  return { type: 'call', ...place, providerMessageId, sender, sentAt: instantOf(call.timestamp) }
}
