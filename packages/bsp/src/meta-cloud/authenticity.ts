import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Authenticity, BspCredentials, WebhookHeaders } from '../adapter.ts'

/** Nothing before and nothing behind: Node joins a header that was sent twice with a comma. */
const sha256Hex = /^[0-9a-f]{64}$/i
const sha256Base64 = /^[0-9A-Za-z+/_-]{43}=?$/

/**
 * Meta's scheme: `X-Hub-Signature-256: sha256=<hex>` is the HMAC-SHA256 of the bytes as received. The older SHA-1
 * header is never looked at. Without a secret nothing is authentic.
 */
export function verifyMetaSignature(
  rawBody: Uint8Array,
  headers: WebhookHeaders,
  credentials: BspCredentials,
): Authenticity {
  const header = soleHeader(headers, 'x-hub-signature-256')
  if (!header?.startsWith('sha256=')) return 'invalid'
  const digest = header.slice('sha256='.length)
  return sha256Hex.test(digest)
    ? verifyHmac(rawBody, Buffer.from(digest, 'hex'), credentials.webhookSecrets)
    : 'invalid'
}

export function metaProofs({ webhookSecrets }: BspCredentials): string[] {
  return [...webhookSecrets]
}

/** The agreed headers, and with each secret that is known. */
export function dialog360Proofs({ webhookHeaders, webhookSecrets }: BspCredentials): string[] {
  const agreed = Object.entries(webhookHeaders)
    .map(([name, value]) => [name.toLowerCase(), value])
    .toSorted(([one], [other]) => String(one).localeCompare(String(other), 'en'))
  if (webhookSecrets.length === 0) return agreed.length === 0 ? [] : [JSON.stringify([agreed])]
  return webhookSecrets.map((secret) => JSON.stringify([agreed, secret]))
}

/**
 * 360dialog's scheme: what is configured is demanded. The headers that we asked for must all come and match; where a
 * platform secret is known, the signature (`x-360dialog-signature`; hexadecimal with or without `sha256=`, or base64)
 * must hold as well. With neither nothing is authentic.
 */
export function verifyDialog360Headers(
  rawBody: Uint8Array,
  headers: WebhookHeaders,
  credentials: BspCredentials,
): Authenticity {
  const agreed = Object.entries(credentials.webhookHeaders)
  let allMatch = true
  for (const [name, value] of agreed) {
    const given = soleHeader(headers, name.toLowerCase())
    if (value === '' || given === null || !equal(Buffer.from(given), Buffer.from(value))) allMatch = false
  }
  if (!allMatch) return 'invalid'
  if (credentials.webhookSecrets.length === 0) return agreed.length > 0 ? 'valid' : 'invalid'
  const digest = dialog360Digest(soleHeader(headers, 'x-360dialog-signature') ?? '')
  return digest === null ? 'invalid' : verifyHmac(rawBody, digest, credentials.webhookSecrets)
}

function dialog360Digest(signature: string): Buffer | null {
  const digest = signature.trim().replace(/^sha256=/i, '')
  if (sha256Hex.test(digest)) return Buffer.from(digest, 'hex')
  return sha256Base64.test(digest) ? Buffer.from(digest, 'base64') : null
}

function verifyHmac(rawBody: Uint8Array, given: Buffer, secrets: readonly string[]): Authenticity {
  for (const [age, secret] of secrets.entries()) {
    // An empty key would let anybody sign.
    if (secret === '') continue
    if (equal(createHmac('sha256', secret).update(rawBody).digest(), given)) {
      return age === 0 ? 'valid' : 'valid-old-secret'
    }
  }
  return 'invalid'
}

/** The header's value when it was sent exactly once. */
function soleHeader(headers: WebhookHeaders, name: string): string | null {
  const value = headers[name]
  if (typeof value === 'string') return value
  return value?.length === 1 ? (value[0] ?? null) : null
}

function equal(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}
