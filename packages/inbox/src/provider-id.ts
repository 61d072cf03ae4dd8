import type { Keys } from './keys.ts'
import { places } from './places.ts'
import { macOf, open, seal } from './sealing.ts'

/**
 * What a provider's message id is looked up by. WhatsApp's ids hold the citizen's number in base64, so an id is personal like the
 * number itself: it is stored as this keyed hash (128 bits, base64url) and, where it must be said to the provider again, sealed.
 */
export const providerIdMac = (keys: Pick<Keys, 'lookup'>, channelId: string, providerId: string): string =>
  macOf(keys.lookup.providerId, channelId, providerId).subarray(0, 16).toString('base64url')

export const sealProviderId = (conversationKey: Buffer, messageId: string, providerId: string): Buffer =>
  seal(conversationKey, places.providerId(messageId), providerId)

/** @throws Unreadable */
export const openProviderId = (conversationKey: Buffer, messageId: string, sealed: Uint8Array): string =>
  open(conversationKey, places.providerId(messageId), sealed).toString('utf8')
