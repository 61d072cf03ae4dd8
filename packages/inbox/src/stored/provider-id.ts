import { type Keys, macOf, open, seal } from '@buergerdraht/office'
import { additionalData } from './additional-data.ts'

/**
 * What a provider's message id is looked up by. WhatsApp's ids hold the citizen's number in base64, so an id is personal like the
 * number itself: it is stored as this keyed hash (128 bits) and, where it must be said to the provider again, sealed.
 */
export function providerIdMac(keys: Pick<Keys, 'lookup'>, channelId: string, providerId: string): Buffer {
  return macOf(keys.lookup.providerId, channelId, providerId).subarray(0, 16)
}

export function sealProviderId(conversationKey: Buffer, messageId: string, providerId: string): Buffer {
  return seal(conversationKey, additionalData.providerId(messageId), providerId)
}

/** @throws Unreadable */
export function openProviderId(conversationKey: Buffer, messageId: string, sealed: Uint8Array): string {
  return open(conversationKey, additionalData.providerId(messageId), sealed).toString('utf8')
}
