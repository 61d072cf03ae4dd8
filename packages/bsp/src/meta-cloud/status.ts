import type { BspEvent, DeliveryStatus } from '../event.ts'
import { codeWordOf, errorCodeOf, instantOf, messageIdOf, objectOf } from './untrusted.ts'
import type { WireStatus } from './wire-format.ts'

const statuses: ReadonlySet<unknown> = new Set<DeliveryStatus>([
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
])

function isDeliveryStatus(value: unknown): value is DeliveryStatus {
  return statuses.has(value)
}

/** One element of `value.statuses` as an event. Correlated by message id only: recipients may be absent. */
export function statusEventOf(element: unknown, path: string, phoneNumberId: string | null): BspEvent {
  const place = { path, phoneNumberId }
  const status = objectOf<WireStatus>(element)
  if (!status) return { type: 'unreadable', code: 'wrong-shape', ...place }
  if (status.recipient_type === 'group') return { type: 'ignored', reason: 'group-status', ...place }
  const providerMessageId = messageIdOf(status.id)
  if (providerMessageId === null) return { type: 'unreadable', code: 'no-message-id', ...place }
  if (!isDeliveryStatus(status.status)) return { type: 'ignored', reason: 'status-unknown-value', ...place }
  return {
    type: 'status',
    ...place,
    providerMessageId,
    status: status.status,
    at: instantOf(status.timestamp),
    ownId: messageIdOf(status.biz_opaque_callback_data),
    errorCode: status.status === 'failed' ? errorCodeOf(status.errors) : null,
    priceCategory: codeWordOf(objectOf<NonNullable<WireStatus['pricing']>>(status.pricing)?.category),
  }
}
