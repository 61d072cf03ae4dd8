import type { BspEvent } from '../event.ts'
import { contentOf } from './message-content.ts'
import { type Contacts, hasIdentity, senderOf } from './sender.ts'
import { instantOf, messageIdOf, objectOf } from './untrusted.ts'
import type { WireEcho } from './wire-format.ts'

/** What the office does to a message in its phone app is not a message of its own. */
const noMessage: ReadonlySet<unknown> = new Set(['reaction', 'edit', 'revoke'])

/** One element of `value.message_echoes`: the office wrote from the phone app on the same number. */
export function echoEventOf(
  element: unknown,
  path: string,
  phoneNumberId: string | null,
  contacts: Contacts,
): BspEvent {
  const place = { path, phoneNumberId }
  const echo = objectOf<WireEcho>(element)
  if (!echo) return { type: 'unreadable', code: 'wrong-shape', ...place }
  if ((echo.group_id ?? '') !== '') {
    return { type: 'ignored', reason: 'group-message', ...place }
  }
  if (noMessage.has(echo.type)) return { type: 'ignored', reason: 'other-field', ...place }
  const providerMessageId = messageIdOf(echo.id)
  if (providerMessageId === null) return { type: 'unreadable', code: 'no-message-id', ...place }
  const ids = { from: echo.to, from_user_id: echo.to_user_id, from_parent_user_id: echo.to_parent_user_id }
  const recipient = senderOf(ids, contacts, false)
  if (!hasIdentity(recipient)) return { type: 'unreadable', code: 'no-identity', ...place }
  return {
    type: 'echo',
    ...place,
    providerMessageId,
    recipient,
    sentAt: instantOf(echo.timestamp),
    content: contentOf(echo),
  }
}
