import type { Authenticity, BspAccount, WebhookHeaders } from '../adapter.ts'
import { dialog360Proofs, metaProofs, verifyDialog360Headers, verifyMetaSignature } from './authenticity.ts'

/** Where Meta's Cloud API itself serves files. */
const LOOKASIDE_ORIGIN = 'https://lookaside.fbsbx.com'

/** In what the two doors to the same Cloud API differ. */
export type CloudPreset = {
  readonly vendor: 'meta' | '360dialog'
  verify(rawBody: Uint8Array, headers: WebhookHeaders, account: BspAccount): Authenticity
  webhookProofs(account: BspAccount): string[]
  credentials(account: BspAccount): Readonly<Record<string, string>>
  /** Address for `messages` or `media`, without a trailing slash. */
  collectionUrl(collection: 'messages' | 'media', account: BspAccount): string
  mediaUrl(mediaId: string, account: BspAccount): string
  /** Address of the templates, without a query. Null: the account does not say which business account it belongs to. */
  templatesUrl(account: BspAccount): string | null
  /** The address a file may be fetched from with our credentials; null: not on the allow-list. */
  downloadUrl(url: string, account: BspAccount): string | null
}

export const META_PRESET: CloudPreset = {
  vendor: 'meta',
  verify: verifyMetaSignature,
  webhookProofs: metaProofs,
  credentials: (account) => ({ authorization: `Bearer ${account.apiKey}` }),
  collectionUrl: (collection, account) =>
    `${withoutSlash(account.baseUrl)}/${encodeURIComponent(account.phoneNumberId)}/${collection}`,
  mediaUrl: (mediaId, account) =>
    `${withoutSlash(account.baseUrl)}/${mediaId}?phone_number_id=${encodeURIComponent(account.phoneNumberId)}`,
  templatesUrl: (account) =>
    account.wabaId === null
      ? null
      : `${withoutSlash(account.baseUrl)}/${encodeURIComponent(account.wabaId)}/message_templates`,
  downloadUrl: (url, account) => {
    const address = addressOf(url)
    return address && [LOOKASIDE_ORIGIN, new URL(account.baseUrl).origin].includes(address.origin)
      ? address.href
      : null
  },
}

/** Meta's paths without version and number; files come from 360dialog's own host, path and query unchanged. */
export const DIALOG360_PRESET: CloudPreset = {
  vendor: '360dialog',
  verify: verifyDialog360Headers,
  webhookProofs: dialog360Proofs,
  credentials: (account) => ({ 'd360-api-key': account.apiKey }),
  collectionUrl: (collection, account) => `${withoutSlash(account.baseUrl)}/${collection}`,
  mediaUrl: (mediaId, account) => `${withoutSlash(account.baseUrl)}/${mediaId}`,
  templatesUrl: (account) => `${withoutSlash(account.baseUrl)}/v1/configs/templates`,
  downloadUrl: (url, account) => {
    const address = addressOf(url)
    if (address?.origin === new URL(account.baseUrl).origin) return address.href
    return address?.origin === LOOKASIDE_ORIGIN
      ? `${withoutSlash(account.baseUrl)}${address.pathname}${address.search}`
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
