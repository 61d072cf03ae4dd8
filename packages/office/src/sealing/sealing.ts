import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomFillSync } from 'node:crypto'

const nonceLength = 12
const tagLength = 16
const format = 1

// Random bytes are fetched in blocks: one system call for many nonces.
const pool = Buffer.alloc(nonceLength * 1024)
let used = pool.length
function nextNonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += nonceLength
  return Buffer.from(pool.subarray(used - nonceLength, used))
}

export class Unreadable extends Error {
  constructor() {
    super('A sealed value cannot be opened: wrong key, wrong place or damaged.')
    this.name = 'Unreadable'
  }
}

/**
 * Encrypts a value for one place (`message.content:<id>`); moved to another place it cannot be opened. AES-256-GCM (NIST SP
 * 800-38D) with a random 96-bit nonce. Layout: format byte 1, nonce (12), ciphertext, tag (16).
 */
export function seal(key: Buffer, place: string, value: string | Uint8Array): Buffer {
  const nonce = nextNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(place))
  const body = typeof value === 'string' ? cipher.update(value, 'utf8') : cipher.update(value)
  const last = cipher.final()
  return Buffer.concat([Buffer.from([format]), nonce, body, last, cipher.getAuthTag()])
}

/** @throws Unreadable */
export function open(key: Buffer, place: string, sealed: Uint8Array): Buffer {
  if (sealed.length < 1 + nonceLength + tagLength || sealed[0] !== format) throw new Unreadable()
  const end = sealed.length - tagLength
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceLength))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(sealed.subarray(end))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(1 + nonceLength, end)), decipher.final()])
  } catch {
    throw new Unreadable()
  }
}

export function sealJson(key: Buffer, place: string, value: unknown): Buffer {
  return seal(key, place, JSON.stringify(value))
}

/** The caller names the type it sealed at that place. @throws Unreadable */
export function openJson<T>(key: Buffer, place: string, sealed: Uint8Array): T {
  return JSON.parse(open(key, place, sealed).toString('utf8')) as T
}

/** HMAC-SHA256 over length-prefixed parts, so that no two lists of parts collide. */
export function macOf(key: Buffer, ...parts: readonly (string | Uint8Array)[]): Buffer {
  const hmac = createHmac('sha256', key)
  const length = Buffer.alloc(4)
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part
    length.writeUInt32BE(bytes.length)
    hmac.update(length).update(bytes)
  }
  return hmac.digest()
}

/** A key for one purpose, derived with HKDF-SHA256 (RFC 5869); keys of different purposes tell nothing about each other. */
export function derivedKey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, 32))
}
