import type { Authenticity, BspCredentials, WebhookHeaders } from '../adapter.ts'
import { dialog360Proofs, metaProofs, verifyDialog360Headers, verifyMetaSignature } from './authenticity.ts'

/** Where Meta's Cloud API itself serves files. */
const lookasideOrigin = 'https://lookaside.fbsbx.com'

/** In what the two doors to the same Cloud API differ. */
export type CloudPreset = {
  readonly vendor: 'meta' | '360dialog'
  verify(rawBody: Uint8Array, headers: WebhookHeaders, credentials: BspCredentials): Authenticity
  webhookProofs(credentials: BspCredentials): string[]
  authorization(credentials: BspCredentials): Readonly<Record<string, string>>
  /** Address for `messages`, `media` or the contact book, without a trailing slash. */
  collectionUrl(collection: 'messages' | 'media' | 'contact_book', credentials: BspCredentials): string
  mediaUrl(mediaId: string, credentials: BspCredentials): string
  /** Address of the templates, without a query. Null: the credentials do not say which business account. */
  templatesUrl(credentials: BspCredentials): string | null
  /** Where the number says which one it is. */
  numberUrl(credentials: BspCredentials): string
  /** The address a file may be fetched from with our credentials; null: not on the allow-list. */
  downloadUrl(url: string, credentials: BspCredentials): string | null
}

export const metaPreset: CloudPreset = {
  vendor: 'meta',
  verify: verifyMetaSignature,
  webhookProofs: metaProofs,
  authorization: (credentials) => ({ authorization: `Bearer ${credentials.apiKey}` }),
  collectionUrl: (collection, credentials) =>
    `${withoutSlash(credentials.baseUrl)}/${encodeURIComponent(credentials.phoneNumberId)}/${collection}`,
  mediaUrl: (mediaId, credentials) =>
    `${withoutSlash(credentials.baseUrl)}/${mediaId}?phone_number_id=${encodeURIComponent(credentials.phoneNumberId)}`,
  templatesUrl: (credentials) =>
    credentials.wabaId === null
      ? null
      : `${withoutSlash(credentials.baseUrl)}/${encodeURIComponent(credentials.wabaId)}/message_templates`,
  numberUrl: (credentials) =>
    `${withoutSlash(credentials.baseUrl)}/${encodeURIComponent(credentials.phoneNumberId)}?fields=id`,
  downloadUrl: (url, credentials) => {
    const address = addressOf(url)
    return address && [lookasideOrigin, new URL(credentials.baseUrl).origin].includes(address.origin)
      ? address.href
      : null
  },
}

/** Meta's paths without version and number; files come from 360dialog's own host, path and query unchanged. */
export const dialog360Preset: CloudPreset = {
  vendor: '360dialog',
  verify: verifyDialog360Headers,
  webhookProofs: dialog360Proofs,
  authorization: (credentials) => ({ 'd360-api-key': credentials.apiKey }),
  collectionUrl: (collection, credentials) => `${withoutSlash(credentials.baseUrl)}/${collection}`,
  mediaUrl: (mediaId, credentials) => `${withoutSlash(credentials.baseUrl)}/${mediaId}`,
  templatesUrl: (credentials) => `${withoutSlash(credentials.baseUrl)}/v1/configs/templates`,
  numberUrl: (credentials) => `${withoutSlash(credentials.baseUrl)}/health_status`,
  downloadUrl: (url, credentials) => {
    const address = addressOf(url)
    if (address?.origin === new URL(credentials.baseUrl).origin) return address.href
    return address?.origin === lookasideOrigin
      ? `${withoutSlash(credentials.baseUrl)}${address.pathname}${address.search}`
      : null
  },
}

/** An absolute address without credentials in it. */
function addressOf(url: string): URL | null {
  if (!URL.canParse(url)) return null
  const address = new URL(url)
  return address.username === '' && address.password === '' ? address : null
}

function withoutSlash(baseUrl: string): string {
  return baseUrl.endsWith('/') ? baseUrl.slice(0, -1) : baseUrl
}
