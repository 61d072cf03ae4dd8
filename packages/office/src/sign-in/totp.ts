import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** What every app knows: SHA-1, six digits, thirty seconds (RFC 6238 §4, RFC 4226 §5.3). */
const stepSeconds = 30
const digits = 6
/** Clocks of telephones are off by so many steps at most (RFC 6238 §5.2). */
const maxStepsOff = 1

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base32 without padding (RFC 4648 §6), as it is typed into an app. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((group) => alphabet[Number.parseInt(group.padEnd(5, '0'), 2)])
    .join('')
}

/** 160 random bits (RFC 4226 §4, R6). */
export function newTotpSecret(): Buffer {
  return randomBytes(20)
}

/** The code of a time step (RFC 4226 §5.3). */
export function totpOf(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac[mac.length - 1] ?? 0) & 0xf
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/**
 * The time step that a code is of; null: of none around this moment. Whoever takes a code MUST remember its step and take none of it or
 * before it again (RFC 6238 §5.2).
 */
export function stepOfTotp(secret: Uint8Array, code: string, at: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const now = Math.floor(at.getTime() / 1000 / stepSeconds)
  const given = Buffer.from(code)
  let found: number | null = null
  for (let step = now - maxStepsOff; step <= now + maxStepsOff; step += 1) {
    if (timingSafeEqual(Buffer.from(totpOf(secret, step)), given)) found = step
  }
  return found
}

/** What an app reads from a QR code (Google Authenticator's Key URI Format). */
export function totpUri(secret: Uint8Array, email: string): string {
  const label = encodeURIComponent(`Bürgerdraht:${email}`)
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent('Bürgerdraht')}`
}
